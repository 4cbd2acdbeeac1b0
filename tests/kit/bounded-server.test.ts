import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { boundedServer } from '@zhitong/kit';

const server = boundedServer({ requestTimeoutMs: 30_000 });
const REQUEST = 'GET / HTTP/1.1\r\nhost: zhitong\r\n\r\n';
const NO_HTTP = '\u0000 this is no request\r\n\r\n';

beforeAll(async () => once(server.listen(0, '127.0.0.1'), 'listening'));
afterAll(async () => once(server.close(), 'close'));

/** A connection that keeps what it received. */
async function opened() {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let received = '';
  socket.setEncoding('utf8').on('data', (text: string) => (received += text));
  await once(socket, 'connect');
  return { socket, received: () => received };
}

it('refuses what is no HTTP in the words of the graph', async () => {
  const { socket, received } = await opened();
  socket.write(NO_HTTP);
  await once(socket, 'close');
  expect(received()).toMatch(/^HTTP\/1\.1 400 /u);
  expect(received()).toContain('This is not an HTTP request that can be read.');
});

it('writes no refusal into a response that has begun', async () => {
  const { socket, received } = await opened();
  socket.write(REQUEST);
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
  response.write('{"data":');
  await once(socket, 'data');
  socket.write(NO_HTTP);
  await once(socket, 'close');
  expect(received()).toMatch(/^HTTP\/1\.1 200 /u);
  expect(received()).not.toContain('HTTP/1.1 400');
});
