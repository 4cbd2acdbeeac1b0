import { RELEASES } from '@zhitong/gateway/feed';
import { documentDatabase, type ClientDocumentStore, type StoredRelease } from '@zhitong/gateway/operations';
import { systemClock, type Clock } from '@zhitong/kit';
import { assertDeployment, connectMongo, ensureIndexes, openMongo } from '@zhitong/kit/mongo';
import type { Connection } from 'mongoose';
import type { RegistryConfig } from './config.js';
import { composeThreads } from './composition/compose-apart.js';
import type { ComposeGraph } from './composition/composed-graph.js';
import { openStores } from './stores.js';
import type { CheckSettings } from './usecases/examine.js';
import { drafting, type Drafting } from './usecases/drafting.js';
import { publishing, type Publishing } from './usecases/publishing.js';
import { reading, type Reading } from './usecases/reading.js';

/** Everything that the registry does, without a command line. */
export type Registry = Publishing & Reading & Drafting;

const A_WEEK = 7;
const SETTINGS: CheckSettings = { usageDays: A_WEEK, enumAdditionsBreak: false };

/** Opens the registry over its database; makes indexes and the document that orders publications where missing. */
export async function openRegistry({
  connection,
  clock = systemClock,
  compose = composeThreads().compose,
  settings = SETTINGS,
  documents = documentDatabase(connection.getClient().db(connection.name).collection<StoredRelease>(RELEASES)),
}: {
  connection: Connection;
  clock?: Clock;
  compose?: ComposeGraph | undefined;
  settings?: CheckSettings;
  /** What clients have registered; left out: as the database holds it. */
  documents?: ClientDocumentStore;
}): Promise<Registry> {
  const stores = openStores(connection);
  await Promise.all([ensureIndexes(connection), stores.head.ensure()]);
  const contacts = async (): Promise<ReadonlyMap<string, string>> =>
    new Map(
      (await documents.releases()).flatMap(({ client, contact }) => (contact === undefined ? [] : [[client, contact]])),
    );
  const examination = { stores, compose, clock, settings, releases: () => documents.releases(), contacts };
  return { ...publishing(examination), ...reading(examination), ...drafting(examination) };
}

/** The registry over the database that is configured; `close` lets go of it. @throws StartProblem in one line */
export async function connectRegistry(
  config: RegistryConfig,
  compose?: ComposeGraph,
): Promise<{ readonly registry: Registry; readonly close: () => Promise<void> }> {
  const mongo = await openMongo({ config, uri: config.mongoUri });
  try {
    if (mongo.origin === 'configured') await assertDeployment({ uri: mongo.uri, databases: [config.database] });
    const connection = await connectMongo({ uri: mongo.uri, database: config.database });
    const registry = await openRegistry({ connection, settings: config.settings, compose });
    return {
      registry,
      close: async () => {
        await connection.close();
        await mongo.release();
      },
    };
  } catch (error) {
    await mongo.release();
    throw error;
  }
}
