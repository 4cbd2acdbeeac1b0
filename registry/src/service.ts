import { systemClock, type Clock } from '@zhitong/kit';
import { ensureIndexes } from '@zhitong/kit/mongo';
import type { Connection } from 'mongoose';
import { composeApart, type ComposeGraph } from './composition/compose-apart.js';
import type { RegisteredUse } from './domain/judgement.js';
import { openStores } from './stores.js';
import type { CheckSettings } from './usecases/examine.js';
import { publishing, type Publishing } from './usecases/publishing.js';
import { reading, type Reading } from './usecases/reading.js';

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
  registered = async () => [],
}: {
  connection: Connection;
  clock?: Clock;
  compose?: ComposeGraph;
  settings?: CheckSettings;
  registered?: () => Promise<readonly RegisteredUse[]>;
}): Promise<Registry> {
  const stores = openStores(connection);
  await Promise.all([ensureIndexes(connection), stores.head.ensure()]);
  const examination = { stores, compose, clock, settings, registered };
  return { ...publishing(examination), ...reading(examination) };
}
