import type { ApolloServerPlugin } from '@apollo/server';
import type { GatewayContext } from './request-context.js';

/** An answer names at most so many errors one by one; an outage under a long list would repeat itself. */
export const MOST_ERRORS = 100;

/**
 * Finishes each answer: marks it `extensions.partial` with the departments that are missing, and keeps the list of errors
 * readable: `extensions.omittedErrors` counts the rest, those that the executor has not named among them.
 */
export function partialAnswer(): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response, contextValue }) {
          if (response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          const { omittedErrors = 0, unavailable = [], ...extensions } = (singleResult.extensions ?? {}) as ExecutionExtensions;
          const errors = singleResult.errors ?? [];
          const omitted = Math.max(0, errors.length - MOST_ERRORS) + omittedErrors;
          const missing = [...new Set([...contextValue.unavailable, ...unavailable])].sort();
          const added = {
            ...extensions,
            ...(missing.length > 0 ? { partial: true, unavailable: missing } : {}),
            ...(omitted > 0 ? { omittedErrors: omitted } : {}),
          };
          if (errors.length > MOST_ERRORS) singleResult.errors = errors.slice(0, MOST_ERRORS);
          if (Object.keys(added).length > 0) singleResult.extensions = added;
          else delete singleResult.extensions;
        },
      };
    },
  };
}

/** What the executor says beside data and errors. */
interface ExecutionExtensions {
  readonly omittedErrors?: number;
  readonly unavailable?: readonly string[];
  readonly [other: string]: unknown;
}
