import type { ApolloServerPlugin } from '@apollo/server';
import {
  GraphQLError,
  isNonNullType,
  Kind,
  TypeInfo,
  ValidationContext,
  type ASTVisitor,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { refusedInput } from '../gateway-error.js';
import type { GatewayContext } from '../request-context.js';
import { said } from '../refusal-words.js';

/**
 * What the validation rules of GraphQL leave to the execution, where it would fail inside a department: a kind of
 * operation that the graph does not have, and an explicit null for a variable whose default, or that of its argument,
 * alone makes it fit.
 */
export function operationChecks(): ApolloServerPlugin<GatewayContext> {
  const kept = new WeakMap<OperationDefinitionNode, ReadonlyMap<string, string>>();
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, operation, schema, request: { variables } }) {
          if (operation === undefined) return; // No such operation in the document; Apollo Server says so.
          if (!schema.getRootType(operation.operation))
            throw refusedInput(said('NO_SUCH_ROOTS', { operation: operation.operation }));
          let neverNull = kept.get(operation);
          if (neverNull === undefined) {
            neverNull = variablesThatCannotBeNull({ schema, document, operation });
            kept.set(operation, neverNull);
          }
          for (const [name, type] of neverNull) {
            if (variables?.[name] === null) throw refusedInput(said('NULL_VARIABLE', { variable: name, type }), [name]);
          }
        },
      };
    },
  };
}

/** By the names of variables that may be null by their own type, the types of the places that cannot take a null. */
function variablesThatCannotBeNull({
  schema,
  document,
  operation,
}: {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
}): ReadonlyMap<string, string> {
  const nullable = new Set(
    operation.variableDefinitions
      ?.filter(({ type }) => type.kind !== Kind.NON_NULL_TYPE)
      .map(({ variable }) => variable.name.value),
  );
  if (nullable.size === 0) return new Map();
  const usages = new ValidationContext(
    schema,
    document,
    new TypeInfo(schema),
    () => undefined,
  ).getRecursiveVariableUsages(operation);
  return new Map(
    usages.flatMap(({ node, type }): [string, string][] =>
      nullable.has(node.name.value) && isNonNullType(type) ? [[node.name.value, String(type)]] : [],
    ),
  );
}

/** A validation rule: a number literal that JSON cannot carry on to a department. `1e999` would arrive as null. */
export function finiteNumbers(context: ValidationContext): ASTVisitor {
  return {
    FloatValue: (node) => {
      if (!Number.isFinite(Number(node.value)))
        context.reportError(new GraphQLError(`The number ${node.value.slice(0, 60)} is too large.`, { nodes: node }));
    },
  };
}
