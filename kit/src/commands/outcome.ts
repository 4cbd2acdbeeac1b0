import type { Said } from '@zhitong/values';
import { said } from '../refusal-words.js';

/** Kinds of refusals that every department's schema has (enum RefusalCode). */
export type RefusalCode =
  'CONFLICT' | 'STALE_VERSION' | 'DUPLICATE' | 'BUDGET_EXHAUSTED' | 'NOT_ELIGIBLE' | 'ILLEGAL_STATE' | 'INVALID';

/** Why a command changed nothing, for a user who can act on it. */
export interface CommandRefusal {
  readonly code: RefusalCode;
  readonly message: string;
  /** Path within the input of what has to change; empty when no single value is at fault. */
  readonly path: readonly string[];
  /** Figures to act on, by code: legal moves, the current version, what is left of a budget. */
  readonly details: unknown;
}

/** A value of an input that cannot be accepted, and where it stands. */
export interface InputFault extends Pick<Said, 'message' | 'reason' | 'zh'> {
  readonly path: readonly string[];
}

/** A command that changed nothing: it is refused, not for this person, or concerns something that does not exist. */
export type CommandEnd =
  | { readonly kind: 'refused'; readonly result: null; readonly refusal: CommandRefusal }
  | {
      readonly kind: 'forbidden' | 'missing';
      readonly result: null;
      readonly refusal: null;
      readonly words: Said;
    };

/** What came of a command: it is done (for a repeat: was done, with the same result), or it changed nothing. */
export type CommandOutcome<Result> =
  { readonly kind: 'done'; readonly result: Result; readonly refusal: null } | CommandEnd;

/** Thrown inside a command's work to end it: the transaction is rolled back and the idempotency key stays free. */
export class CommandEnded extends Error {
  constructor(readonly end: CommandEnd) {
    super('the command ended without a change');
  }
}

/**
 * Ends a command with a refusal: English words in the message, the Chinese ones in `details.zh`, and for programs
 * `details.reason` with the parameters.
 * @throws CommandEnded
 */
export function refuse(code: RefusalCode, words: Said, path: readonly string[], details?: object): never {
  return refuseAs(refusalOf(code, words, path, details));
}

/** Ends a command with a refusal that was made before. @throws CommandEnded */
export function refuseAs(refusal: CommandRefusal): never {
  throw new CommandEnded({ kind: 'refused', result: null, refusal });
}

/** The refusal with these words, as {@link refuse} ends a command with it. */
export const refusalOf = (
  code: RefusalCode,
  words: Said,
  path: readonly string[],
  details?: object,
): CommandRefusal => ({ code, message: words.message, path, details: detailsOf(words, details) });

/** For programs the reason with its parameters and further figures, and the words in Chinese. */
const detailsOf = ({ reason, zh, parameters }: Said, details: object = {}): object => ({
  ...parameters,
  ...details,
  reason,
  zh,
});

/** Ends a command because of what is wrong with its input. @throws CommandEnded */
export function refuseFaults(faults: readonly InputFault[]): never {
  throw new CommandEnded({ kind: 'refused', result: null, refusal: invalidInput(faults) });
}

/** Ends a command because the caller may not give it; the graph responds with FORBIDDEN. @throws CommandEnded */
export function forbid(words: Said): never {
  throw new CommandEnded({ kind: 'forbidden', result: null, refusal: null, words });
}

/** Ends a command because what it concerns does not exist; the graph responds with NOT_FOUND. @throws CommandEnded */
export function notThere(words: Said): never {
  throw new CommandEnded({ kind: 'missing', result: null, refusal: null, words });
}

/** The refusal of an input that cannot be accepted: the first fault in words, all of them in the details. */
export function invalidInput(faults: readonly InputFault[]): CommandRefusal {
  const first: InputFault = faults[0] ?? { path: [], ...said('INPUT_UNUSABLE') };
  return {
    code: 'INVALID',
    message: `${first.path.join('.')}: ${first.message}.`,
    path: first.path,
    details: { reason: first.reason, zh: first.zh, faults },
  };
}
