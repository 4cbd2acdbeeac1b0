import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CloudEvent } from '@zhitong/kit/outbox';
import { Journal } from './journal.js';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly event: CloudEvent;
}

export type Answer = number | 'hang' | { readonly status: number; readonly headers: Record<string, string> };

/** A department's existing system: a real HTTP server that answers as it is told. */
export interface Receiver {
  readonly url: string;
  readonly requests: Journal<Received>;
  /** Subjects and data in the order of arrival. */
  seen(): unknown[];
  /** Decides each answer; 204 until set. `count` is 1 for the first request. */
  answer: (request: Received, count: number) => Answer | Promise<Answer>;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const requests = new Journal<Received>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const received = { headers: request.headers, body, event: JSON.parse(body) as CloudEvent }; // Tests then look at its attributes.
      requests.add(received);
      void Promise.resolve(receiver.answer(received, requests.entries.length)).then((answer) =>
        respond(response, answer),
      );
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo; // A string only for pipes.
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/events`,
    requests,
    seen: () => requests.entries.map(({ event }) => event.data),
    answer: () => 204,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
  return receiver;
}

function respond(response: ServerResponse, answer: Answer): void {
  if (answer === 'hang') return;
  if (typeof answer === 'number') response.writeHead(answer).end();
  else response.writeHead(answer.status, answer.headers).end();
}
