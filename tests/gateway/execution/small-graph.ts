import { composeServices } from '@apollo/composition';
import { HeaderMap } from '@apollo/server';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  Kind,
  parse,
  validate,
  type ExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import type { Executor, ExecutorRequest } from '../../../gateway/src/execution/supergraph-executor.js';
import { PlanExecutor, type PlanExecutorOptions } from '../../../gateway/src/execution/plan-executor.js';
import type { DepartmentAnswer } from '../../../gateway/src/execution/subgraph.js';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@inaccessible", "@interfaceObject"])';

type Resolvers = NonNullable<Extract<Parameters<typeof buildSubgraphSchema>[0], { resolvers?: unknown }>['resolvers']>;

/** A department as its owner writes it: a schema and resolvers. */
export interface SmallDepartment {
  readonly sdl: string;
  readonly resolvers: Resolvers;
}

/** What happened to one department in the place of its own answer. */
export type Instead = (query: string, variables: Readonly<Record<string, unknown>>) => DepartmentAnswer;

export interface Question {
  readonly department: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Shown {
  readonly data: unknown;
  readonly errors: readonly {
    readonly path: string;
    readonly code: unknown;
    readonly message: string;
    readonly extensions: unknown;
  }[];
  /** The answer as the client reads it, keys in their order. */
  readonly text: string;
  readonly asked: readonly Question[];
  readonly extensions: ExecutionResult['extensions'];
}

export interface Asking {
  readonly variables?: Record<string, unknown>;
  readonly instead?: Readonly<Record<string, Instead>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly roles?: readonly string[];
}

/** A department that gives no answer. */
export const out =
  (department: string): Instead =>
  () => ({
    data: null,
    errors: [
      {
        message: `${department} does not answer.`,
        extensions: { code: 'DEPARTMENT_UNAVAILABLE', subgraph: department },
      },
    ],
  });

/** The gateway's executor over departments that answer as real subgraphs do: what they are asked is validated. */
export class SmallGraph {
  readonly schema: GraphQLSchema;
  readonly #executor: Executor;
  readonly #state: { asked: Question[]; instead: Readonly<Record<string, Instead>> };

  private constructor(
    schema: GraphQLSchema,
    executor: Executor,
    state: { asked: Question[]; instead: Readonly<Record<string, Instead>> },
  ) {
    this.schema = schema;
    this.#executor = executor;
    this.#state = state;
  }

  static async of(
    departments: Readonly<Record<string, SmallDepartment>>,
    options: Partial<PlanExecutorOptions> = {},
  ): Promise<SmallGraph> {
    const services = Object.entries(departments).map(([name, { sdl }]) => ({
      name,
      url: `http://${name}`,
      typeDefs: parse(`${LINK} ${sdl}`),
    }));
    const composed = composeServices(services);
    if (composed.errors !== undefined) throw new Error(composed.errors.map(String).join('\n'));
    const schemas = new Map(
      services.map(({ name, typeDefs }) => [
        name,
        buildSubgraphSchema({ typeDefs, resolvers: departments[name]?.resolvers ?? {} }),
      ]),
    );
    const state: { asked: Question[]; instead: Readonly<Record<string, Instead>> } = { asked: [], instead: {} };
    const ask = async (
      name: string,
      query: string,
      variables: Readonly<Record<string, unknown>>,
    ): Promise<DepartmentAnswer> => {
      state.asked.push({ department: name, query, variables });
      const instead = state.instead[name];
      return JSON.parse(
        JSON.stringify(
          instead === undefined ? await answer(schemas.get(name), query, variables) : instead(query, variables),
        ),
      ) as DepartmentAnswer;
    };
    const gateway = PlanExecutor.over({
      ...options,
      supergraphSdl: composed.supergraphSdl,
      department: ({ name }) => ({ ask: ({ query, variables }) => ask(name, query, variables) }),
    });
    const { executor, schema } = await gateway.load({ apollo: {} });
    return new SmallGraph(schema, executor, state);
  }

  /** Executes an operation, with something else in the place of some departments' answers. */
  async ask(query: string, { variables = {}, instead = {}, headers = {}, roles = [] }: Asking = {}): Promise<Shown> {
    const document = parse(query);
    const faults = validate(this.schema, document);
    if (faults.length > 0) throw new Error(faults.map(String).join('\n'));
    this.#state.asked = [];
    this.#state.instead = instead;
    const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    // What Apollo Server hands over and the executor reads.
    const request = {
      request: { query, variables, http: { headers: new HeaderMap(Object.entries(headers)) } },
      document,
      operation,
      schema: this.schema,
      queryHash: query,
      context: { actor: roles.length === 0 ? null : { sub: 'somebody', roles } },
    } as unknown as ExecutorRequest;
    const { data, errors = [], extensions } = await this.#executor(request);
    const text = JSON.stringify(data ?? null);
    return {
      data: JSON.parse(text),
      text,
      errors: errors.map((error) => error.toJSON()).map(shown),
      asked: this.#state.asked,
      extensions,
    };
  }
}

async function answer(
  schema: GraphQLSchema | undefined,
  query: string,
  variableValues: Readonly<Record<string, unknown>>,
): Promise<DepartmentAnswer> {
  if (schema === undefined) throw new Error('There is no such department.');
  const document = parse(query);
  const faults = validate(schema, document);
  if (faults.length > 0)
    throw new Error(`A department was asked what it cannot be asked: ${faults.map(String).join(', ')} in ${query}`);
  const { data, errors } = await execute({ schema, document, variableValues });
  return {
    ...(data === undefined ? {} : { data }),
    ...(errors === undefined ? {} : { errors: errors.map((error) => error.toJSON()) }),
  };
}

function shown({ path = [], extensions, message }: GraphQLFormattedError): Shown['errors'][number] {
  return { path: path.join('.'), code: extensions?.['code'], message, extensions };
}
