// One caller who takes all that can be asked at once: requests whose bodies do not come.
import { connect } from 'node:net';
import { codesOf } from '../client.mjs';
import { verdict } from '../verdict.mjs';

/** More than one caller may have in flight as it is configured without settings. */
const AT_ONCE = 60;
const MOST_TRIES = 200;

export default {
  name: 'in-flight',
  what: 'many requests of one caller at once, held open',
  run: async ({ ask, graph, token, neighbourIsAnswered }) => {
    const { tried, result } = verdict();
    const { hostname, port, host } = new URL(graph);
    const greedy = await token('COORDINATOR');
    const head = `POST /graphql HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nAuthorization: Bearer ${greedy}\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n`;
    const sockets = await Promise.all(
      Array.from({ length: AT_ONCE }, () => opened({ hostname, port: Number(port), head })),
    );
    let answer;
    for (let turn = 0; turn < MOST_TRIES && answer?.status !== 429; turn++)
      answer = await ask({ query: '{ __typename }' }, { token: greedy });
    tried(
      answer?.status === 429 && codesOf(answer).includes('RATE_LIMITED') && Number(answer.headers['retry-after']) >= 1,
      `with ${AT_ONCE} requests open one more is answered: HTTP ${answer?.status}`,
    );
    tried(await neighbourIsAnswered(), 'a neighbour is not answered meanwhile');
    for (const socket of sockets) socket.destroy();
    for (let turn = 0; turn < MOST_TRIES && answer?.status !== 200; turn++)
      answer = await ask({ query: '{ __typename }' }, { token: greedy });
    tried(answer?.status === 200, `when all of them have ended, the caller is still refused: HTTP ${answer?.status}`);
    return result();
  },
};

/**
 * A connection that has begun a request: resolves when the other side says that it waits for the body, or refuses it.
 */
function opened({ hostname, port, head }) {
  return new Promise((resolve) => {
    const socket = connect(port, hostname, () => socket.write(head));
    socket.once('data', () => resolve(socket));
    socket.once('close', () => resolve(socket));
    socket.on('error', () => undefined);
  });
}
