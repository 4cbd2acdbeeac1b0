import { faultPayload, refuse, type RefusalCode, type RefusalPayload } from '@zhitong/kit/commands';
import type { Said } from '../domain/refusal-words.js';

/** For programs the reason with its parameters, and the words in Chinese. */
const detailsOf = ({ reason, zh, parameters }: Said, details: object): object => ({
  ...parameters,
  ...details,
  reason,
  zh,
});

/**
 * Ends a command with a refusal: English words in the message, the Chinese ones in `details.zh`, and for programs
 * `details.reason` with the parameters.
 * @throws CommandEnded
 */
export const refuseSaid = (code: RefusalCode, words: Said, path: readonly string[], details: object = {}): never =>
  refuse(code, words.message, path, detailsOf(words, details));

/** The same as the payload of a mutation that is not run. */
export const saidPayload = (words: Said, path: readonly string[]): RefusalPayload =>
  faultPayload(words.message, path, detailsOf(words, {}));
