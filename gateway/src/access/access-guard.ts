import type { Role } from '@zhitong/kit';
import {
  Kind,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { AccessTable } from './access-table.js';
import type { SupergraphExecutor, Executor, ExecutorRequest, Load } from '../execution/supergraph-executor.js';
import { noSuchOperation } from '../execution/plan-executor.js';
import { pruneOperation, refuse, refusedMutation, type PrunedOperation } from './prune-operation.js';
import type { GatewayContext } from '../request-context.js';

/** Role sets for which one operation is kept pruned; real callers have a handful. */
const KEPT_ROLE_SETS = 16;

const keyOf = (roles: readonly Role[] | null): string => (roles === null ? '' : `+${roles.join('+')}`);

/**
 * Enforces `@access` in front of the query planner. The operation is pruned once for each set of roles and document
 * (documents come from Apollo Server's bounded store, so what hangs on them is forgotten with them) and has a query
 * plan of its own; an operation of which nothing is refused runs exactly as it came.
 */
export class AccessGuard implements SupergraphExecutor {
  readonly #executor: SupergraphExecutor;
  readonly #access: AccessTable;
  readonly #pruned = new WeakMap<OperationDefinitionNode, Map<string, PrunedOperation | undefined>>();

  constructor(executor: SupergraphExecutor, access: AccessTable) {
    this.#executor = executor;
    this.#access = access;
  }

  async load(options: Parameters<Load>[0]): ReturnType<Load> {
    const { executor, schema } = await this.#executor.load(options);
    return { schema, executor: (request) => this.#executeHeld(request, executor) };
  }

  /**
   * Prunes and plans an operation before callers with these roles ask it.
   * @throws GraphQLError when it cannot be planned
   */
  async prepareFor(
    roles: readonly Role[] | null,
    {
      document,
      operation,
      schema,
    }: { document: DocumentNode; operation: OperationDefinitionNode; schema: GraphQLSchema },
  ): Promise<void> {
    const sorted = roles === null ? null : [...roles].sort();
    const pruned = this.#prunedFor({ operation, document, schema, roles: sorted, key: keyOf(sorted) });
    if (pruned === undefined) await this.#executor.prepare?.(document, operation);
    else if (!pruned.mutationRefused) {
      const name = operation.name?.value;
      const kept = pruned.document.definitions.find(
        (one) => one.kind === Kind.OPERATION_DEFINITION && one.name?.value === name,
      );
      if (kept?.kind === Kind.OPERATION_DEFINITION) await this.#executor.prepare?.(pruned.document, kept);
    }
  }

  onSchemaLoadOrUpdate(
    callback: Parameters<SupergraphExecutor['onSchemaLoadOrUpdate']>[0],
  ): ReturnType<SupergraphExecutor['onSchemaLoadOrUpdate']> {
    return this.#executor.onSchemaLoadOrUpdate(callback);
  }

  stop(): Promise<void> {
    return this.#executor.stop();
  }

  /** A client that goes away leaves its place in flight to what it began: a mutation is not cancelled. */
  async #executeHeld(request: ExecutorRequest, executor: Executor): Promise<ExecutionResult> {
    const letGo = (request.context as GatewayContext).place.hold();
    try {
      return await this.#execute(request, executor, request.schema);
    } finally {
      letGo();
    }
  }

  async #execute(request: ExecutorRequest, executor: Executor, schema: GraphQLSchema): Promise<ExecutionResult> {
    // Apollo Server fills the context with what our server made.
    const { actor } = request.context as GatewayContext;
    const roles = actor === null ? null : [...actor.roles].sort();
    // Declared as present, but absent when the document has no operation of the asked name.
    const operation = request.operation as OperationDefinitionNode | undefined;
    if (operation === undefined) return { errors: [noSuchOperation(request.request.operationName)] };
    const key = keyOf(roles);
    const pruned = this.#prunedFor({ operation, document: request.document, schema, roles, key });
    if (pruned === undefined) return executor(request);
    if (pruned.mutationRefused) return { data: null, errors: refusedMutation(pruned) };
    const result = await executor({
      ...request,
      document: pruned.document,
      queryHash: `${request.queryHash}${key}|pruned`,
    });
    if (!result.data) return result;
    const refusals = refuse(result.data, pruned);
    return refusals.length === 0 ? result : { ...result, errors: [...(result.errors ?? []), ...refusals] };
  }

  #prunedFor({
    operation,
    document,
    schema,
    roles,
    key,
  }: {
    operation: OperationDefinitionNode;
    document: DocumentNode;
    schema: GraphQLSchema;
    roles: readonly Role[] | null;
    key: string;
  }): PrunedOperation | undefined {
    let kept = this.#pruned.get(operation);
    if (kept === undefined) {
      kept = new Map();
      this.#pruned.set(operation, kept);
    }
    if (kept.has(key)) return kept.get(key);
    const pruned = pruneOperation({ document, operation, schema, access: this.#access, roles });
    if (kept.size >= KEPT_ROLE_SETS) kept.clear();
    kept.set(key, pruned);
    return pruned;
  }
}
