// Asks the hub over plain HTTP and looks at every response: what no response may ever hold is counted here, for all
// attacks.
import http from 'node:http';

const TIMEOUT_MS = 30_000;
/** What reveals how the hub is made: stacks, files, the database and its words. */
const LEAKS = [
  /\n\s+at \S+ \(/,
  /node_modules/,
  /\.(?:ts|js|mjs):\d+/,
  /mongo(?:db|ose|server)/i,
  /\/(?:home|root|tmp|usr|work|srv|app)\//,
  /ECONNREFUSED|ENOENT/,
  /E11000/,
];

/** @returns a client whose `seen` holds what was wrong with any response, whichever attack caused it. */
export function client(graph) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 32 });
  const seen = { answers: 0, leaks: [], headers: [], internal: [] };

  const look = ({ status, headers, text }, what) => {
    seen.answers += 1;
    const leak = LEAKS.find((pattern) => pattern.test(text));
    if (leak !== undefined) seen.leaks.push(`${what}: ${excerpt(text)}`);
    if (headers['x-content-type-options'] !== 'nosniff') seen.headers.push(`${what}: HTTP ${status} without nosniff`);
    if (!/\bno-store\b/.test(headers['cache-control'] ?? ''))
      seen.headers.push(`${what}: HTTP ${status} without no-store`);
    if (/"code":"INTERNAL"/.test(text) || status >= 500) seen.internal.push(`${what}: HTTP ${status} ${excerpt(text)}`);
  };

  /** One HTTP exchange; returns the failure when there is no response. */
  const send = ({ url = graph, method = 'POST', headers = {}, body = '' }) =>
    new Promise((resolve) => {
      const request = http.request(
        url,
        {
          agent,
          method,
          headers: { ...(body === '' ? {} : { 'content-length': Buffer.byteLength(body) }), ...headers },
          timeout: TIMEOUT_MS,
        },
        (response) => {
          const chunks = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('error', (error) => resolve({ status: 0, headers: {}, text: error.message, json: undefined }));
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            resolve({ status: response.statusCode, headers: response.headers, text, json: parsed(text) });
          });
        },
      );
      request.once('timeout', () => request.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
      request.once('error', (error) => resolve({ status: 0, headers: {}, text: error.message, json: undefined }));
      request.end(body);
    });

  /** An operation, or a body as it is. */
  const ask = async (question, { token, headers = {} } = {}) => {
    const body = typeof question === 'string' ? question : JSON.stringify(question);
    const answer = await send({
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body,
    });
    if (answer.status !== 0) look(answer, excerpt(body, 60));
    return answer;
  };
  return { ask, send, seen, close: () => agent.destroy() };
}

export const excerpt = (text, length = 160) => text.slice(0, length).replaceAll(/\s+/g, ' ');

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The documented codes of a response's errors. */
export const codesOf = ({ json }) =>
  Array.isArray(json?.errors) ? json.errors.map(({ extensions }) => extensions?.code ?? 'none') : [];

/** Refused: nothing but nulls at the roots, a documented code, no HTTP status of the server's failure. */
export function isRefused(
  answer,
  codes = ['BAD_USER_INPUT', 'QUERY_TOO_COMPLEX', 'UNAUTHENTICATED', 'FORBIDDEN', 'RATE_LIMITED'],
) {
  const found = codesOf(answer);
  return (
    answer.status >= 200 &&
    answer.status < 500 &&
    Object.values(answer.json?.data ?? {}).every((value) => value === null) &&
    found.length > 0 &&
    found.every((code) => codes.includes(code))
  );
}
