import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the ports that the system gives to outgoing connections and to servers that ask for any port, on Linux from
 * 32768 on: what is found free here is not handed to somebody else before it is used.
 */
const FIRST = 10_000;
const LAST = 32_000;
/** Each worker draws from ports of its own: a hub takes seconds from the drawing of its ports to listening on them. */
const WORKERS = 8;
const worker = Number(process.env['JEST_WORKER_ID'] ?? 0) % WORKERS;

const isFree = async (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** Ports on which nothing listens, each drawn by chance so that two runs beside each other hardly meet. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(FIRST / WORKERS, LAST / WORKERS) * WORKERS + worker;
    if (!ports.has(port) && (await isFree(port))) ports.add(port);
  }
  return [...ports];
}

/** One such port. */
export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}
