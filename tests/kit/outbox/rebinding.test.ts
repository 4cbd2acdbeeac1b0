import type { LookupAddress } from 'node:dns';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { AllowedHosts, guardedAgent } from '../../../kit/src/outbox/webhooks/receiver-guard.js';

const INNER = '127.0.0.1';
/** What plays the public internet: another address of this machine, whichever its system has. */
const OUTSIDE = ['127.0.0.2', '::1'];

const listening = (server: Server, host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, host, () => resolve(true));
  });
const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

describe('a receiver whose name leads elsewhere with each question (DNS rebinding)', () => {
  let inner: Server;
  let outer: Server;
  let outside: LookupAddress;
  let url: string;
  let came: string[];
  beforeEach(async () => {
    came = [];
    const receiver = (where: string): Server =>
      createServer((_request, response) => {
        came.push(where);
        response.writeHead(204, { connection: 'close' }).end();
      });
    inner = receiver('inner');
    await listening(inner, INNER, 0);
    const { port } = inner.address() as AddressInfo;
    for (const address of OUTSIDE) {
      outer = receiver('outside');
      outside = { address, family: address.includes(':') ? 6 : 4 };
      if (await listening(outer, address, port)) break;
    }
    url = `http://hooks.partner.example:${port}/events`;
  });
  afterEach(async () => {
    await Promise.all([closed(inner), closed(outer)]);
  });

  /** An agent for which a name leads first here and then there. */
  const agentOver = (...answers: LookupAddress[]) => {
    const questions: string[] = [];
    const agent = guardedAgent(new AllowedHosts([]), {
      resolve: (hostname, answer) => {
        const next = answers[Math.min(questions.length, answers.length - 1)];
        questions.push(hostname);
        answer(null, next === undefined ? [] : [next]);
      },
      isPublic: (address) => OUTSIDE.includes(address),
    });
    return { agent, questions };
  };
  const toInner: LookupAddress = { address: INNER, family: 4 };

  it('is connected to at the address that was judged: the name is asked for once', async () => {
    const { agent, questions } = agentOver(outside, toInner);
    expect((await request(url, { dispatcher: agent, method: 'POST' })).statusCode).toBe(204);
    expect([came, questions]).toEqual([['outside'], ['hooks.partner.example']]);
    await agent.close();
  });

  it('is judged again with each new connection, and is not sent to inside', async () => {
    const { agent } = agentOver(outside, toInner);
    const first = await request(url, { dispatcher: agent, method: 'POST' });
    await first.body.dump();
    await expect(request(url, { dispatcher: agent, method: 'POST' })).rejects.toThrow(
      `hooks.partner.example leads to ${INNER}, which is no address of the public internet`,
    );
    expect(came).toEqual(['outside']);
    await agent.close();
  });

  it('is not sent to inside by a redirect: whoever follows one is judged as well', async () => {
    const { agent } = agentOver(outside);
    outer.removeAllListeners('request');
    outer.on(
      'request',
      (_request, response) =>
        void response
          .writeHead(307, { location: url.replace('hooks.partner.example', INNER), connection: 'close' })
          .end(),
    );
    const { statusCode, headers } = await request(url, { dispatcher: agent, method: 'POST' });
    expect(statusCode).toBe(307);
    await expect(request(String(headers['location']), { dispatcher: agent, method: 'POST' })).rejects.toThrow(
      `${INNER} is no address of the public internet`,
    );
    expect(came).toEqual([]);
    await agent.close();
  });
});
