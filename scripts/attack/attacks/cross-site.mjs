// What a page of another site could have a visitor's browser send without asking first.
import { verdict } from '../verdict.mjs';

const QUERY = '{ __typename }';

export default {
  name: 'cross-site',
  what: 'GET and POST that a browser sends for another site without a preflight, and what is told to such a page',
  run: async ({ send, graph }) => {
    const { tried, result } = verdict();
    const origin = { origin: 'https://evil.example' };
    const encoded = `query=${encodeURIComponent(QUERY)}`;
    for (const query of [encoded, `query=${encodeURIComponent('mutation { __typename }')}`]) {
      const answer = await send({ url: `${graph}?${query}`, method: 'GET', headers: origin });
      tried(answer.status >= 400 && answer.status < 500, `GET ${query}: HTTP ${answer.status}`);
    }
    const mutation = await send({
      url: `${graph}?query=${encodeURIComponent('mutation { __typename }')}`,
      method: 'GET',
      headers: { ...origin, 'apollo-require-preflight': 'true' },
    });
    tried(mutation.status >= 400 && mutation.status < 500, `a mutation by GET: HTTP ${mutation.status}`);
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain; application/json',
    ]) {
      const body = type.includes('form-urlencoded') ? encoded : JSON.stringify({ query: QUERY });
      const answer = await send({ headers: { ...origin, 'content-type': type }, body });
      tried(answer.status >= 400 && answer.status < 500, `POST of ${type}: HTTP ${answer.status}`);
    }
    for (const method of ['PUT', 'DELETE', 'PATCH', 'TRACE']) {
      const answer = await send({
        method,
        headers: { ...origin, 'content-type': 'application/json' },
        body: method === 'TRACE' ? '' : JSON.stringify({ query: QUERY }),
      });
      tried((answer.status >= 400 && answer.status < 500) || answer.status === 0, `${method}: HTTP ${answer.status}`);
    }
    for (const method of ['OPTIONS', 'POST']) {
      const answer = await send({
        method,
        headers: {
          ...origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type',
          'content-type': 'application/json',
        },
        body: method === 'POST' ? JSON.stringify({ query: QUERY }) : '',
      });
      tried(
        answer.headers['access-control-allow-origin'] === undefined,
        `${method}: a page of ${origin.origin} may read the answer`,
      );
    }
    return result();
  },
};
