import type { Said } from '@zhitong/values';
import { GraphQLError, type ASTNode } from 'graphql';
import { said } from './refusal-words.js';

/** The documented `extensions.code` values; nothing else leaves the hub. */
export const ERROR_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'DEPARTMENT_UNAVAILABLE',
  'QUERY_TOO_COMPLEX',
  'RATE_LIMITED',
  'INTERNAL',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * An error of the caller: English words in the message, the Chinese ones in `extensions.zh`, and for programs
 * `extensions.reason` with `extensions.parameters`.
 */
export const saidError = (
  code: ErrorCode,
  { message, reason, zh, parameters }: Said,
  {
    nodes,
    path,
    extensions,
  }: {
    nodes?: ASTNode | readonly ASTNode[] | undefined;
    path?: readonly (string | number)[];
    extensions?: object;
  } = {},
): GraphQLError =>
  new GraphQLError(message, {
    nodes,
    path,
    extensions: { code, ...extensions, reason, zh, ...(Object.keys(parameters).length === 0 ? {} : { parameters }) },
  });

/**
 * Input that cannot be used. `path` is the argument's path, for example `['filter', 'scale']`; the words say which
 * value and why.
 */
export const badUserInput = (words: Said, path: readonly string[]): GraphQLError =>
  saidError('BAD_USER_INPUT', words, { extensions: { argumentPath: path } });

/** The caller is known but may not do this. The reason says what would help, for example PURPOSE_REQUIRED. */
export const forbidden = (words: Said): GraphQLError => saidError('FORBIDDEN', words);

/** The caller is not known and this needs a known caller. */
export const unauthenticated = (words: Said = said('TOKEN_NEEDED')): GraphQLError =>
  saidError('UNAUTHENTICATED', words);

/** Something that was named by its key does not exist. */
export const notFound = (words: Said): GraphQLError => saidError('NOT_FOUND', words);

/**
 * A department without whose answer this cannot be said does not answer. `subgraph` is its name, for example
 * `enterprises`.
 */
export function departmentUnavailable(message: string, subgraph: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'DEPARTMENT_UNAVAILABLE', subgraph } });
}

/** True when the error already carries a documented code. */
export function hasDocumentedCode(extensions: Readonly<Record<string, unknown>> | undefined): boolean {
  return ERROR_CODES.some((code) => code === extensions?.['code']);
}

/** Whether an error says that a department does not answer: what it is about may be right, and is tried again later. */
export const isDepartmentUnavailable = (error: unknown): boolean =>
  error instanceof GraphQLError && error.extensions['code'] === 'DEPARTMENT_UNAVAILABLE';
