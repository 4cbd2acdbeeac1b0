import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import { hasDocumentedCode } from '../errors.js';
import { isDatabaseAbsence } from '../mongo/absence.js';
import type { Logger } from '../logger.js';

/** Codes of graphql-js and Apollo Server for requests that are wrong in themselves; their messages help the caller. */
const CALLERS_FAULT = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/**
 * The one formatter at an edge: documented codes pass, the caller's faults become BAD_USER_INPUT with their message, an
 * absent database is DEPARTMENT_UNAVAILABLE where `subgraph` names the department that has it, and everything else
 * becomes INTERNAL with nothing but a reference to the log line. Never throws.
 */
export function publicError(
  logger: Logger,
  subgraph?: string,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const { message, locations, path } = formatted;
    const code = formatted.extensions?.['code'];
    if (hasDocumentedCode(formatted.extensions)) {
      const extensions = Object.fromEntries(
        Object.entries(formatted.extensions ?? {}).filter(([key]) => key !== 'stacktrace'),
      );
      return { message, locations, path, extensions };
    }
    if (typeof code === 'string' && CALLERS_FAULT.has(code)) {
      return { message, locations, path, extensions: { code: 'BAD_USER_INPUT', reason: code } };
    }
    const cause = unwrapResolverError(error);
    if (subgraph !== undefined && isDatabaseAbsence(cause)) {
      logger.warn({ path, reason: cause instanceof Error ? cause.name : 'unknown' }, 'the database does not answer');
      return {
        message: `The system of the department "${subgraph}" does not answer.`,
        path,
        extensions: { code: 'DEPARTMENT_UNAVAILABLE', subgraph },
      };
    }
    const reference = randomUUID();
    logger.error(
      {
        reference,
        path,
        err: cause instanceof Error ? { name: cause.name, message: cause.message, stack: cause.stack } : String(cause),
      },
      'request failed',
    );
    return {
      message: `Something went wrong inside. Reference ${reference}.`,
      path,
      extensions: { code: 'INTERNAL', reference },
    };
  };
}
