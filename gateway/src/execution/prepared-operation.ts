import { saidError } from '@zhitong/kit';
import { GraphQLError, print, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { ObjectShape } from './client-shape.js';
import type { DepartmentFields } from './subgraph-fields.js';
import { conditionVariables, foldOperation, fragmentsOf } from './folded-operation.js';
import { internalDocument } from './internal-document.js';
import { nameFields, type FieldNames } from './internal-names.js';
import { PlannerLost, type Plan, type Planner } from './planner.js';
import { exchangesOf, stepsOf, WrongPlan, type Finishing, type Step } from './plan-steps.js';
import { tooComplex } from '../gateway-error.js';
import { said } from '../refusal-words.js';

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
  /** A promise while it is planned: who asks meanwhile waits for the same plan. */
  readonly prepared: Map<string, PreparedOperation | GraphQLError | Promise<PreparedOperation | GraphQLError>>;
}

export interface OperationStoreOptions {
  readonly planner: Planner;
  /** The graph without what is inaccessible. */
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
   * @throws GraphQLError when the operation cannot be planned or would need too much; PlannerLost.
   */
  async prepared(
    document: DocumentNode,
    definition: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<PreparedOperation> {
    const { conditions, prepared } = this.#operation(document, definition);
    const combination = conditions.map((name) => (variables[name] === true ? '1' : '0')).join('');
    let made = prepared.get(combination);
    if (made === undefined) {
      if (prepared.size >= KEPT_COMBINATIONS) prepared.clear();
      made = this.#prepare(document, definition, variables).then(
        (result) => {
          prepared.set(combination, result);
          return result;
        },
        (error: unknown) => {
          prepared.delete(combination);
          throw error;
        },
      );
      prepared.set(combination, made);
    }
    if (made instanceof Promise) made = await made;
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

  /** @throws PlannerLost */
  async #prepare(
    document: DocumentNode,
    definition: OperationDefinitionNode,
    conditions: Readonly<Record<string, unknown>>,
  ): Promise<PreparedOperation | GraphQLError> {
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
            : await this.#steps(print(internal.document), { finish: internal.finish, fields }),
        shape: new ObjectShape(schema, root, [folded]),
      };
    } catch (error) {
      if (error instanceof PlannerLost) throw error;
      // What the planner cannot plan, it cannot plan the next time either.
      return error instanceof GraphQLError
        ? error
        : new GraphQLError('This operation cannot be planned.', {
            originalError: error instanceof Error ? error : new Error(String(error)),
          });
    }
  }

  async #steps(operation: string, finishing: Finishing): Promise<Step | undefined> {
    const planned = async (isCautious: boolean): Promise<Step | undefined> => {
      const plan = this.#checked(await this.#options.planner.plan(operation, isCautious));
      return plan === undefined ? undefined : stepsOf(plan, finishing);
    };
    try {
      return await planned(false);
    } catch (error) {
      if (!(error instanceof WrongPlan)) throw error;
      return planned(true);
    }
  }

  #checked(node: Plan): Exclude<Plan, { kind: 'Subscription' }> {
    const { mostExchanges } = this.#options;
    if (node?.kind === 'Subscription') throw saidError('BAD_USER_INPUT', said('NO_SUBSCRIPTIONS'));
    const exchanges = exchangesOf(node);
    if (exchanges > mostExchanges)
      throw tooComplex({
        measure: 'fetches',
        actual: exchanges,
        limit: mostExchanges,
        told: { counted: { en: 'exchanges with departments', zh: '与各部门的交互次数' } },
      });
    return node;
  }
}
