import { refuseFaults } from '@zhitong/kit/commands';
import type { LegalDay } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import { said, type Said } from '../domain/refusal-words.js';
import type { Stores } from '../stores.js';

/** An official, with the day on which he or she left; null while serving. */
export interface HeldOfficial {
  readonly id: string;
  readonly departmentCode: string;
  readonly leftOn: LegalDay | null;
}

/**
 * Those of many officials who exist, by staff number, as they stand while a command gives them something. They are
 * held until its transaction ends, so that nobody leaves, or is moved or taken out, at the moment in which he or she is
 * given a task, a project or an enterprise: of the two commands one is made again after the other.
 */
export async function heldOfficials(
  ids: readonly string[],
  { officials, officers }: Pick<Stores, 'officials' | 'officers'>,
  session: ClientSession,
): Promise<Map<string, HeldOfficial>> {
  const asked = [...new Set(ids)];
  if (asked.length === 0) return new Map();
  const found = await officials.held(asked, session);
  const left = new Map((await officers.byId(asked, session)).map(({ officialId, leftOn }) => [officialId, leftOn]));
  return new Map(found.map(({ id, departmentCode }) => [id, { id, departmentCode, leftOn: left.get(id) ?? null }]));
}

/** An official as an input names one. */
export interface NamedOfficial {
  readonly id: string;
  /** Where in the input. */
  readonly path: readonly string[];
  /** What is said where nobody has that number. */
  readonly unknown: Said;
}

/** Holds officials who are given something; ends the command where one is not there or has left. */
export async function requireServing(
  named: readonly NamedOfficial[],
  stores: Pick<Stores, 'officials' | 'officers'>,
  session: ClientSession,
): Promise<void> {
  const held = await heldOfficials(
    named.map(({ id }) => id),
    stores,
    session,
  );
  const stranger = named.find(({ id }) => !held.has(id));
  if (stranger !== undefined) refuseFaults([{ path: [...stranger.path], ...stranger.unknown }]);
  for (const { id: official, path } of named) {
    const leftOn = held.get(official)?.leftOn ?? null;
    if (leftOn !== null)
      refuseFaults([{ path: [...path], ...said('LEFT_AND_LOOKS_AFTER_NOBODY', { official, leftOn }) }]);
  }
}
