import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { askGraph, GraphUnreachable } from '@zhitong/kit/graph';
import { z } from 'zod';

/** What the graph of the test answers; undefined keeps the caller waiting. */
let answer: string | undefined;
let asked: { authorization: string | undefined; body: unknown }[] = [];
let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push({ authorization: request.headers.authorization, body: JSON.parse(body) });
      if (answer !== undefined) response.end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
});
beforeEach(() => void (asked = []));
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const shape = z.object({ departments: z.array(z.object({ code: z.string() })) });
const ask = async (timeoutMs = 5_000) =>
  askGraph({
    url,
    token: async () => 'a-token',
    query: '{ departments { code } }',
    variables: { a: 1 },
    shape,
    timeoutMs,
  });

describe('askGraph', () => {
  it('asks with the token and answers data of the expected form', async () => {
    answer = JSON.stringify({ data: { departments: [{ code: 'JRB' }] } });
    expect(await ask()).toEqual({ departments: [{ code: 'JRB' }] });
    expect(asked).toEqual([
      { authorization: 'Bearer a-token', body: { query: '{ departments { code } }', variables: { a: 1 } } },
    ]);
  });

  it.each([
    [
      'an error, even beside data',
      JSON.stringify({ data: { departments: [] }, errors: [{ message: 'enterprises is down' }] }),
      'enterprises is down',
    ],
    ['another form', JSON.stringify({ data: { departments: [{ code: 7 }] } }), 'departments.0.code'],
    ['no JSON', '<html>', 'JSON'],
    ['no GraphQL answer', '[]', 'no GraphQL answer'],
  ])('calls the graph unreachable when it gives %s', async (_what, text, why) => {
    answer = text;
    const failed = ask();
    await expect(failed).rejects.toThrow(GraphUnreachable);
    await expect(failed).rejects.toThrow(why);
  });

  it('waits no longer than the limit that it was given', async () => {
    answer = undefined;
    await expect(ask(50)).rejects.toThrow(GraphUnreachable);
  });
});
