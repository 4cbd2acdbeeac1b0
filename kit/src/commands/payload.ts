import type { Said } from '@zhitong/values';
import { forbidden, notFound } from '../errors.js';
import {
  invalidInput,
  refusalOf,
  type CommandOutcome,
  type CommandRefusal,
  type InputFault,
  type RefusalCode,
} from './outcome.js';

/** A mutation's payload that says why nothing was done. */
export interface RefusalPayload {
  readonly refusal: {
    readonly code: RefusalCode;
    readonly message: string;
    readonly path: string[];
    readonly details: unknown;
  };
}

/** A refusal as the graph shows it. */
export const refusalPayload = ({ code, message, path, details }: CommandRefusal): RefusalPayload => ({
  refusal: { code, message, path: [...path], details },
});

/** The payload of a mutation of which one value cannot be accepted, whatever is stored; see `refuse`. */
export const faultPayload = (words: Said, path: readonly string[], details?: object): RefusalPayload =>
  refusalPayload(refusalOf('INVALID', words, path, details));

/**
 * The payload of a mutation whose input cannot be accepted, whatever is stored: the first fault in words, all of them
 * in the details.
 */
export const faultsPayload = (faults: readonly InputFault[]): RefusalPayload => refusalPayload(invalidInput(faults));

/**
 * A command's outcome as a mutation's payload: what `show` makes of the result, or the refusal.
 * @param show reads what was changed as it stands now; not through a loader, which may have read it before the change
 * @throws GraphQLError FORBIDDEN, NOT_FOUND
 */
export async function payloadOf<Result, Payload>(
  outcome: CommandOutcome<Result>,
  show: (result: Result) => Payload | Promise<Payload>,
): Promise<Payload | RefusalPayload> {
  switch (outcome.kind) {
    case 'done':
      return show(outcome.result);
    case 'refused':
      return refusalPayload(outcome.refusal);
    case 'forbidden':
      throw forbidden(outcome.words);
    case 'missing':
      throw notFound(outcome.words);
  }
}
