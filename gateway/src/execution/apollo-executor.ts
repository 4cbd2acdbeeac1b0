import { ApolloGateway, type GatewayConfig } from '@apollo/gateway';
import type { ExecutionResult } from 'graphql';
import { outagesIn } from './subgraph.js';
import type { ExecutionExtensions, Load, SupergraphExecutor } from './supergraph-executor.js';

/**
 * The executor of @apollo/gateway; adds to its results the departments that did not respond, as `PlanExecutor` does.
 */
export class ApolloExecutor implements SupergraphExecutor {
  readonly #apollo: ApolloGateway;

  constructor(config: GatewayConfig) {
    this.#apollo = new ApolloGateway(config);
  }

  async load(options: Parameters<Load>[0]): ReturnType<Load> {
    const { schema, executor } = await this.#apollo.load(options);
    return { schema, executor: async (request) => withOutages(await executor(request)) };
  }

  onSchemaLoadOrUpdate(listener: Parameters<SupergraphExecutor['onSchemaLoadOrUpdate']>[0]): () => void {
    return this.#apollo.onSchemaLoadOrUpdate(listener);
  }

  stop(): Promise<void> {
    return this.#apollo.stop();
  }
}

function withOutages(result: ExecutionResult): ExecutionResult {
  const unavailable = [
    ...new Set(
      outagesIn(
        result.errors?.map((error) => error.toJSON()),
        undefined,
      ),
    ),
  ].sort();
  if (unavailable.length === 0) return result;
  const extensions: ExecutionExtensions = { ...result.extensions, partial: true, unavailable };
  return { ...result, extensions };
}
