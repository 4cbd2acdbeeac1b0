import { composeServices } from '@apollo/composition';
import { parse, type DocumentNode, type GraphQLError, type GraphQLSchema } from 'graphql';
import { contractFaults } from '../contracts/contract-faults.js';
import { spreadTags, tagFaults } from '../contracts/department-tags.js';
import { mendComposition } from './mended-composition.js';
import { lintPlanning } from './planning-lint.js';
import { lintSupergraph } from './schema-lint.js';

/** One department's published schema. */
export interface DepartmentSchema {
  readonly name: string;
  /** Default address in the supergraph; the environment overrides it at run time. */
  readonly url: string;
  readonly sdl: string;
}

/**
 * The departments' schemas do not make one graph. `problems` has one line for each fault, with the department that can
 * mend it.
 */
export class CompositionRefused extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The departments' schemas do not compose:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'CompositionRefused';
    this.problems = problems;
  }
}

const HEADER =
  '# Composed from subgraphs/*/schema.graphql by `npm run compose`. Review it as a diff; do not edit it by hand.\n';

/** What departments' schemas make together. */
export interface ComposedSupergraph {
  readonly supergraphSdl: string;
  /** The graph as its clients see it, without federation's machinery. */
  readonly api: GraphQLSchema;
}

/**
 * Composes the departments' schemas into the supergraph (Federation 2).
 * @throws CompositionRefused with every fault, each named with its department.
 */
export const composeSupergraph = (departments: readonly DepartmentSchema[]): string =>
  composeWithApi(departments).supergraphSdl;

/** As `composeSupergraph`, with the schema that composing has made anyway. @throws CompositionRefused */
export function composeWithApi(departments: readonly DepartmentSchema[]): ComposedSupergraph {
  const readings = departments.map(readSdl);
  const unreadable = readings.flatMap((reading) => reading.problem ?? []);
  if (unreadable.length > 0) throw new CompositionRefused(unreadable);
  const documents = readings.flatMap(({ department, document }) =>
    document === undefined ? [] : [{ ...department, document }],
  );
  const tags = documents.flatMap(({ name, document }) => tagFaults(document).map((fault) => `${name}: ${fault}`));
  if (tags.length > 0) throw new CompositionRefused(tags);
  mendComposition();
  const result = composeServices(
    documents.map(({ name, url, document }) => ({ name, url, typeDefs: spreadTags(document) })),
  );
  if (result.errors !== undefined)
    throw new CompositionRefused(result.errors.map((error) => describe(error, departments)));
  const api = result.schema.toAPISchema().toGraphQLJSSchema();
  const faults = [
    ...[...lintSupergraph(result.supergraphSdl), ...contractFaults(api, result.supergraphSdl)].map(
      (fault) => `${fault} (${authorsOf(fault, departments)})`,
    ),
    ...lintPlanning(result.supergraphSdl),
  ];
  if (faults.length > 0) throw new CompositionRefused(faults);
  return { supergraphSdl: `${HEADER}${result.supergraphSdl.trimEnd()}\n`, api };
}

interface Reading {
  readonly department: DepartmentSchema;
  readonly document?: DocumentNode;
  readonly problem?: string;
}

function readSdl(department: DepartmentSchema): Reading {
  try {
    return { department, document: parse(department.sdl) };
  } catch (error) {
    const { message, locations } = error as GraphQLError; // parse throws nothing else
    return { department, problem: `${department.name}: ${message} (line ${locations?.[0]?.line ?? '?'})` };
  }
}

function describe(error: GraphQLError, departments: readonly DepartmentSchema[]): string {
  const code = typeof error.extensions['code'] === 'string' ? `${error.extensions['code']}: ` : '';
  const named = departments
    .map(({ name }) => name)
    .filter((name) => error.message.includes(`[${name}]`) || error.message.includes(`"${name}"`));
  return `${named.length === 0 ? 'between departments' : named.join(', ')}: ${code}${error.message.replaceAll('\n', '\n    ')}`;
}

/** The departments whose SDL defines the type or field that a lint fault begins with. */
function authorsOf(fault: string, departments: readonly DepartmentSchema[]): string {
  const [type = '', field] = (/^[\w.]+/.exec(fault)?.[0] ?? '').split('.');
  const defines = ({ sdl }: DepartmentSchema): boolean =>
    parse(sdl, { noLocation: true }).definitions.some((definition) => {
      if (!('name' in definition) || definition.name?.value !== type) return false;
      const members =
        'fields' in definition ? definition.fields : 'values' in definition ? definition.values : undefined;
      return (
        field === undefined ||
        field === '' ||
        members === undefined ||
        members.some((member) => member.name.value === field)
      );
    });
  return departments
    .filter(defines)
    .map(({ name }) => name)
    .join(', ');
}
