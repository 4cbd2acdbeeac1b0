import type { GraphQLFormattedError } from 'graphql';
import type { DepartmentAnswer } from '../execution/subgraph.js';
import type { PostAnswer } from './http-post.js';

const UNAUTHORIZED = 401;
const SERVICE_UNAVAILABLE = 503;

/** The department responded, but not with a GraphQL result. */
export class NotAGraphQLResult extends Error {
  readonly status: number;

  constructor(status: number, reason: string) {
    super(`HTTP ${status}: ${reason}`);
    this.name = 'NotAGraphQLResult';
    this.status = status;
  }
}

/**
 * Reads a department's response leniently, because the department may be written by somebody else: any HTTP status and
 * content type counts when the body is a GraphQL result (GraphQL over HTTP allows errors with 4xx), and malformed
 * errors are mended; `errors` is absent when there is none.
 * @throws NotAGraphQLResult
 */
export function readDepartmentAnswer({ status, text }: PostAnswer): DepartmentAnswer {
  // The department refuses the hub, not the caller: their shared key differs. That is no error of the caller's.
  if (status === UNAUTHORIZED)
    throw new NotAGraphQLResult(status, 'the department does not accept the assertions of this gateway');
  // The department itself says that it cannot serve (its database is absent); nothing that it sends along is a result.
  if (status === SERVICE_UNAVAILABLE)
    throw new NotAGraphQLResult(status, 'the department says that it cannot answer now');
  const parsed = parseJson(status, text);
  if (!isRecord(parsed)) throw new NotAGraphQLResult(status, 'the answer is not a JSON object');
  const { data, errors } = parsed;
  if (data !== undefined && data !== null && !isRecord(data))
    throw new NotAGraphQLResult(status, 'data is not an object');
  const faults = Array.isArray(errors) ? errors.map(readError) : [];
  if (faults.length > 0) return { data: data ?? null, errors: faults };
  if (data === undefined || data === null)
    throw new NotAGraphQLResult(status, 'the answer has neither data nor errors');
  return { data };
}

function parseJson(status: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new NotAGraphQLResult(status, text.trim() === '' ? 'the answer is empty' : 'the answer is not JSON');
  }
}

function readError(error: unknown): GraphQLFormattedError {
  if (!isRecord(error)) return { message: 'An error without a message.' };
  const { message, path, extensions } = error;
  return {
    message: typeof message === 'string' && message !== '' ? message : 'An error without a message.',
    ...(Array.isArray(path) && path.every((step) => typeof step === 'string' || typeof step === 'number')
      ? { path }
      : {}),
    ...(isRecord(extensions) ? { extensions } : {}),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
