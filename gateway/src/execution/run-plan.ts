import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { GraphQLError, type DocumentNode, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { GatewayContext } from '../request-context.js';
import { mergeInto } from './merge.js';
import { errorOf, objectsAt, placesAt, type PlanPath } from './places.js';
import { representationOf, rewrite } from './representation.js';

type Json = Record<string, unknown>;

/** One exchange with a department, as the query plan wants it. */
export interface DepartmentQuestion {
  readonly query: string;
  /** The same, parsed, where the planner made it. */
  readonly document: DocumentNode | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: GatewayContext;
}

/** What a department said; both may be there. */
export interface DepartmentAnswer {
  readonly data?: Json | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

/** A department as the executor of query plans sees it. */
export interface Department {
  ask(question: DepartmentQuestion): Promise<DepartmentAnswer>;
}

export interface PlanRun {
  readonly departments: ReadonlyMap<string, Department>;
  /** The whole graph, with what the API hides. */
  readonly supergraph: GraphQLSchema;
  readonly context: GatewayContext;
  /** The variables as the caller gave them; departments apply the defaults themselves. */
  readonly given: Readonly<Record<string, unknown>>;
  /** The same with the operation's defaults, for `@skip` and `@include`. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** What departments said so far; every fetch is merged into it. */
  readonly data: Json;
  /** Errors of departments and of asking them. */
  readonly errors: Error[];
}

/** Runs a query plan: asks the departments in its order, in parallel where it allows, and merges what they say into `data`. */
export function runPlan(node: PlanNode, run: PlanRun): Promise<void> {
  return runNode(node, [], run);
}

async function runNode(node: PlanNode, path: PlanPath, run: PlanRun): Promise<void> {
  switch (node.kind) {
    case 'Sequence':
      for (const next of node.nodes) await runNode(next, path, run);
      return;
    case 'Parallel':
      await Promise.all(node.nodes.map((next) => runNode(next, path, run)));
      return;
    case 'Flatten':
      // The planner's paths are response keys and `@`; numbers are for other executors.
      return runNode(node.node, [...path, ...node.path.map(String)], run);
    case 'Condition': {
      const branch = run.variables[node.condition] === true ? node.ifClause : node.elseClause;
      return branch === undefined ? undefined : runNode(branch, path, run);
    }
    case 'Fetch':
      // One department's failure is an error beside what the others say.
      return runFetch(node, path, run).catch((error: unknown) => void run.errors.push(error instanceof Error ? error : new Error(String(error))));
    case 'Defer':
      throw new GraphQLError('The graph does not answer in parts (@defer).');
  }
}

async function runFetch(node: FetchNode, path: PlanPath, run: PlanRun): Promise<void> {
  const objects = objectsAt(run.data, path);
  if (objects.length === 0) return;
  if (node.requires === undefined) {
    const data = await ask(node, { variables: variablesOf(node, run), placeOf: (steps) => [...path, ...steps] }, run);
    rewrite(data, node.outputRewrites, run.supergraph);
    for (const object of objects) mergeInto(object, data);
    return;
  }
  await fetchEntities(node, { path, objects, requires: node.requires }, run);
}

async function fetchEntities(node: FetchNode, { path, objects, requires }: { path: PlanPath; objects: readonly Json[]; requires: NonNullable<FetchNode['requires']> }, run: PlanRun): Promise<void> {
  const representations: Json[] = [];
  const asked: number[] = [];
  objects.forEach((object, index) => {
    const representation = representationOf(object, requires, run.supergraph);
    if (representation === null || !representation['__typename']) return;
    rewrite(representation, node.inputRewrites, run.supergraph);
    representations.push(representation);
    asked.push(index);
  });
  if (representations.length === 0) return;
  let places: ReturnType<typeof placesAt> | undefined;
  const placeOf = (steps: readonly (string | number)[]): readonly (string | number)[] => {
    const [, number, ...rest] = steps;
    if (typeof number !== 'number') return [...path, ...steps];
    places ??= placesAt(run.data, path);
    return [...(places[asked[number] ?? -1] ?? []), ...rest];
  };
  const data = await ask(node, { variables: { ...variablesOf(node, run), representations }, placeOf }, run);
  if (data === null || data === undefined) return;
  const entities = data['_entities'];
  if (!Array.isArray(entities) || entities.length !== representations.length) throw new Error(`The department "${node.serviceName}" was asked for ${representations.length} entities and answered ${Array.isArray(entities) ? String(entities.length) : 'no list'}.`);
  entities.forEach((entity: unknown, number) => {
    const object = objects[asked[number] ?? -1];
    if (typeof entity !== 'object' || entity === null || object === undefined) return;
    const told = entity as Json; // of a GraphQL result
    told['__typename'] ||= object['__typename'];
    rewrite(told, node.outputRewrites, run.supergraph);
    mergeInto(object, told);
  });
}

function variablesOf({ variableUsages }: FetchNode, { given }: PlanRun): Json {
  const used: Json = {};
  for (const name of variableUsages ?? []) if (Object.hasOwn(given, name) && given[name] !== undefined) used[name] = given[name];
  return used;
}

/** One exchange with a department. Its errors are noted at the places of the answer that they concern. */
async function ask(node: FetchNode, { variables, placeOf }: { variables: Json; placeOf: Parameters<typeof errorOf>[1]['placeOf'] }, run: PlanRun): Promise<Json | null | undefined> {
  const department = run.departments.get(node.serviceName);
  if (department === undefined) throw new Error(`The supergraph names a department "${node.serviceName}" that the gateway does not know.`);
  const { data, errors } = await department.ask({ query: node.operation, document: node.operationDocumentNode, variables, context: run.context });
  for (const error of errors ?? []) run.errors.push(errorOf(error, { department: node.serviceName, placeOf }));
  return data;
}
