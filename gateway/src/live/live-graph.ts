import type { Logger } from '@zhitong/kit';
import type { GatewayConfig } from '../config.js';
import type { GatewayMetrics } from '../metrics.js';
import { DocumentStore } from './document-store.js';
import { followRegistry } from './follow-registry.js';
import type { GraphBuilder } from './graph-builder.js';
import { lastGood } from './last-good.js';
import { LiveExecutor } from './live-executor.js';
import { OperationUses } from './operation-uses.js';
import { selfTest } from './warm-up.js';
import { supergraphFeed, type SupergraphFeed } from './supergraph-feed.js';

/** The graph that is served, and what keeps it up to date. */
export interface LiveGraph {
  readonly executor: LiveExecutor;
  readonly documents: DocumentStore;
  /** What the registry has; undefined where none is configured. */
  readonly feed: SupergraphFeed | undefined;
  /** Begins to follow the registry, where one is configured; called when requests can be served. */
  follow(): void;
  /** Tells the registry what was counted, and lets go of it. */
  stop(): Promise<void>;
}

/**
 * Begins with the supergraph that counts: of the registry, where one is configured and answers; else the last that this
 * gateway served of it; else the checked-in one.
 * @throws Error when the checked-in supergraph cannot be served
 */
export async function liveGraph({
  config,
  supergraphSdl,
  builder,
  metrics,
  logger,
}: {
  config: Pick<GatewayConfig, 'registry' | 'dataDir'>;
  supergraphSdl: string;
  builder: GraphBuilder;
  metrics: GatewayMetrics;
  logger: Logger;
}): Promise<LiveGraph> {
  const documents = new DocumentStore();
  const kept = lastGood(config.dataDir);
  const feed = config.registry === undefined ? undefined : supergraphFeed(config.registry);
  const uses = feed === undefined ? undefined : new OperationUses();
  const beginWith = async (number: number, sdl: string): Promise<{ number: number; executor: LiveExecutor }> => {
    const graph = builder.here(sdl);
    try {
      const failed = (error: unknown): void => logger.warn({ error: String(error) }, 'a connection was not closed');
      const executor = await LiveExecutor.over(graph, uses, failed);
      await selfTest(executor.graph);
      return { number, executor };
    } catch (error) {
      await graph.release();
      throw error;
    }
  };
  const candidates = feed === undefined ? [] : await startingPoints(feed, kept.read(), logger);
  let begun: Awaited<ReturnType<typeof beginWith>> | undefined;
  for (const { number, sdl } of candidates) {
    try {
      begun ??= await beginWith(number, sdl);
    } catch (error) {
      logger.error({ publication: number, reason: String(error) }, 'a published supergraph cannot be served');
    }
  }
  const { number, executor } = begun ?? (await beginWith(0, supergraphSdl));
  metrics.serving(number);
  let following: ReturnType<typeof followRegistry> | undefined;
  return {
    executor,
    documents,
    feed,
    follow: () => {
      if (feed === undefined || uses === undefined) return;
      const onServed = (other: number): void => metrics.serving(other);
      following = followRegistry({
        feed,
        live: executor,
        uses,
        documents,
        build: (sdl) => builder.apart(sdl),
        kept,
        serving: number,
        logger,
        onServed,
      });
    },
    stop: async () => (following === undefined ? feed?.stop() : following.stop()),
  };
}

/** What a start may serve, the best first. */
async function startingPoints(
  feed: SupergraphFeed,
  kept: { readonly number: number; readonly sdl: string } | null,
  logger: Logger,
): Promise<{ readonly number: number; readonly sdl: string }[]> {
  try {
    const latest = await feed.latest();
    const published = latest === null ? [] : [{ number: latest._id, sdl: latest.sdl }];
    return kept === null || latest === null ? published : [...published, kept];
  } catch (error) {
    logger.warn({ error: String(error) }, 'the schema registry does not answer; what was served last is served');
    return kept === null ? [] : [kept];
  }
}
