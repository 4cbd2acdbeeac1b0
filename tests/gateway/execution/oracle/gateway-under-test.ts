import { Supergraph } from '@apollo/federation-internals';
import { Kind, type GraphQLSchema } from 'graphql';
import type { Executor, ExecutorRequest } from '../../../../gateway/src/execution/supergraph-executor.js';
import { PlanExecutor } from '../../../../gateway/src/execution/plan-executor.js';
import type { GatewayAnswer } from './compare.js';
import type { Circumstances, InventedDepartment } from './subgraph.js';
import type { Operation } from './draw-operation.js';

/** Limits are held by tests of their own. */
const MOST = 1_000_000;

/** What callers of a composed graph see of it. */
export function apiSchemaOf(supergraphSdl: string): GraphQLSchema {
  return Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();
}

/** The gateway's executor over invented departments: the one place that knows how it is driven. */
export class GatewayUnderTest {
  readonly #executor: Executor;
  readonly #schema: GraphQLSchema;
  readonly #state: { circumstances: Circumstances | undefined };

  private constructor(
    { executor, schema }: { executor: Executor; schema: GraphQLSchema },
    state: { circumstances: Circumstances | undefined },
  ) {
    this.#executor = executor;
    this.#schema = schema;
    this.#state = state;
  }

  static async over(
    supergraphSdl: string,
    departments: ReadonlyMap<string, InventedDepartment>,
  ): Promise<GatewayUnderTest> {
    const state: { circumstances: Circumstances | undefined } = { circumstances: undefined };
    const gateway = PlanExecutor.over({
      supergraphSdl,
      mostExchanges: MOST,
      mostErrors: MOST,
      department: ({ name }) => ({
        ask: async ({ query, variables }) => {
          const { circumstances } = state;
          const department = departments.get(name);
          if (circumstances === undefined || department === undefined) throw new Error(`Nobody may ask ${name} now.`);
          if (circumstances.faults.out.has(name))
            return {
              data: null,
              errors: [
                { message: `${name} does not answer.`, extensions: { code: 'DEPARTMENT_UNAVAILABLE', subgraph: name } },
              ],
            };
          if (circumstances.faults.refusing.has(name)) return { data: null, errors: [{ message: `${name} refuses.` }] };
          return department.ask(query, variables, circumstances);
        },
      }),
    });
    return new GatewayUnderTest(await gateway.load({ apollo: {} }), state);
  }

  async answer({ text, document, variables }: Operation, circumstances: Circumstances): Promise<GatewayAnswer> {
    this.#state.circumstances = circumstances;
    const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    // What Apollo Server hands over and the executor reads; the rest of its context is for plugins.
    const request = {
      request: { query: text, variables: structuredClone(variables) },
      document,
      operation,
      schema: this.#schema,
      queryHash: text,
      context: {},
    } as unknown as ExecutorRequest;
    try {
      const { data, errors = [] } = await this.#executor(request);
      return {
        data: data === undefined ? undefined : (JSON.parse(JSON.stringify(data)) as GatewayAnswer['data']),
        errors: errors.map((error) => error.toJSON()),
      };
    } catch (error) {
      return { errors: [{ message: `The executor threw ${String(error)}` }] };
    }
  }
}
