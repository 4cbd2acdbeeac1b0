// The stock gateway: @apollo/gateway with its own RemoteGraphQLDataSource and Apollo Server's standalone HTTP server,
// as their documentation shows, over our departments. No identity, no limits; it adds the header that our departments
// ask for.
import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { auditorHeader } from './assertion.mjs';
import { announce } from './ready.mjs';

class VouchedSource extends RemoteGraphQLDataSource {
  constructor(config) {
    super(config);
    const { fetcher } = this;
    this.fetcher = (url, init) =>
      fetcher(url, { ...init, headers: { ...init.headers, ...auditorHeader(url, init.body) } });
  }
}

const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(process.env.BENCH_SUPERGRAPH, 'utf8'),
  buildService: ({ url }) => new VouchedSource({ url }),
});
const server = new ApolloServer({ gateway });
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
announce(url);
