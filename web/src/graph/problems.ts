import type { CombinedError } from 'urql';

/** Something that could not be told or done, by the graph's code; words come from the message files. */
export interface Problem {
  readonly code: string;
  /** The graph's own words, for whoever can use them. */
  readonly message: string;
  /** The same in Chinese, where the graph says it. */
  readonly messageZh?: string | undefined;
  /** Where in the answer it is missing. */
  readonly path: readonly (string | number)[];
  /** The field of an input that it concerns; undefined: the whole. */
  readonly field: string | undefined;
  /** The part of the graph that did not answer or refused. */
  readonly subgraph: string | undefined;
  readonly reference: string | undefined;
}

/** What the graph says of a problem, in the reader's language where it has it. */
export const wordsOf = ({ message, messageZh }: Pick<Problem, 'message' | 'messageZh'>, language: string): string =>
  (language === 'zh-CN' ? messageZh : undefined) ?? message;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The last name of a path within an input. */
export function fieldOf(path: unknown): string | undefined {
  if (!Array.isArray(path)) return undefined;
  const last: unknown = path.findLast((step) => typeof step === 'string' && Number.isNaN(Number(step)));
  return last === 'input' ? undefined : textOf(last);
}

/** What an answer complains of; an answer that never came is one problem without a place. */
export function problemsOf(error: CombinedError | undefined): Problem[] {
  if (error === undefined) return [];
  if (error.graphQLErrors.length === 0)
    return [
      {
        code: 'NO_ANSWER',
        message: error.message,
        path: [],
        field: undefined,
        subgraph: undefined,
        reference: undefined,
      },
    ];
  return error.graphQLErrors.map(({ message, path, extensions }) => ({
    code: textOf(extensions['code']) ?? 'INTERNAL',
    message,
    messageZh: textOf(extensions['zh']),
    path: path ?? [],
    field: fieldOf(extensions['argumentPath']),
    subgraph: textOf(extensions['subgraph']),
    reference: textOf(extensions['reference']),
  }));
}

/** Why a mutation changed nothing, as the graph says it. */
export interface StatedRefusal {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
  readonly details?: unknown;
}

/** The Chinese words of a refusal, which stand in its details. */
export function chineseOf(details: unknown): string | undefined {
  const zh = typeof details === 'object' && details !== null && 'zh' in details ? details.zh : undefined;
  return typeof zh === 'string' ? zh : undefined;
}

/** A refusal as a problem. */
export const problemOf = ({ code, message, path, details }: StatedRefusal): Problem => ({
  code,
  message,
  messageZh: chineseOf(details),
  path: [],
  field: fieldOf(path),
  subgraph: undefined,
  reference: undefined,
});

/** The problem because of which nothing can be seen at a place; undefined when it is there. */
export const problemAt = (problems: readonly Problem[], place: readonly (string | number)[]): Problem | undefined =>
  problems.find(({ path }) => path.length <= place.length && path.every((step, at) => step === place[at]));
