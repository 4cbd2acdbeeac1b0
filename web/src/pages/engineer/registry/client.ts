import { Client, fetchExchange } from 'urql';
import { currentSession } from '../../../app/session.js';

/** Asks the schema registry's own graph, which the gateway hands on. */
export const registryClient = new Client({
  url: '/registry/graphql',
  preferGetMethod: false,
  requestPolicy: 'network-only',
  exchanges: [fetchExchange],
  fetchOptions: () => {
    const session = currentSession();
    return {
      headers: {
        // With the Chinese words beside the English ones, as the graph's own client asks.
        'accept-language': 'en',
        ...(session === undefined ? {} : { authorization: `Bearer ${session.token}` }),
      },
    };
  },
});
