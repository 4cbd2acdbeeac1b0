import type { ClientDocumentStore } from '@zhitong/gateway/operations';
import { systemClock, type Clock } from '@zhitong/kit';
import { ensureIndexes } from '@zhitong/kit/mongo';
import type { Connection } from 'mongoose';
import { composeApart, type ComposeGraph } from './composition/compose-apart.js';
import type { RegisteredUse } from './domain/judgement.js';
import { openStores } from './stores.js';
import type { CheckSettings } from './usecases/examine.js';
import { publishing, type Publishing } from './usecases/publishing.js';
import { reading, type Reading } from './usecases/reading.js';
import { registeredUses } from './usecases/registered-uses.js';

/** Everything that the registry does, without a command line. */
export type Registry = Publishing & Reading;

const A_WEEK = 7;
const SETTINGS: CheckSettings = { usageDays: A_WEEK, enumAdditionsBreak: false };

/** Opens the registry over its database; makes indexes and the document that orders publications where missing. */
export async function openRegistry({
  connection,
  clock = systemClock,
  compose = composeApart(),
  settings = SETTINGS,
  documents,
}: {
  connection: Connection;
  clock?: Clock;
  compose?: ComposeGraph;
  settings?: CheckSettings;
  /** What clients have registered; left out: nothing. */
  documents?: ClientDocumentStore | undefined;
}): Promise<Registry> {
  const stores = openStores(connection);
  await Promise.all([ensureIndexes(connection), stores.head.ensure()]);
  const registered = async (before: string | null): Promise<readonly RegisteredUse[]> =>
    documents === undefined ? [] : registeredUses(documents, before);
  const examination = { stores, compose, clock, settings, registered };
  return { ...publishing(examination), ...reading(examination) };
}
