// Our own way of asking the departments without identity, rights and limits in front: the gateway's DepartmentSource
// under @apollo/gateway and Apollo Server's standalone HTTP server. Beside `stock` it shows what the source alone is
// worth, beside ours what identity, rights and limits cost.
import { readFileSync } from 'node:fs';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { Cancellation } from '../../gateway/dist/cancellation.js';
import { DepartmentSource } from '../../gateway/dist/exchanges/subgraph-source.js';
import { AUDITOR, sign } from './assertion.mjs';
import { announce } from './ready.mjs';

const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(process.env.BENCH_SUPERGRAPH, 'utf8'),
  buildService: ({ name, url }) =>
    new DepartmentSource({ name, url, sign, timeoutMs: 10_000, pauseMs: 2_000, connections: 64 }),
});
const server = new ApolloServer({ gateway, persistedQueries: false });
const { url } = await startStandaloneServer(server, {
  listen: { port: 0, host: '127.0.0.1' },
  context: async () => ({
    actor: AUDITOR,
    requestId: 'bench',
    traceparent: '00-0123456789abcdef0123456789abcdef-0123456789abcdef-00',
    clientGone: new Cancellation(),
  }),
});
announce(url);
