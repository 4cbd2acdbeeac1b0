import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { graphql, type GraphQLSchema } from 'graphql';

export interface ReceivedRequest {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly headers: IncomingHttpHeaders;
}

export type Behaviour = (
  request: IncomingMessage,
  response: ServerResponse,
  received: ReceivedRequest,
) => void | Promise<void>;

/** A department's system, written by somebody else: a plain HTTP server that can be told to misbehave. */
export interface FakeDepartment {
  readonly url: string;
  /** The operations that came; probes of whether it is there are not among them. */
  readonly received: ReceivedRequest[];
  /** How often it was asked for its type name only. */
  readonly probes: () => number;
  /** How often a connection was opened. */
  readonly connections: () => number;
  /** Replaces the answer to every request from now on; undefined goes back to answering properly. */
  behave(behaviour: Behaviour | undefined): void;
  /** Answers properly, for behaviours that misbehave sometimes. */
  readonly properly: Behaviour;
  close(): Promise<void>;
  /** Closes and listens on the same port again when called. */
  sleep(): Promise<() => Promise<void>>;
}

export async function startDepartment(schema: GraphQLSchema): Promise<FakeDepartment> {
  const received: ReceivedRequest[] = [];
  let behaviour: Behaviour | undefined;
  const properly = properAnswer(schema);
  let connections = 0;
  let probes = 0;
  const server = createServer((request, response) => {
    if (request.method !== 'POST') {
      response.writeHead(404).end(); // It has no address but its graph's.
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
        query: string;
        variables?: Record<string, unknown>;
      };
      const entry = { query: body.query, variables: body.variables ?? {}, headers: request.headers };
      if (isProbe(entry)) probes += 1;
      else received.push(entry);
      void (behaviour ?? properly)(request, response, entry);
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => void server.listen(port, '127.0.0.1', resolve));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    received,
    probes: () => probes,
    properly,
    connections: () => connections,
    behave: (next) => {
      behaviour = next;
    },
    close,
    sleep: async () => {
      await close();
      return () => listen(port);
    },
  };
}

const isProbe = ({ query }: ReceivedRequest): boolean => query === '{__typename}';

function properAnswer(schema: GraphQLSchema): Behaviour {
  return async (_request, response, { query, variables }) => {
    const result = await graphql({ schema, source: query, variableValues: variables });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(result));
  };
}
