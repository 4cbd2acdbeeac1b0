import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Unix socket addresses hold little more than a hundred bytes. */
const LONGEST_SOCKET_PATH = 100;

/** Another hub works in this data folder. */
export class HubRuns extends Error {
  constructor(who: string) {
    super(
      `A hub already runs in this folder (${who}). Stop it first, or give this one another folder with ZHITONG_DATA_DIR and other ports.`,
    );
    this.name = 'HubRuns';
  }
}

export interface HubLock {
  release(): void;
}

/**
 * Takes the data folder for this process, until it releases it or ends, however it ends: the lock is a listening
 * socket, so a killed hub leaves nothing that could be mistaken for a running one.
 * @param who what is shown to a second hub, for example the process id and the address.
 * @throws HubRuns
 */
export async function takeHubLock(dataDir: string, who: string): Promise<HubLock> {
  mkdirSync(dataDir, { recursive: true });
  const socket = socketPath(dataDir);
  const holder = await askHolder(socket);
  if (holder !== undefined) throw new HubRuns(holder);
  rmSync(socket, { force: true });
  const server = createServer((peer) => void peer.on('error', () => undefined).end(who));
  try {
    await listening(server, socket);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new HubRuns('it has just started');
    throw error;
  }
  server.unref();
  return { release: () => void server.close() };
}

function socketPath(dataDir: string): string {
  const inside = path.join(path.resolve(dataDir), 'hub.sock');
  if (inside.length <= LONGEST_SOCKET_PATH) return inside;
  const digest = createHash('sha256').update(path.resolve(dataDir)).digest('hex');
  return path.join(tmpdir(), `zhitong-${digest.slice(0, 16)}.sock`);
}

function askHolder(socket: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let told = '';
    connect(socket)
      .on('data', (chunk) => (told += chunk.toString('utf8')))
      .on('end', () => resolve(told))
      .on('error', () => resolve(undefined));
  });
}

function listening(server: Server, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(socket, resolve);
  });
}
