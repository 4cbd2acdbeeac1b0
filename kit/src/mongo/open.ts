import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { z } from 'zod';
import type { KitConfig } from '../config.js';
import { startEmbeddedMongo } from './embedded.js';

const noteSchema = z.object({ uri: z.string(), pid: z.number().int() });

/** A MongoDB to work with; `release` stops it when this process started it and does nothing otherwise. */
export interface OpenMongo {
  readonly uri: string;
  /** `configured`: an existing deployment; `found`: the embedded server of a running hub; `started`: started here. */
  readonly origin: 'configured' | 'found' | 'started';
  release(): Promise<void>;
}

/**
 * Opens the MongoDB that this installation uses: the configured deployment, else the embedded server of a hub that runs
 * in the same data folder, else an embedded server of our own over that folder.
 */
export async function openMongo({ config, uri = config.mongo.uri }: { config: KitConfig; uri?: string | undefined }): Promise<OpenMongo> {
  if (uri !== undefined) return { uri, origin: 'configured', release: async () => undefined };
  const note = path.join(config.dataDir, 'mongo.json');
  const found = await runningServer(note);
  if (found !== undefined) return { uri: found, origin: 'found', release: async () => undefined };
  mkdirSync(config.dataDir, { recursive: true });
  const lastPort = path.join(config.dataDir, 'mongo.port');
  const started = await startEmbeddedMongo({ config, dbPath: path.join(config.dataDir, 'mongo'), port: readPort(lastPort) });
  writeFileSync(lastPort, String(started.port));
  writeFileSync(note, JSON.stringify({ uri: started.uri, pid: process.pid }));
  return {
    uri: started.uri,
    origin: 'started',
    release: async () => {
      rmSync(note, { force: true });
      await started.stop();
    },
  };
}

function readPort(file: string): number | undefined {
  const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : NaN;
  return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : undefined;
}

async function runningServer(note: string): Promise<string | undefined> {
  let uri: string;
  try {
    uri = noteSchema.parse(JSON.parse(readFileSync(note, 'utf8'))).uri;
  } catch {
    return undefined;
  }
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 1_000 });
  try {
    await client.db('admin').command({ ping: 1 });
    return uri;
  } catch {
    return undefined; // The note was left by a process that was killed.
  } finally {
    await client.close();
  }
}
