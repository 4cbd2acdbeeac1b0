import type { ApolloServerPlugin } from '@apollo/server';
import type { Logger } from '@zhitong/kit';
import type { GraphQLFormattedError } from 'graphql';
import { randomUUID } from 'node:crypto';
import { askedPath } from './asked-path.js';
import type { GatewayContext } from './request-context.js';

/** An answer names at most so many errors one by one; an outage under a long list would repeat itself. */
export const MOST_ERRORS = 100;

/**
 * Finishes each answer: marks it `extensions.partial` with the departments that are missing, keeps the list of errors
 * readable (`extensions.omittedErrors` counts the rest) and their paths within what was asked for, and turns the gateway's silent value completion (null without
 * an error where a department broke its own schema) into an error.
 */
export function partialAnswer(logger: Logger): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response, contextValue, operation, document }) {
          if (response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          const { valueCompletion, ...extensions } = singleResult.extensions ?? {};
          const told = singleResult.errors ?? [];
          const placed = operation === undefined || document === undefined ? told : told.map((error) => (error.path === undefined ? error : { ...error, path: askedPath(error.path, { operation, document }) }));
          const errors = [...placed, ...(Array.isArray(valueCompletion) ? brokenPromises(valueCompletion, logger) : [])];
          const omitted = errors.length - MOST_ERRORS;
          const unavailable = [...contextValue.unavailable].sort();
          const added = {
            ...extensions,
            ...(unavailable.length > 0 ? { partial: true, unavailable } : {}),
            ...(omitted > 0 ? { omittedErrors: omitted } : {}),
          };
          if (errors.length > 0) singleResult.errors = omitted > 0 ? errors.slice(0, MOST_ERRORS) : errors;
          if (Object.keys(added).length > 0) singleResult.extensions = added;
          else delete singleResult.extensions;
        },
      };
    },
  };
}

/** One error for all values that broke the schema: the caller can only report it, the log says which they were. */
function brokenPromises(found: readonly unknown[], logger: Logger): GraphQLFormattedError[] {
  const problems = found.map((problem) => (problem instanceof Error ? problem.message : String(problem)));
  const reference = randomUUID();
  logger.error({ reference, problems: problems.slice(0, MOST_ERRORS) }, 'departments answered values that break the schema');
  const first: unknown = found[0];
  const path = typeof first === 'object' && first !== null && 'path' in first && Array.isArray(first.path) ? (first.path as (string | number)[]) : undefined;
  return [{ message: `Something went wrong inside. Reference ${reference}.`, ...(path === undefined ? {} : { path }), extensions: { code: 'INTERNAL', reference } }];
}
