// The CommonJS build: the other one would bring a second copy of graphql into the process.
import { getComplexity, type ComplexityEstimator } from 'graphql-query-complexity/cjs';
import {
  GraphQLError,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  Kind,
  visit,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

const DEFAULT_PAGE = 20;
/** Larger pages are refused by the departments; here they count as the largest page that is served. */
const LARGEST_PAGE = 200;
/** Assumed length of a list that is not paged. */
const PLAIN_LIST = 10;
const MAX_NODES = 10_000;
const KEPT_COSTS = 50;

/** An object costs 1, a list its page size times what it holds, a scalar nothing: roughly the objects in the answer. */
const estimator: ComplexityEstimator = ({ field, args, childComplexity }) => {
  if (field.name.startsWith('__') || !isCompositeType(getNamedType(field.type))) return 0;
  if (field.args.some(({ name }) => name === 'first' || name === 'last')) return 1 + pageSize(args) * childComplexity;
  return isListType(getNullableType(field.type)) && !isPageMember(field.name)
    ? PLAIN_LIST * (1 + childComplexity)
    : 1 + childComplexity;
};

/** `nodes` and `edges` of a connection are as long as the page that their connection was already counted with. */
const isPageMember = (name: string): boolean => name === 'nodes' || name === 'edges';

function pageSize({ first, last }: { [argument: string]: unknown }): number {
  const asked = typeof first === 'number' ? first : typeof last === 'number' ? last : DEFAULT_PAGE;
  return Math.min(Math.max(asked, 1), LARGEST_PAGE);
}

export interface CostRequest {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * The cost of operations, remembered for each operation and the variables that it depends on (page sizes, and
 * conditions of @skip and @include). `Infinity` when the operation is too large to be measured; undefined when its
 * variables are wrong, which its execution will say better.
 */
export function queryCosts(): (request: CostRequest) => number | undefined {
  const kept = new WeakMap<
    OperationDefinitionNode,
    { readonly decisive: readonly string[]; readonly costs: Map<string, number> }
  >();
  return ({ schema, document, operation, variables }) => {
    let known = kept.get(operation);
    if (known === undefined) {
      known = { decisive: decisiveVariables(document), costs: new Map() };
      kept.set(operation, known);
    }
    const key =
      known.decisive.length === 0 ? '' : JSON.stringify(known.decisive.map((name) => variables[name] ?? null));
    const cost = known.costs.get(key) ?? measure({ schema, document, operation, variables });
    if (cost !== undefined) {
      if (known.costs.size >= KEPT_COSTS) known.costs.clear();
      known.costs.set(key, cost);
    }
    return cost;
  };
}

function measure({ schema, document, operation, variables }: CostRequest): number | undefined {
  try {
    return getComplexity({
      schema,
      query: document,
      operationName: operation.name?.value,
      variables: { ...variables },
      estimators: [estimator],
      maxQueryNodes: MAX_NODES,
    });
  } catch (error) {
    if (error instanceof GraphQLError)
      return error.message.includes('maximum allowed number of nodes') ? Infinity : undefined;
    throw error;
  }
}

function decisiveVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Argument: ({ name, value }) => {
      if (value.kind === Kind.VARIABLE && ['first', 'last', 'if'].includes(name.value)) names.add(value.name.value);
    },
  });
  return [...names].sort();
}
