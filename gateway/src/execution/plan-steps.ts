import { saidError } from '@zhitong/kit';
import type { FetchDataRewrite, FetchNode, PlanNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { GraphQLError, Kind, parse, type DocumentNode } from 'graphql';
import { askedSelection, type AskedSelection } from './asked-selection.js';
import type { DepartmentFields } from './subgraph-fields.js';
import type { PlanPath } from './places.js';
import { said } from '../refusal-words.js';

/** A query plan, prepared for being run again and again. */
export type Step =
  | { readonly kind: 'sequence' | 'parallel'; readonly steps: readonly Step[] }
  | { readonly kind: 'fetch'; readonly fetch: PreparedFetch };

/** One exchange with a department. */
export interface PreparedFetch {
  readonly department: string;
  readonly query: string;
  readonly document: DocumentNode;
  /** Names of the client's variables that the question uses. */
  readonly variables: readonly string[];
  /** Where the objects stand that are asked about, by internal names. */
  readonly path: PlanPath;
  /** What the department needs of each object; undefined for what does not hang on an object. */
  readonly requires: readonly QueryPlanSelectionNode[] | undefined;
  readonly inputRewrites: readonly FetchDataRewrite[] | undefined;
  readonly outputRewrites: readonly FetchDataRewrite[] | undefined;
  readonly asked: AskedSelection;
}

/** How many exchanges with departments a plan makes at most. */
export function exchangesOf(node: PlanNode | undefined): number {
  switch (node?.kind) {
    case undefined:
    case 'Defer':
    case 'Condition':
      return 0;
    case 'Fetch':
      return 1;
    case 'Flatten':
      return exchangesOf(node.node);
    case 'Sequence':
    case 'Parallel':
      return node.nodes.reduce((total, next) => total + exchangesOf(next), 0);
  }
}

export interface Finishing {
  /** What is still to be done to each question. */
  readonly finish: (query: string) => string;
  readonly fields: DepartmentFields;
}

/**
 * Prepares a plan of a folded operation.
 * @throws WrongPlan when the plan asks a department for what it does not have, or without telling it what it needs.
 */
export function stepsOf(node: PlanNode, finish: Finishing, path: PlanPath = []): Step {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return {
        kind: node.kind === 'Sequence' ? 'sequence' : 'parallel',
        steps: node.nodes.map((next) => stepsOf(next, finish, path)),
      };
    case 'Flatten':
      // The planner's paths are response keys and `@`; numbers are for other executors.
      return stepsOf(node.node, finish, [...path, ...node.path.map(String)]);
    case 'Fetch':
      return { kind: 'fetch', fetch: preparedFetch(node, finish, path) };
    case 'Condition':
    case 'Defer':
      throw saidError('BAD_USER_INPUT', said('NOT_IN_PARTS'));
  }
}

/** The planner has planned wrongly. */
export class WrongPlan extends GraphQLError {}

/** Names of the fields that a department gets of the objects that it is asked for. */
function fieldNames(selections: readonly QueryPlanSelectionNode[]): string[] {
  return selections.flatMap((selection) =>
    selection.kind === 'Field' ? [selection.name] : fieldNames(selection.selections),
  );
}

/** Names of the variables that a question defines. */
export function definedVariables({ definitions }: DocumentNode): ReadonlySet<string> {
  return new Set(
    definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION
        ? (definition.variableDefinitions ?? []).map(({ variable }) => variable.name.value)
        : [],
    ),
  );
}

function preparedFetch(node: FetchNode, { finish, fields }: Finishing, path: PlanPath): PreparedFetch {
  const query = finish(node.operation);
  const document = parse(query, { noLocation: true });
  const fault = fields.faultOf(
    document,
    node.serviceName,
    node.requires === undefined ? undefined : new Set(fieldNames(node.requires)),
  );
  if (fault !== undefined)
    throw new WrongPlan(
      `This operation cannot be planned: the department "${node.serviceName}" would be asked for ${fault}.`,
    );
  const defined = definedVariables(document);
  return {
    department: node.serviceName,
    query,
    document,
    variables: (node.variableUsages ?? []).filter((name) => defined.has(name)),
    path,
    requires: node.requires,
    inputRewrites: node.inputRewrites,
    outputRewrites: node.outputRewrites,
    asked: askedSelection(document, node.outputRewrites, node.requires !== undefined),
  };
}
