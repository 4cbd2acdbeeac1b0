import { operationFromDocument, type Schema } from '@apollo/federation-internals';
import type { QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { GraphQLError, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { ObjectShape } from './client-shape.js';
import type { DepartmentFields } from './subgraph-fields.js';
import { conditionVariables, foldOperation, fragmentsOf } from './folded-operation.js';
import { internalDocument } from './internal-document.js';
import { nameFields, type FieldNames } from './internal-names.js';
import { planCautiously } from './mended-planner.js';
import { exchangesOf, stepsOf, WrongPlan, type Finishing, type Step } from './plan-steps.js';
import { tooComplex } from '../gateway-error.js';

/** Everything about an operation that does not change from one request to the next, by the values of its conditions. */
export interface PreparedOperation {
  /** Undefined when no department needs to be asked, as for introspection. */
  readonly steps: Step | undefined;
  readonly shape: ObjectShape;
}

/** An operation's preparations, and what they depend on. */
interface KnownOperation {
  /** Variables that decide `@skip` and `@include`. */
  readonly conditions: readonly string[];
  readonly prepared: Map<string, PreparedOperation | GraphQLError>;
}

export interface OperationStoreOptions {
  readonly planner: QueryPlanner;
  /** The graph without what is inaccessible, for the planner and for graphql. */
  readonly api: Schema;
  readonly schema: GraphQLSchema;
  readonly fieldNames: FieldNames;
  readonly fields: DepartmentFields;
  /** Exchanges with departments that one operation may need. */
  readonly mostExchanges: number;
}

/** Combinations of conditions for which an operation is kept prepared. */
const KEPT_COMBINATIONS = 32;

/**
 * Plans operations and keeps the plans for as long as their documents live: Apollo Server's bounded store of parsed
 * documents decides that, and what hangs on a document is forgotten with it. So is the refusal of an operation that
 * asks for too much.
 */
export class OperationStore {
  readonly #known = new WeakMap<OperationDefinitionNode, KnownOperation>();
  readonly #options: OperationStoreOptions;

  constructor(options: OperationStoreOptions) {
    this.#options = options;
  }

  /** Names of the variables that decide `@skip` and `@include`. */
  conditionsOf(document: DocumentNode, definition: OperationDefinitionNode): readonly string[] {
    return this.#operation(document, definition).conditions;
  }

  /**
   * @param variables values of the operation's variables, defaults included.
   * @throws GraphQLError when the operation cannot be planned or would need too much.
   */
  prepared(
    document: DocumentNode,
    definition: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ): PreparedOperation {
    const { conditions, prepared } = this.#operation(document, definition);
    const combination = conditions.map((name) => (variables[name] === true ? '1' : '0')).join('');
    let made = prepared.get(combination);
    if (made === undefined) {
      made = this.#prepare(document, definition, variables);
      if (prepared.size >= KEPT_COMBINATIONS) prepared.clear();
      prepared.set(combination, made);
    }
    if (made instanceof GraphQLError) throw made;
    return made;
  }

  #operation(document: DocumentNode, definition: OperationDefinitionNode): KnownOperation {
    let known = this.#known.get(definition);
    if (known === undefined) {
      known = { conditions: conditionVariables(definition, fragmentsOf(document)), prepared: new Map() };
      this.#known.set(definition, known);
    }
    return known;
  }

  #prepare(
    document: DocumentNode,
    definition: OperationDefinitionNode,
    conditions: Readonly<Record<string, unknown>>,
  ): PreparedOperation | GraphQLError {
    const { schema, fieldNames, fields } = this.#options;
    try {
      const folded = foldOperation({ operation: definition, fragments: fragmentsOf(document), schema, conditions });
      nameFields(folded, definition.operation, fieldNames);
      const root = schema.getRootType(definition.operation);
      if (!root) throw new Error(`The graph has no ${definition.operation}.`);
      const internal = internalDocument(folded, definition);
      return {
        steps:
          internal.document === undefined
            ? undefined
            : this.#steps(internal.document, { finish: internal.finish, fields }),
        shape: new ObjectShape(schema, root, [folded]),
      };
    } catch (error) {
      // What the planner cannot plan, it cannot plan the next time either.
      return error instanceof GraphQLError
        ? error
        : new GraphQLError('This operation cannot be planned.', {
            originalError: error instanceof Error ? error : new Error(String(error)),
          });
    }
  }

  #steps(document: DocumentNode, finishing: Finishing): Step | undefined {
    const planned = (): Step | undefined => {
      const plan = this.#plan(document);
      return plan === undefined ? undefined : stepsOf(plan, finishing);
    };
    try {
      return planned();
    } catch (error) {
      if (!(error instanceof WrongPlan)) throw error;
      return planCautiously(planned);
    }
  }

  #plan(document: DocumentNode): Exclude<QueryPlan['node'], { kind: 'Subscription' }> {
    const { planner, api, mostExchanges } = this.#options;
    const { node } = planner.buildQueryPlan(operationFromDocument(api, document));
    if (node?.kind === 'Subscription')
      throw new GraphQLError('Subscriptions are not part of the graph.', { extensions: { code: 'BAD_USER_INPUT' } });
    const exchanges = exchangesOf(node);
    if (exchanges > mostExchanges)
      throw tooComplex({
        measure: 'fetches',
        actual: exchanges,
        limit: mostExchanges,
        said: { words: 'exchanges with departments' },
      });
    return node;
  }
}
