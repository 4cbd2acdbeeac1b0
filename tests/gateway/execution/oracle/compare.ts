import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import type { Truth } from './oracle.js';
import type { Path } from './weakness.js';

/** Something in an answer that must not be, as a sentence. */
export type Complaint = string;

export interface GatewayAnswer {
  readonly data?: ExecutionResult['data'];
  readonly errors: readonly GraphQLFormattedError[];
}

const show = (path: Path): string => (path.length === 0 ? 'the whole answer' : path.join('.'));
const text = (value: unknown): string => (JSON.stringify(value) as string | undefined)?.slice(0, 160) ?? 'nothing';
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What is wrong with an answer. Where nothing failed it is the oracle's to the letter and in its order; where something
 * failed, each place that differs is null, rests on what failed, and has an error at it or, where null climbed up,
 * below it.
 */
export function complaints({ truth, answer }: { truth: Truth; answer: GatewayAnswer }): Complaint[] {
  const found: Complaint[] = [];
  if (answer.data === undefined)
    return [`There is no data: ${answer.errors.map(({ message }) => message).join(' | ')}`];
  const isCovered = (path: Path): boolean =>
    answer.errors.some(
      (error) => error.path !== undefined && path.every((step, index) => error.path?.[index] === step),
    );
  const compare = (expected: unknown, actual: unknown, path: Path): void => {
    if (JSON.stringify(expected) === JSON.stringify(actual)) return;
    if (actual === null) {
      if (!truth.weakness.allows(path))
        found.push(`${show(path)} is null, but rests on nothing that failed; ${text(expected)} is right.`);
      if (!isCovered(path)) found.push(`${show(path)} is null without an error there; ${text(expected)} is right.`);
    } else if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
      expected.forEach((item, index) => compare(item, actual[index], [...path, index]));
    } else if (
      isRecord(expected) &&
      isRecord(actual) &&
      JSON.stringify(Object.keys(expected)) === JSON.stringify(Object.keys(actual))
    ) {
      for (const key of Object.keys(expected)) compare(expected[key], actual[key], [...path, key]);
    } else {
      found.push(`${show(path)} is ${text(actual)}; ${text(expected)} is right.`);
    }
  };
  compare(truth.result.data, answer.data, []);
  for (const error of answer.errors) found.push(...strayed(error, answer.data, truth));
  return found;
}

/** An error must stand at a place that is null, or below one, and rest on something that failed. */
function strayed({ message, path }: GraphQLFormattedError, data: unknown, { weakness }: Truth): Complaint[] {
  if (path === undefined) return [`The error "${message}" has no path.`];
  const complaints =
    weakness.allows(path) || path.some((_step, index) => weakness.allows(path.slice(0, index)))
      ? []
      : [`The error "${message}" stands at ${show(path)}, where nothing failed.`];
  let value = data;
  for (const step of path) {
    if (value === null) return complaints;
    value =
      typeof value === 'object' && Object.hasOwn(value, step)
        ? (value as Record<string | number, unknown>)[step]
        : undefined;
  }
  return value === null
    ? complaints
    : [...complaints, `The error "${message}" stands at ${show(path)}, which is ${text(value)}.`];
}
