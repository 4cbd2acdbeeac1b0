import type { Connection } from 'mongoose';
import type { Clock } from '../clock.js';

/** How a load stands; what it began with and what it reported at its end lie beside these. */
interface StoredMark {
  readonly _id: string;
  readonly finishedAt: Date | null;
}

type Kept<Settings> = Settings & StoredMark;

/** A load that is at its end. */
export interface FinishedLoad<Settings> {
  /** What it was begun with. */
  readonly settings: Settings;
  /** It was finished before, and nothing was done now. */
  readonly wasLoaded: boolean;
}

const marksOf = (connection: Connection, name: string) => connection.collection<StoredMark>(name);

const settingsOf = <Settings>({ _id, finishedAt: _finishedAt, ...settings }: Kept<Settings>): Settings =>
  settings as Settings; // what `loadOnce` put in

/**
 * Loads something once into a department's database. A mark keeps the settings with which a load was begun: one that
 * was killed goes on with those, whatever is wanted by then, also where two processes begin at once. A finished load is
 * left alone.
 * @param name of the load, and of the collection of its mark.
 * @param wanted settings of a load that is not finished, plain values; throws what is wrong with them before anything
 *   is written.
 * @param load does the work; begun again with the same settings it completes what is there. Returns the settings, and
 *   what else the mark is to hold.
 */
export async function loadOnce<Settings extends object>({
  connection,
  name,
  clock,
  wanted,
  load,
}: {
  connection: Connection;
  name: string;
  clock: Clock;
  wanted: () => Settings;
  load: (settings: Settings) => Promise<Settings>;
}): Promise<FinishedLoad<Settings>> {
  const marks = marksOf(connection, name);
  const before = await marks.findOne({ _id: name });
  if (before?.finishedAt) return { settings: settingsOf(before as Kept<Settings>), wasLoaded: true };
  const asked = wanted();
  await announceLoad({ connection, name, settings: asked });
  const begun = await marks.findOne({ _id: name });
  const settings = await load({ ...asked, ...(begun === null ? {} : settingsOf(begun as Kept<Settings>)) });
  await marks.updateOne({ _id: name }, { $set: { ...settings, finishedAt: clock.now() } });
  return { settings, wasLoaded: false };
}

/**
 * Marks a load as begun before its work can be, so that whatever rests on it knows that it is still to come; nothing
 * where it was begun or finished before.
 */
export async function announceLoad({
  connection,
  name,
  settings,
}: {
  connection: Connection;
  name: string;
  settings: object;
}): Promise<void> {
  await marksOf(connection, name).updateOne(
    { _id: name },
    { $setOnInsert: { ...settings, finishedAt: null } },
    { upsert: true },
  );
}

/** How a load stands. */
export interface LoadState<Settings> {
  /** What it was begun with. */
  readonly settings: Settings;
  readonly isFinished: boolean;
}

/** How a load stands; null for one that was never begun. The caller knows with what it begins its loads. */
export async function loadState<Settings extends object>(
  connection: Connection,
  name: string,
): Promise<LoadState<Settings> | null> {
  const mark = await marksOf(connection, name).findOne({ _id: name });
  return mark === null ? null : { settings: settingsOf(mark as Kept<Settings>), isFinished: mark.finishedAt !== null };
}

/**
 * The settings of a load that is at its end; null for one that was never begun, and for one that is half done, which
 * nothing may rest on.
 */
export async function finishedLoad<Settings extends object>(
  connection: Connection,
  name: string,
): Promise<Settings | null> {
  const state = await loadState<Settings>(connection, name);
  return state?.isFinished === true ? state.settings : null;
}
