import type { ApolloServerPlugin } from '@apollo/server';
import type { Words } from '@zhitong/values';
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

const WORDS: Readonly<Record<Excess['what'], Words>> = {
  depth: { en: 'levels of nested fields', zh: '字段嵌套层数' },
  cost: { en: 'estimated objects', zh: '预计返回的对象数' },
  aliases: { en: 'aliases', zh: '别名数' },
  rootFields: { en: 'root fields', zh: '根字段数' },
  fetches: { en: 'exchanges with departments', zh: '与各部门的交互次数' },
  tokens: { en: 'lexical tokens', zh: '词法单元数' },
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
    told: { counted: WORDS[what] },
  });
}
