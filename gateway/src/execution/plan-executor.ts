import { saidError } from '@zhitong/kit';
import {
  executeSync,
  getVariableValues,
  GraphQLError,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { GatewayContext } from '../request-context.js';
import type { ExecutionExtensions, ExecutorRequest, Load, SupergraphExecutor } from './supergraph-executor.js';
import type { Department } from './subgraph.js';
import { DepartmentFields } from './subgraph-fields.js';
import { GraphTypes } from './graph-types.js';
import { plannableGraph, type PlannableGraph } from './plannable-graph.js';
import { planView } from './plan-view.js';
import { OperationStore, type PreparedOperation } from './prepared-operation.js';
import { runPlan, type PlanRun } from './run-plan.js';
import { shapeAnswer } from './shape-answer.js';
import { placedFaults } from './variable-faults.js';
import { said } from '../refusal-words.js';

type Json = Record<string, unknown>;
type SchemaListener = Parameters<SupergraphExecutor['onSchemaLoadOrUpdate']>[0];

export interface PlanExecutorOptions {
  readonly graph: PlannableGraph;
  readonly department: (definition: { name: string; url: string }) => Department;
  /** Exchanges with departments that one operation may need. */
  readonly mostExchanges?: number;
  /** Errors that a result lists one by one; `extensions.omittedErrors` counts the rest. */
  readonly mostErrors?: number;
}

const MOST_EXCHANGES = 100;
/** An outage under a long list would repeat itself. */
const MOST_ERRORS = 100;

/**
 * Executes operations over a supergraph: Apollo's query planner plans, this runs the plans.
 * A value in an answer is right, or it is null with an error at its place.
 *
 * The planner is never shown the client's own names: it merges what clients select with what `@key` and `@requires` add
 * by response name, so that an alias could take the place of a value on which another department decides. It is asked
 * about the operation as it is by the values of its conditions, under internal names; the answer is made by the
 * client's document.
 */
export class PlanExecutor implements SupergraphExecutor {
  readonly #supergraphSdl: string;
  readonly #departments: ReadonlyMap<string, Department>;
  readonly #types: GraphTypes;
  readonly #fields: DepartmentFields;
  readonly #schema: GraphQLSchema;
  readonly #operations: OperationStore;
  readonly #mostErrors: number;
  readonly #listeners = new Set<SchemaListener>();

  constructor({
    graph: { supergraphSdl, departments, whole, schema, possessions, fieldNames, planner },
    department,
    mostExchanges = MOST_EXCHANGES,
    mostErrors = MOST_ERRORS,
  }: PlanExecutorOptions) {
    this.#supergraphSdl = supergraphSdl;
    this.#departments = new Map(departments.map(({ name, url }) => [name, department({ name, url })]));
    this.#types = new GraphTypes(whole);
    this.#fields = new DepartmentFields(whole, possessions);
    this.#schema = schema;
    this.#mostErrors = mostErrors;
    this.#operations = new OperationStore({ planner, schema, fieldNames, fields: this.#fields, mostExchanges });
  }

  /** Over a supergraph that is read and planned in this thread. @throws Error when it is none */
  static over({
    supergraphSdl,
    ...options
  }: Omit<PlanExecutorOptions, 'graph'> & { readonly supergraphSdl: string }): PlanExecutor {
    return new PlanExecutor({ ...options, graph: plannableGraph(supergraphSdl) });
  }

  async load(_options: Parameters<Load>[0]): ReturnType<Load> {
    for (const listener of this.#listeners)
      listener({ apiSchema: this.#schema, coreSupergraphSdl: this.#supergraphSdl });
    return { schema: this.#schema, executor: (request) => this.#execute(request) };
  }

  /**
   * Plans an operation before it is asked: without what its conditions let in, and with all of it.
   * @throws GraphQLError when it cannot be planned, or would need too much.
   */
  async prepare(document: DocumentNode, definition: OperationDefinitionNode): Promise<void> {
    const conditions = this.#operations.conditionsOf(document, definition);
    for (const value of conditions.length === 0 ? [false] : [false, true])
      await this.#operations.prepared(
        document,
        definition,
        Object.fromEntries(conditions.map((name) => [name, value])),
      );
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
    const { errors: faults, coerced } = getVariableValues(request.schema, definition.variableDefinitions ?? [], given);
    if (faults !== undefined) return { errors: placedFaults(request.schema, faults, given) };
    const undecided = this.#operations
      .conditionsOf(request.document, definition)
      .find((name) => typeof coerced[name] !== 'boolean');
    if (undecided !== undefined)
      return {
        errors: [
          saidError('BAD_USER_INPUT', said('UNDECIDED', { variable: undecided, value: String(coerced[undecided]) })),
        ],
      };
    let operation: PreparedOperation;
    try {
      operation = await this.#operations.prepared(request.document, definition, coerced);
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [error] };
      throw error;
    }
    // Apollo Server fills the context with what our server made.
    const context = request.context as GatewayContext;
    const run: PlanRun = {
      departments: this.#departments,
      types: this.#types,
      fields: this.#fields,
      context,
      given,
      data: Object.create(null) as Json,
      strays: [],
      unavailable: new Set(),
    };
    if (operation.steps !== undefined) await runPlan(operation.steps, run);
    const introspect = (key: string, nodes: readonly FieldNode[]): unknown =>
      this.#introspect({ key, nodes, schema: request.schema, document: request.document, definition, given });
    const { data, errors, omitted } = shapeAnswer(operation.shape, run.data, {
      introspect,
      strays: run.strays,
      mostErrors: this.#mostErrors,
    });
    const extensions: ExecutionExtensions = {
      ...(run.unavailable.size > 0 ? { partial: true, unavailable: [...run.unavailable].sort() } : {}),
      ...(omitted > 0 ? { omittedErrors: omitted } : {}),
      ...(mayPlanBeSeen(request, context) ? { plan: planView(operation.steps) ?? null } : {}),
    };
    return {
      data,
      ...(errors.length > 0 ? { errors } : {}),
      ...(Object.keys(extensions).length > 0 ? { extensions } : {}),
    };
  }

  /** Answers `__schema` or `__type` from the schema that the caller is shown: the whole graph's or a contract's. */
  #introspect({
    key,
    nodes,
    schema,
    document,
    definition,
    given,
  }: {
    key: string;
    nodes: readonly FieldNode[];
    schema: GraphQLSchema;
    document: DocumentNode;
    definition: OperationDefinitionNode;
    given: Readonly<Json>;
  }): unknown {
    const asked: OperationDefinitionNode = {
      ...definition,
      operation: OperationTypeNode.QUERY,
      selectionSet: { kind: Kind.SELECTION_SET, selections: nodes },
    };
    const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
    const { data, errors } = executeSync({
      schema,
      document: { kind: Kind.DOCUMENT, definitions: [asked, ...fragments] },
      rootValue: {},
      variableValues: given,
    });
    if (errors?.[0] !== undefined) throw errors[0];
    return data?.[key];
  }
}

/** Asks for the plan of the operation in `extensions.plan`. */
const PLAN_HEADER = 'x-graph-plan';

/** The plan is shown to administrators who ask for it; to others the header says nothing. */
function mayPlanBeSeen({ request: { http } }: ExecutorRequest, { actor }: GatewayContext): boolean {
  return http?.headers.get(PLAN_HEADER) === '1' && actor?.roles.includes('ADMIN') === true;
}

/** The document's operation of the asked name; without a name its only one. */
function operationOf({ document, request: { operationName } }: ExecutorRequest): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operationName) return operations.find(({ name }) => name?.value === operationName);
  return operations.length === 1 ? operations[0] : undefined;
}

/** Apollo Server gives it the status and code of a caller's fault. */
export function noSuchOperation(name: string | undefined): GraphQLError {
  return new GraphQLError(
    name === undefined || name === ''
      ? 'The document has several operations; operationName must say which one to run.'
      : `The document has no operation named "${name}".`,
  );
}
