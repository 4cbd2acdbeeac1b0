import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLError, OperationDefinitionNode } from 'graphql';
import type { OperationLimits } from '../config.js';
import { tooComplex } from '../gateway-error.js';
import { operationShape, type OperationShape } from './operation-shape.js';
import { queryCosts } from './query-cost.js';
import type { GatewayContext } from '../request-context.js';

interface Excess {
  readonly what: keyof OperationLimits;
  readonly actual: number;
  readonly limit: number;
}

const WORDS: Readonly<Record<Excess['what'], string>> = {
  depth: 'levels of nested fields',
  cost: 'estimated objects',
  aliases: 'aliases',
  rootFields: 'root fields',
  fetches: 'exchanges with departments',
  tokens: 'lexical tokens',
};

/** Refuses an operation that asks for too much before anything of it runs, naming the figure and the limit. */
export function operationLimits(limits: OperationLimits): ApolloServerPlugin<GatewayContext> {
  const costOf = queryCosts();
  const shapes = new WeakMap<OperationDefinitionNode, OperationShape>();
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, operation, schema, request }) {
          if (operation === undefined) return; // No such operation in the document; Apollo Server says so.
          let shape = shapes.get(operation);
          if (shape === undefined) {
            shape = operationShape(document, operation);
            shapes.set(operation, shape);
          }
          for (const what of ['depth', 'aliases', 'rootFields'] as const) {
            if (shape[what] > limits[what]) throw excess({ what, actual: shape[what], limit: limits[what] });
          }
          const cost = costOf({ schema, document, operation, variables: request.variables ?? {} });
          if (cost !== undefined && cost > limits.cost)
            throw excess({ what: 'cost', actual: cost, limit: limits.cost });
        },
      };
    },
  };
}

function excess({ what, actual, limit }: Excess): GraphQLError {
  return tooComplex({
    measure: what,
    actual: Number.isFinite(actual) ? actual : null,
    limit,
    said: { words: WORDS[what] },
  });
}
