import { Supergraph, type FieldSelection } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { checkScalarInput } from '@zhitong/kit';
import { executeSync, getVariableValues, GraphQLError, Kind, OperationTypeNode, visit, type ExecutionResult, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { GatewayContext } from '../request-context.js';
import type { DrivenGateway, ExecutorRequest, Load } from './driven-gateway.js';
import { OperationStore, type PreparedOperation } from './prepared-operation.js';
import { runPlan, type Department } from './run-plan.js';
import { shapeAnswer } from './shape-answer.js';

type Json = Record<string, unknown>;
type SchemaListener = Parameters<DrivenGateway['onSchemaLoadOrUpdate']>[0];

export interface PlanGatewayOptions {
  readonly supergraphSdl: string;
  readonly department: (definition: { name: string; url: string }) => Department;
}

/**
 * Executes operations over a supergraph in the place of `ApolloGateway`: Apollo's query planner plans, this runs the plans.
 * An operation is planned and its answer's shape read from the schema once; @apollo/gateway reads the operation again and
 * copies the whole answer with every request.
 *
 * It answers what @apollo/gateway answers (`tests/gateway/execution` compares them), but for three things: an error of one
 * entity stands at the place of that entity also when others beside it could not be asked for; a department that answers
 * something else than a list or an object where the schema promises one costs its own place and not the whole answer; and a
 * null for a variable of `@skip` or `@include` is the caller's error.
 */
export class PlanGateway implements DrivenGateway {
  readonly #supergraphSdl: string;
  readonly #departments: ReadonlyMap<string, Department>;
  readonly #supergraph: GraphQLSchema;
  readonly #schema: GraphQLSchema;
  readonly #apiSchema: ReturnType<Supergraph['apiSchema']>;
  readonly #operations: OperationStore;
  readonly #listeners = new Set<SchemaListener>();

  /** @throws Error when the supergraph is none. */
  constructor({ supergraphSdl, department }: PlanGatewayOptions) {
    const supergraph = Supergraph.build(supergraphSdl, { validateSupergraph: true });
    this.#supergraphSdl = supergraphSdl;
    this.#departments = new Map(supergraph.subgraphsMetadata().map(({ name, url }) => [name, department({ name, url })]));
    this.#supergraph = supergraph.schema.toGraphQLJSSchema();
    this.#apiSchema = supergraph.apiSchema();
    this.#schema = checkScalarInput(this.#apiSchema.toGraphQLJSSchema());
    this.#operations = new OperationStore(new QueryPlanner(supergraph), this.#apiSchema);
  }

  async load(_options: Parameters<Load>[0]): ReturnType<Load> {
    for (const listener of this.#listeners) listener({ apiSchema: this.#schema, coreSupergraphSdl: this.#supergraphSdl });
    return { schema: this.#schema, executor: (request) => this.#execute(request) };
  }

  onSchemaLoadOrUpdate(listener: SchemaListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async stop(): Promise<void> {
    this.#listeners.clear();
  }

  async #execute(request: ExecutorRequest): Promise<ExecutionResult> {
    const definition = operationOf(request);
    if (definition === undefined) return { errors: [noSuchOperation(request.request.operationName)] };
    const given: Readonly<Json> = request.request.variables ?? {};
    const { errors: faults } = getVariableValues(this.#schema, definition.variableDefinitions ?? [], given);
    if (faults !== undefined) return { errors: faults };
    const operation = this.#operations.prepared(request.document, definition);
    const variables = { ...operation.defaults, ...given };
    const undecided = operation.conditions.find((name) => typeof variables[name] !== 'boolean');
    if (undecided !== undefined) return { errors: [new GraphQLError(`$${undecided} decides @skip or @include and must be true or false, not ${String(variables[undecided])}.`, { extensions: { code: 'BAD_USER_INPUT' } })] };

    const data = Object.create(null) as Json;
    const errors: Error[] = [];
    // Apollo Server fills the context with what our server made.
    const context = request.context as GatewayContext;
    if (operation.plan !== undefined) await runPlan(operation.plan, { departments: this.#departments, supergraph: this.#supergraph, context, given, variables, data, errors });
    const shaped = shapeAnswer(operation.shape, data, { schema: this.#apiSchema, variables, introspect: (selection) => this.#introspect(selection, operation, given) });
    if (errors.length > 0) return { errors: errors.map(asGraphQLError), data: shaped.data };
    return shaped.broken.length > 0 ? { data: shaped.data, extensions: { valueCompletion: shaped.broken } } : { data: shaped.data };
  }

  /** Answers `__schema` or `__type` from the API schema. */
  #introspect(selection: FieldSelection, { definition }: PreparedOperation, variableValues: Readonly<Json>): unknown {
    const node = selection.expandFragments().toSelectionNode();
    const used = new Set<string>();
    visit(node, { Variable: ({ name }) => void used.add(name.value) });
    const { data, errors } = executeSync({
      schema: this.#schema,
      document: {
        kind: Kind.DOCUMENT,
        definitions: [{ kind: Kind.OPERATION_DEFINITION, operation: OperationTypeNode.QUERY, variableDefinitions: definition.variableDefinitions?.filter(({ variable }) => used.has(variable.name.value)), selectionSet: { kind: Kind.SELECTION_SET, selections: [node] } }],
      },
      rootValue: {},
      variableValues,
    });
    if (errors?.[0] !== undefined) throw errors[0];
    return data?.[selection.element.responseName()];
  }
}

/** The document's operation of the asked name; without a name its only one. */
function operationOf({ document, request: { operationName } }: ExecutorRequest): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operationName) return operations.find(({ name }) => name?.value === operationName);
  return operations.length === 1 ? operations[0] : undefined;
}

/** Apollo Server gives it the status and code of a caller's fault. */
export function noSuchOperation(name: string | undefined): GraphQLError {
  return new GraphQLError(name === undefined || name === '' ? 'The document has several operations; operationName must say which one to run.' : `The document has no operation named "${name}".`);
}

const asGraphQLError = (error: Error): GraphQLError => (error instanceof GraphQLError ? error : new GraphQLError(error.message, { originalError: error }));
