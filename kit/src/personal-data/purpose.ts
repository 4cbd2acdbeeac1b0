import type { Words } from '@zhitong/values';
import { said } from '../refusal-words.js';
import { departmentUnavailable, forbidden } from '../errors.js';
import type { Actor } from '../identity/actor.js';
import type { AccessNotes } from './access-notes.js';

/** What rights need to know about the departments that callers come from. */
export interface Offices {
  /** Name of the subgraph that keeps the register of departments. */
  readonly keptBy: string;
  /** A bank or the like: no part of the government, whatever its officers are called. */
  isFinancial(code: string): boolean;
  /** Whether the city has such a department; undefined when nobody can say now. */
  isKnown(code: string): Promise<boolean | undefined>;
}

/** What of a request's context decides about a purpose. */
export interface PurposeContext {
  readonly actor: Actor | null;
  readonly offices: Offices;
  readonly accesses: AccessNotes;
}

/** Personal data that is asked for. */
export interface AskedDatum {
  /**
   * Whose it is: the enterprise's USCC; null where it has none, or where the reader is not to learn which enterprise it
   * is.
   */
  readonly about: string | null;
  /** Which, as the record names it, for example `Enterprise.contact`. */
  readonly datum: string;
  /** How a refusal calls it; `datum of about` when left out. */
  readonly called?: Words;
  /** Who reads it without a purpose, for the refusal: "the enterprise itself, …". */
  readonly readers: Words;
}

const wordsOf = ({ called, datum, about, readers }: AskedDatum) => ({
  called: called?.en ?? (about === null ? datum : `${datum} of ${about}`),
  calledInChinese: called?.zh ?? (about === null ? `${datum} ` : `企业 ${about} 的 ${datum} `),
  readers: readers.en,
  readersInChinese: readers.zh,
});

/** A refusal that a stated purpose would turn into an answer: FORBIDDEN with `reason` PURPOSE_REQUIRED. */
const purposeRequired = (asked: AskedDatum) => forbidden(said('PURPOSE_REQUIRED', wordsOf(asked)));

/** Who asks for personal data: what of a request's context decides whether a purpose opens it. */
type Asking = Pick<PurposeContext, 'actor' | 'offices'>;

/**
 * Decides whether the stated purpose of an official of the government opens something, and notes nothing.
 * @throws GraphQLError FORBIDDEN (with `reason` PURPOSE_REQUIRED where a purpose would do), DEPARTMENT_UNAVAILABLE when
 *   nobody can
 *   say whether the caller's department exists.
 */
export async function admitPurpose({ actor, offices }: Asking, asked: AskedDatum): Promise<void> {
  const refused = forbidden(said('READERS_ONLY', wordsOf(asked)));
  const isOfficer = actor?.roles.includes('OFFICER') ?? false;
  if (actor === null || !(isOfficer || actor.roles.includes('COORDINATOR'))) throw refused;
  if (actor.department !== undefined && offices.isFinancial(actor.department)) throw refused;
  const known = isOfficer ? await offices.isKnown(actor.department ?? '') : true;
  if (known === false) throw refused;
  if (actor.purpose === undefined) throw purposeRequired(asked);
  if (known === undefined)
    throw departmentUnavailable(
      'The register of departments does not answer, so nobody can say whether yours may read this.',
      offices.keptBy,
    );
}

/**
 * Lets an official of the government who is not concerned with an enterprise read its personal data for the stated
 * purpose, and notes it; the note is written before the response is sent. Who is concerned is decided before this is
 * asked.
 * @throws GraphQLError see admitPurpose
 */
export async function requirePurpose(context: PurposeContext, asked: AskedDatum): Promise<void> {
  await admitPurpose(context, asked);
  context.accesses.note({ about: asked.about, datum: asked.datum });
}

/**
 * The same for a department's machine identity whose right was decided before: it states its purpose like everybody,
 * and its reading is noted as one that tells auditors nothing by its moment.
 * @throws GraphQLError FORBIDDEN with `reason` PURPOSE_REQUIRED without one
 */
export function requirePurposeOfMachine(
  { actor, accesses }: Pick<PurposeContext, 'actor' | 'accesses'>,
  asked: AskedDatum,
): void {
  if (actor?.purpose === undefined) throw purposeRequired(asked);
  accesses.note({ about: asked.about, datum: asked.datum, isTelling: true });
}
