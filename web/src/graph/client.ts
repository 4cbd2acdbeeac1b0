import { cacheExchange, Client, fetchExchange, mapExchange } from 'urql';
import { currentSession, sessionExpired } from '../app/session.js';

/**
 * The one client of the graph. A page always asks anew, and asks again when something of what it shows was changed from
 * here. Data beside errors is kept: the rest of a partial answer is right.
 */
export const client = new Client({
  url: '/graphql',
  preferGetMethod: false,
  requestPolicy: 'network-only',
  exchanges: [
    cacheExchange,
    mapExchange({
      onResult: ({ error }) => {
        if (error?.graphQLErrors.some(({ extensions }) => extensions['code'] === 'UNAUTHENTICATED')) sessionExpired();
      },
    }),
    fetchExchange,
  ],
  fetchOptions: () => {
    const session = currentSession();
    return {
      headers: {
        // With the Chinese words beside the English ones, so that both are there when the reader changes the language.
        'accept-language': 'en',
        ...(session === undefined ? {} : { authorization: `Bearer ${session.token}` }),
      },
    };
  },
});
