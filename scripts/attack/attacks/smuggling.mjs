// Roles, callers and requests hidden in headers and in the bytes around them.
import { connect } from 'node:net';
import { codesOf } from '../client.mjs';
import { verdict } from '../verdict.mjs';

const ANSWER_MS = 10_000;
/** Only an auditor and officials read it. */
const GUARDED = (uscc) =>
  `{ enterprise(uscc: "${uscc}") { name cases(first: 1) { totalCount } creditStanding { grade } } }`;

export default {
  name: 'smuggling',
  what: 'roles and assertions in headers from outside, two Authorization headers, requests within requests',
  run: async ({ ask, graph, own, token }) => {
    const { tried, result } = verdict();
    const query = GUARDED(own);
    const plain = await ask({ query });
    const auditor = await token('AUDITOR');
    const forged = [
      Buffer.from('{"alg":"none"}').toString('base64url'),
      Buffer.from(JSON.stringify({ actor: { sub: 'x', roles: ['AUDITOR'] } })).toString('base64url'),
      '',
    ].join('.');
    const headers = {
      'x-zhitong-assertion': forged,
      'x-zhitong-actor': '{"sub":"x","roles":["AUDITOR"]}',
      'x-roles': 'AUDITOR',
      'x-user': 'admin',
      'x-department': 'RSJ',
      'x-forwarded-user': 'auditor',
      'x-forwarded-for': '127.0.0.1',
      'x-original-url': '/metrics',
      'x-http-method-override': 'GET',
      'apollo-require-preflight': 'true',
      'proxy-authorization': `Bearer ${auditor}`,
      cookie: `authorization=Bearer ${auditor}`,
    };
    for (const [name, value] of Object.entries(headers)) {
      const answer = await ask({ query }, { headers: { [name]: value } });
      tried(
        JSON.stringify(answer.json) === JSON.stringify(plain.json),
        `the header ${name} changes what an anonymous caller sees`,
      );
    }
    tried(
      plain.json?.data?.enterprise?.cases === null && codesOf(plain).every((code) => code === 'UNAUTHENTICATED'),
      'an anonymous caller reads cases',
    );

    const body = JSON.stringify({ query });
    const { hostname, port, host } = new URL(graph);
    const line = (...lines) => `${lines.join('\r\n')}\r\n\r\n`;
    const raw = {
      'two Authorization headers':
        line(
          'POST /graphql HTTP/1.1',
          `Host: ${host}`,
          'Content-Type: application/json',
          'Authorization: Bearer',
          `Authorization: Bearer ${auditor}`,
          `Content-Length: ${body.length}`,
          'Connection: close',
        ) + body,
      'a length and chunks':
        line(
          'POST /graphql HTTP/1.1',
          `Host: ${host}`,
          'Content-Type: application/json',
          'Content-Length: 5',
          'Transfer-Encoding: chunked',
          'Connection: close',
        ) + `0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      'two lengths':
        line(
          'POST /graphql HTTP/1.1',
          `Host: ${host}`,
          'Content-Type: application/json',
          'Content-Length: 5',
          `Content-Length: ${body.length}`,
          'Connection: close',
        ) + body,
      'a space before the colon':
        line(
          'POST /graphql HTTP/1.1',
          `Host: ${host}`,
          'Content-Type: application/json',
          'Transfer-Encoding : chunked',
          `Content-Length: ${body.length}`,
          'Connection: close',
        ) + body,
      'a line feed alone': `POST /graphql HTTP/1.1\nHost: ${host}\nContent-Length: 5\n\n${body}`,
      'a header of 100,000 characters': line(
        'POST /graphql HTTP/1.1',
        `Host: ${host}`,
        `X-Long: ${'a'.repeat(100_000)}`,
        'Connection: close',
      ),
      'no HTTP at all': 'hello\r\n\r\n',
    };
    for (const [what, bytes] of Object.entries(raw)) {
      const answer = await exchange({ hostname, port: Number(port), bytes });
      tried(
        !/"totalCount":\d/.test(answer) && !/# HELP/.test(answer) && answer !== 'no answer',
        `${what}: ${answer.slice(0, 80)}`,
      );
    }
    return result();
  },
};

/** Writes bytes and returns all that comes until the connection ends. */
function exchange({ hostname, port, bytes }) {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, hostname, () => socket.write(bytes));
    const timer = setTimeout(() => {
      socket.destroy();
      resolve(text === '' ? 'no answer' : text);
    }, ANSWER_MS);
    const finish = () => {
      clearTimeout(timer);
      resolve(text === '' ? 'closed' : text);
    };
    socket.on('data', (chunk) => (text += String(chunk)));
    socket.once('close', finish);
    socket.once('error', finish);
  });
}
