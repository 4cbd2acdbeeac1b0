import { MongoClient } from 'mongodb';
import type { KitConfig } from '../config.js';
import { startEmbeddedMongo, type EmbeddedMongo } from './embedded.js';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
/** A server that ran this long counts as healthy: its next end starts with the shortest delay again. */
const HEALTHY_AFTER_MS = 60_000;
const PROBE_EVERY_MS = 5_000;
const PROBE_WITHIN_MS = 5_000;
/** After so many probes in a row without a response the server is taken for hung. */
const MISSES = 4;

/** How long this supervision waits between its steps; tests are in more of a hurry. */
export interface SupervisionPace {
  readonly firstDelayMs?: number;
  readonly probeEveryMs?: number;
  readonly probeWithinMs?: number;
}

/**
 * Starts the embedded server and starts it again, over the same data and on the same port, when it ends on its own or
 * does not answer any more. Whoever is connected finds it there again; writes that it acknowledged are in its journal.
 * @param tell called with one line for each event.
 * @throws Error when the first start fails.
 */
export async function superviseEmbeddedMongo({
  config,
  dbPath,
  port,
  tell,
  pace = {},
}: {
  config: KitConfig;
  dbPath: string;
  port?: number | undefined;
  tell: (line: string) => void;
  pace?: SupervisionPace;
}): Promise<EmbeddedMongo> {
  const { firstDelayMs = FIRST_DELAY_MS, probeEveryMs = PROBE_EVERY_MS, probeWithinMs = PROBE_WITHIN_MS } = pace;
  const first = await startEmbeddedMongo({ config, dbPath, port });
  let server: EmbeddedMongo | undefined;
  let starting: Promise<void> | undefined;
  let stopping = false;
  let delay = firstDelayMs;
  let restart: NodeJS.Timeout | undefined;
  let probe: NodeJS.Timeout | undefined;

  const begin = (started: EmbeddedMongo): void => {
    const startedAt = performance.now();
    server = started;
    started.onEnd((how) => {
      server = undefined;
      clearTimeout(probe);
      if (performance.now() - startedAt > HEALTHY_AFTER_MS) delay = firstDelayMs;
      later(`MongoDB ended ${how}`);
    });
    let misses = 0;
    const look = async (): Promise<void> => {
      misses = (await isAnswering(started.uri, probeWithinMs)) ? 0 : misses + 1;
      if (stopping || server !== started) return;
      if (misses >= MISSES) started.kill();
      else probeLater();
    };
    const probeLater = (): void => {
      probe = setTimeout(() => void look(), probeEveryMs).unref();
    };
    probeLater();
  };
  const later = (what: string): void => {
    if (stopping) return;
    tell(`${what}; it is started again in ${delay / 1000} s.`);
    restart = setTimeout(() => void (starting = again()), delay);
    delay = Math.min(delay * 2, LONGEST_DELAY_MS);
  };
  const again = async (): Promise<void> => {
    try {
      const started = await startEmbeddedMongo({ config, dbPath, port: first.port, otherPort: false });
      begin(started);
      tell('MongoDB is back.');
    } catch (error) {
      later(`MongoDB could not be started again (${error instanceof Error ? error.message : String(error)})`);
    }
  };

  begin(first);
  return {
    uri: first.uri,
    port: first.port,
    onEnd: () => undefined, // It does not end before it is stopped.
    kill: () => server?.kill(),
    stop: async () => {
      stopping = true;
      clearTimeout(restart);
      clearTimeout(probe);
      await starting;
      await server?.stop();
    },
  };
}

/** Whether the server responds at all, over a connection of its own. */
async function isAnswering(uri: string, withinMs: number): Promise<boolean> {
  const client = new MongoClient(uri, {
    maxPoolSize: 1,
    serverSelectionTimeoutMS: withinMs,
    connectTimeoutMS: withinMs,
    socketTimeoutMS: withinMs,
  });
  try {
    await client.db('admin').command({ ping: 1 });
    return true;
  } catch {
    return false;
  } finally {
    await client.close();
  }
}
