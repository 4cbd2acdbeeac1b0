import { GraphQLError } from 'graphql';

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
 * Input that cannot be used. `path` is the argument's path, for example `['filter', 'scale']`; the message says which
 * value and why.
 */
export function badUserInput(message: string, path: readonly string[]): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', argumentPath: path } });
}

/** The caller is known but may not do this. `reason` says what would help, for example PURPOSE_REQUIRED. */
export function forbidden(message: string, { reason }: { reason?: 'PURPOSE_REQUIRED' } = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'FORBIDDEN', ...(reason === undefined ? {} : { reason }) } });
}

/** The caller is not known and this needs a known caller. */
export function unauthenticated(message = 'This needs a bearer token.'): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED' } });
}

/** Something that was named by its key does not exist. */
export function notFound(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'NOT_FOUND' } });
}

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
