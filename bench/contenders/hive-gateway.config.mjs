// Configuration of @graphql-hive/gateway over our supergraph. BENCH_PLANNER=rust takes the planner of
// @graphql-hive/router-query-planner through @graphql-hive/router-runtime, as its README shows.
import { defineConfig } from '@graphql-hive/gateway';
import { auditorHeader } from './assertion.mjs';

const planner =
  process.env.BENCH_PLANNER === 'rust'
    ? { unifiedGraphHandler: (await import('@graphql-hive/router-runtime')).unifiedGraphHandler }
    : {};

export const gatewayConfig = defineConfig({
  supergraph: process.env.BENCH_SUPERGRAPH,
  logging: 'error',
  landingPage: false,
  graphiql: false,
  // Off, because the city has only some hundred pages of the list: equal requests in flight would share one response.
  transportEntries: { '*.http': { options: { deduplicateInflightRequests: false } } },
  plugins: () => [
    {
      onFetch: ({ url, options, setOptions }) =>
        setOptions({ ...options, headers: { ...options.headers, ...auditorHeader(url, options.body) } }),
    },
  ],
  ...planner,
});
