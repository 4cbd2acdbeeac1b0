/** Room for the receipts of a city of a million market entities. */
const DIGITS = 7;

/**
 * The ending of a demo receipt's number: the running number of what it was paid for, and which part of that. Two
 * receipts of the demo city differ in one of these, whatever is paid on a day; a digest of what they say would be the
 * same for two promises of the same words.
 * @param ordinal counts the promises, or the debts, from 1.
 * @param part counts the instalments from 1.
 */
export const receiptEnding = (ordinal: number, part = 1): string =>
  `${String(ordinal).padStart(DIGITS, '0')}${String(part).padStart(2, '0')}`;
