import {
  buildASTSchema,
  getNamedType,
  isCompositeType,
  isNonNullType,
  isObjectType,
  parse,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';
import type { TestAnswer } from '@zhitong/kit/testing';

/** How deep a selection goes where a type has no leaves: far enough for a value to be seen. */
const DEPTH = 3;

interface Asked {
  /** The department's whole schema. */
  readonly typeDefs: string;
  readonly type: string;
  /**
   * The question in which a selection of the type stands; its field is called `value`, a list or a connection of the
   * type or one of it.
   */
  readonly around: (selection: string) => string;
  readonly ask: (query: string) => Promise<TestAnswer<{ readonly value: unknown }>>;
  /** Fields that none of the records has a value for, each with the reason. */
  readonly empty?: Readonly<Record<string, string>>;
}

const isExternal = ({ astNode }: GraphQLField<unknown, unknown>): boolean =>
  astNode?.directives?.some(({ name }) => name.value === 'external') ?? false;
const needsArguments = ({ args }: GraphQLField<unknown, unknown>): boolean =>
  args.some(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);
const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0);

/** The leaves of a type that need no arguments; where it has none, those of the first type below it. */
function leavesOf(type: unknown, depth = DEPTH): string {
  if (!isObjectType(type)) return '';
  const fields = Object.values(type.getFields()).filter((field) => !needsArguments(field) && !isExternal(field));
  const leaves = fields.filter((field) => !isCompositeType(getNamedType(field.type)));
  if (leaves.length > 0) return `{ ${leaves.map(({ name }) => name).join(' ')} }`;
  const [first] = depth > 0 ? fields : [];
  return first === undefined ? '{ __typename }' : `{ ${first.name} ${leavesOf(getNamedType(first.type), depth - 1)} }`;
}

function typeOf({ typeDefs, type }: Asked): GraphQLObjectType {
  const found = buildASTSchema(parse(typeDefs), { assumeValid: true, assumeValidSDL: true }).getType(type);
  if (!isObjectType(found)) throw new Error(`There is no type ${type}.`);
  return found;
}

/** The records in an answer: one, a list, or the nodes of a connection. */
function recordsIn(value: unknown): Readonly<Record<string, unknown>>[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('nodes' in value) return recordsIn(value.nodes);
  return (Array.isArray(value) ? value : [value]) as Readonly<Record<string, unknown>>[];
}

/**
 * Asks each declared field of a type, it alone in a question, so that no projection and no field table can forget what
 * it is made of: some record must have a value for it.
 * @returns the fields for which an error or nothing came back, and those of `empty` that have a value after all
 */
export async function unanswered(asked: Asked): Promise<string[]> {
  const found: string[] = [];
  for (const field of Object.values(typeOf(asked).getFields())) {
    if (isExternal(field) || needsArguments(field)) continue;
    const { data, errors } = await asked.ask(asked.around(`{ ${field.name} ${leavesOf(getNamedType(field.type))} }`));
    const isTold = recordsIn(data?.value).some((record) => !isEmpty(record[field.name]));
    if (errors !== undefined) found.push(`${field.name}: ${errors[0]?.message ?? 'an error'}`);
    else if (isTold === field.name in (asked.empty ?? {}))
      found.push(isTold ? `${field.name} has a value after all` : field.name);
  }
  return found;
}
