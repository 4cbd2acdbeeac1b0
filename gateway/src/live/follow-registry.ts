import { systemClock, type Clock, type Logger } from '@zhitong/kit';
import type { DepartmentReadiness } from '../exchanges/subgraph-health.js';
import type { DocumentStore } from './document-store.js';
import type { LastGood } from './last-good.js';
import { loaded, type Graph, type LiveExecutor, type ServedGraph } from './live-executor.js';
import type { OperationUses } from './operation-uses.js';
import type { SupergraphFeed } from './supergraph-feed.js';
import { warmUp } from './warm-up.js';

/** A candidate: a graph, and how the departments stand that only it has. */
export interface Candidate extends Graph {
  readonly probes: () => Promise<readonly { readonly name: string; readonly readiness: DepartmentReadiness }[]>;
}

export interface FollowOptions {
  readonly feed: SupergraphFeed;
  readonly live: LiveExecutor;
  readonly uses: OperationUses;
  readonly documents: DocumentStore;
  /** Makes a graph beside the requests that are answered meanwhile. @throws Error when it cannot be */
  readonly build: (supergraphSdl: string) => Promise<Candidate>;
  readonly kept: LastGood;
  /** Number of the publication that is served; 0 for the checked-in supergraph. */
  readonly serving: number;
  readonly logger: Logger;
  readonly clock?: Clock;
  /** Called when another publication is served. */
  readonly onServed: (number: number) => void;
}

/** Operations that are planned before a switch. */
const HOTTEST = 300;
const BATCH_EVERY_MS = 10_000;

/**
 * Serves what the registry publishes, and tells it what is used. A publication that cannot be built, tried or planned
 * is told to the log and passed over until the next one; the graph that is served stays, and comes back when the new
 * one fails in service.
 */
export function followRegistry(options: FollowOptions): { stop(): Promise<void> } {
  const { feed, live, uses, documents, build, kept, logger, clock = systemClock, onServed } = options;
  let serving = options.serving;
  /** The last publication that was looked at, served or not. */
  let seen = serving;
  let isAbsent = false;
  let working: Promise<void> | undefined;
  let isWanted = false;

  const serves = (number: number, sdl: string): void => {
    serving = number;
    onServed(number);
    kept.write({ number, sdl });
  };
  const take = async (number: number, sdl: string): Promise<void> => {
    const candidate = await build(sdl);
    try {
      const graph: ServedGraph = await loaded(candidate);
      const operations = uses.hottest(HOTTEST);
      await warmUp(graph, { current: live.graph, operations, documents });
      for (const { name, readiness } of await candidate.probes())
        if (readiness.state !== 'up')
          logger.warn(
            { publication: number, department: name, ...readiness },
            'a department of the new graph is not up',
          );
      const before = { number: serving, sdl: live.graph.sdl };
      const known = new Set(operations.map(({ text }) => text));
      live.serve(graph, {
        isKnown: (text) => known.has(text),
        onBack: (reason) => {
          serves(before.number, before.sdl);
          logger.error(
            { publication: number, serving, reason },
            'the graph of a publication fails; the one before is served again',
          );
        },
      });
    } catch (error) {
      await candidate.release();
      throw error;
    }
    serves(number, sdl);
    logger.info({ publication: number }, 'another supergraph is served');
  };
  const look = async (): Promise<void> => {
    try {
      const latest = await feed.latest(seen);
      isAbsent = false;
      if (latest === null) return;
      seen = latest._id;
      if (latest.sdl === live.graph.sdl) return;
      try {
        await take(latest._id, latest.sdl);
      } catch (error) {
        logger.error(
          { publication: latest._id, serving, reason: error instanceof Error ? error.message : String(error) },
          'a published supergraph cannot be served; the one before stays',
        );
      }
    } catch (error) {
      if (!isAbsent) logger.warn({ error: String(error) }, 'the schema registry does not answer; the graph stays');
      isAbsent = true;
    }
  };
  /** One look at a time; what is published meanwhile is found by one more. */
  const wake = (): void => {
    isWanted = true;
    working ??= (async () => {
      while (isWanted) {
        isWanted = false;
        await look();
      }
    })().finally(() => (working = undefined));
  };
  const send = async (): Promise<void> => {
    const batch = await uses.takeBatch();
    if (batch.length === 0) return;
    try {
      await feed.count(batch, clock.now());
    } catch (error) {
      uses.putBack(batch);
      logger.debug({ error: String(error) }, 'uses wait for the schema registry');
    }
  };
  feed.watch(wake);
  wake();
  let sending: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    sending = sending.then(send);
  }, BATCH_EVERY_MS).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await sending;
      await send();
      await feed.stop();
      await working;
    },
  };
}
