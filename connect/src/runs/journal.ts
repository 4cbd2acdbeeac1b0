import type { Connection } from 'mongoose';
import { decodeTime } from 'ulid';
import { UNDO_DAYS } from '../mapping/mapping.js';
import { holdsIdentityNumber } from '../mapping/readers/shown.js';
import { connectorCollections, type Change } from './collections.js';

const DAY_MS = 86_400_000;

/**
 * A change as the journal keeps it for undoing. Values with an identity number are not kept: that record can then not
 * be undone by itself, and undoing lists it for a person.
 */
export function keptChange(change: Change): Change {
  return holdsIdentity(change.before) || holdsIdentity(change.row?.values)
    ? { ...change, before: null, row: null, isWithheld: true }
    : change;
}

/** Whether a text anywhere in a value that a target gave holds an identity number. */
function holdsIdentity(value: unknown): boolean {
  if (typeof value === 'string') return holdsIdentityNumber(value);
  if (Array.isArray(value)) return value.some(holdsIdentity);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsIdentity);
}

/** When a run began, by its number; null where that tells no moment. */
function beganAt(run: string): number | null {
  try {
    return decodeTime(run);
  } catch {
    return null;
  }
}

/**
 * Drops what undoing would need of runs that are older than their source lets them be undone.
 * @returns runs of which nobody can say how old they are; what they need stays
 */
export async function dropOldJournals(connection: Connection, now: Date): Promise<readonly string[]> {
  const { sources, runs, batches } = connectorCollections(connection);
  const days = new Map(
    (await sources.find({}, { projection: { undoDays: 1 } }).toArray()).map(({ _id, undoDays }) => [_id, undoDays]),
  );
  const kept = await batches.distinct('run', { kind: 'CHANGES' });
  const undated: string[] = [];
  const states = { $nin: ['RUNNING', 'FAILED', 'STOPPED'] as const };
  for await (const { _id, source } of runs.find({ _id: { $in: kept }, state: states }, { projection: { source: 1 } })) {
    const began = beganAt(_id);
    if (began === null) undated.push(_id);
    else if (began + (days.get(source) ?? UNDO_DAYS) * DAY_MS <= now.getTime())
      await batches.deleteMany({ run: _id, kind: 'CHANGES' });
  }
  return undated;
}
