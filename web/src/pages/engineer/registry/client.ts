import { Client, fetchExchange } from 'urql';
import { currentSession } from '../../../app/session.js';
import { language } from '../../../i18n/language.js';

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
        'accept-language': language(),
        ...(session === undefined ? {} : { authorization: `Bearer ${session.token}` }),
      },
    };
  },
});
