import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Actor } from '@zhitong/kit';
import { departmentTypeDefs } from '@zhitong/kit/schema';
import type { TestAnswer } from '@zhitong/kit/testing';
import {
  buildSchema,
  isLeafType,
  Kind,
  parse,
  type DocumentNode,
  type ObjectTypeDefinitionNode,
  type TypeNode,
} from 'graphql';
import { z } from 'zod';

const ROOT = path.resolve(import.meta.dirname, '..', '..', '..');

const tableSchema = z.object({
  callers: z.array(z.string()),
  classes: z.record(z.string(), z.object({ may: z.string(), who: z.string() })),
  /**
   * By department, its things that have a key: for each caller `a` reads all, `o` those that concern it, `p` for a
   * purpose, `.` none.
   */
  things: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        key: z.string(),
        may: z.string().regex(/^[aop.]*$/),
        root: z.string().optional(),
        isEntity: z.boolean().default(true),
      }),
    ),
  ),
  fields: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.string()))),
});

/**
 * The expectations, written by hand from the contract: classes of data with a mark for each caller, and the class of
 * each field.
 */
export const table = tableSchema.parse(JSON.parse(readFileSync(path.join(ROOT, 'tests/rights/reads.json'), 'utf8')));

const schemaOf = (department: string): DocumentNode =>
  parse(departmentTypeDefs(path.join(ROOT, 'subgraphs', department, 'src')));

/** The object types of a department's schema that can be read. */
export function readTypes(department: string): ObjectTypeDefinitionNode[] {
  const document = schemaOf(department);
  return document.definitions
    .filter((definition) => definition.kind === Kind.OBJECT_TYPE_DEFINITION)
    .filter(({ name }) => name.value !== 'Mutation');
}

/** The class of each field of a type. */
export function classesOf(department: string, type: string): Map<string, string> {
  return new Map(
    Object.entries(table.fields[department]?.[type] ?? {}).flatMap(([name, fields]) =>
      fields.split(' ').map((field): [string, string] => [field, name]),
    ),
  );
}

/** A way to an entity: how it is asked for with a selection, and how deep in the answer it stands. */
export interface Way {
  readonly name: string;
  query(selection: string): string;
  readonly variables?: Record<string, unknown>;
  /** Where the entity stands, for example `['enterprises', 'nodes', 0]`. */
  readonly place: readonly (string | number)[];
}

const namedType = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type));

function leafTypes(department: string): Set<string> {
  const document = schemaOf(department);
  const declared = document.definitions
    .filter(({ kind }) => kind === Kind.SCALAR_TYPE_DEFINITION || kind === Kind.ENUM_TYPE_DEFINITION)
    .flatMap((definition) => ('name' in definition && definition.name ? [definition.name.value] : []));
  const builtIn = Object.values(buildSchema('type Query { a: Int b: Float c: String d: Boolean e: ID }').getTypeMap())
    .filter(isLeafType)
    .map(({ name }) => name);
  return new Set([...declared, ...builtIn]);
}

/** A selection of these fields, of objects no more than that they are there. */
function selectionOf(
  department: string,
  type: string,
  fields: readonly string[],
  args: Readonly<Record<string, string>>,
): string {
  const leaves = leafTypes(department);
  const declared = readTypes(department).find(({ name }) => name.value === type)?.fields ?? [];
  return declared
    .filter(({ name }) => fields.includes(name.value))
    .map(
      ({ name, type: of }) =>
        `${name.value}${args[name.value] ?? ''}${leaves.has(namedType(of)) ? '' : ' { __typename }'}`,
    )
    .join(' ');
}

function at(data: unknown, place: readonly (string | number)[]): unknown {
  return place.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    data,
  );
}

/** What a caller got of an entity by one way: the fields that were answered. */
function answered(
  { data, errors }: TestAnswer<unknown>,
  way: Way,
  fields: readonly string[],
  unless: ReadonlySet<string>,
): Set<string> {
  const entity = at(data, way.place);
  if (typeof entity !== 'object' || entity === null) return new Set();
  const refused = new Set((errors ?? []).map((error) => error.path?.[way.place.length]));
  return new Set(
    fields.filter((field) => !refused.has(field) && (!unless.has(field) || Reflect.get(entity, field) !== null)),
  );
}

export interface Tried {
  readonly department: string;
  readonly type: string;
  readonly callers: Readonly<Record<string, Actor | null>>;
  readonly ways: readonly Way[];
  readonly ask: (
    query: string,
    variables: Record<string, unknown>,
    actor: Actor | null,
  ) => Promise<TestAnswer<unknown>>;
  /** Arguments of fields that need some. */
  readonly args?: Readonly<Record<string, string>>;
  /** Fields that say nothing, without an error, to whoever may not read them. */
  readonly silent?: readonly string[];
}

/**
 * Asks for every field of a type by each way as each caller, and gives where the answers differ from the table: `way,
 * caller: field is read` or `is not read`. Errors with other codes than the documented refusals are differences, too.
 */
export async function differences({
  department,
  type,
  callers,
  ways,
  ask,
  args = {},
  silent = [],
}: Tried): Promise<string[]> {
  const classes = classesOf(department, type);
  const fields = [...classes].filter(([, name]) => name !== 'asParent').map(([field]) => field);
  const selection = selectionOf(department, type, fields, args);
  const found: string[] = [];
  for (const way of ways) {
    for (const [index, caller] of table.callers.entries()) {
      const actor = callers[caller];
      if (actor === undefined) throw new Error(`No caller "${caller}" is given.`);
      const answer = await ask(way.query(selection), way.variables ?? {}, actor);
      const read = answered(answer, way, fields, new Set(silent));
      for (const { extensions, message } of answer.errors ?? [])
        if (!['FORBIDDEN', 'UNAUTHENTICATED'].includes(String(extensions?.['code'])))
          found.push(`${way.name}, ${caller}: ${message}`);
      for (const field of fields) {
        const may = table.classes[classes.get(field) ?? '']?.may.charAt(index) === 'y';
        if (read.has(field) !== may)
          found.push(`${way.name}, ${caller}: ${field} is ${read.has(field) ? '' : 'not '}read`);
      }
    }
  }
  return found;
}
