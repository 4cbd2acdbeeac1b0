import { GraphQLScalarType, isScalarType, Kind, type GraphQLSchema, type GraphQLError, type ValueNode } from 'graphql';
import { DateTimeISOResolver, JSONResolver } from 'graphql-scalars';
import { isLegalDay, type Said, type Words } from '@zhitong/values';
import { saidError } from './errors.js';
import { said } from './refusal-words.js';

/**
 * Up to 28 digits before the point and 10 behind it: more than any sum a city handles, less than a denial of service.
 */
const DECIMAL = /^-?(0|[1-9]\d{0,27})(\.\d{1,10})?$/;

function stringScalar(
  name: string,
  description: string,
  accepts: (value: unknown) => value is string,
  expected: Words,
): GraphQLScalarType<string, string> {
  const parse = (value: unknown, nodes?: ValueNode): string => {
    if (accepts(value)) return value;
    const { en, zh } = describe(value);
    const words = {
      scalar: name,
      value: en,
      valueInChinese: zh,
      expected: expected.en,
      expectedInChinese: expected.zh,
    };
    throw saidError('BAD_USER_INPUT', said('SCALAR', words), { nodes });
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: (value) => parse(value),
    parseValue: (value) => parse(value),
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : 'value' in node ? node.value : null, node),
  });
}

/** A value as an error message may show it: short, and never an object's whole content. */
function describe(value: unknown): Words {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    return { en: 'a value of another kind', zh: '其他类型的值' };
  const text =
    typeof value === 'string' ? JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value) : String(value);
  return { en: text, zh: text };
}

const isDecimal = (value: unknown): value is string => typeof value === 'string' && DECIMAL.test(value);

/**
 * Levels of lists and objects that a JSON value may have: more than any text that people wrote, less than what
 * overflows those that read it recursively.
 */
export const DEEPEST_JSON = 256;

/**
 * JSON carries neither Infinity (which is what `1e999` is read as) nor whole numbers beyond 2^53 unchanged, and what is
 * nested too deeply cannot be written again. Without recursion, level by level: this is what stands before everything
 * that recurs.
 */
function portable(json: unknown, nodes?: ValueNode): unknown {
  let level: readonly unknown[] = [json];
  for (let depth = 0; level.length > 0; depth += 1) {
    const deeper: unknown[] = [];
    for (const value of level) {
      if (typeof value === 'number' && !isPortable(value)) throw badJson(said('JSON_NUMBER', { value }), nodes);
      if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) deeper.push(member);
    }
    if (depth >= DEEPEST_JSON && deeper.length > 0) throw tooDeep(nodes);
    level = deeper;
  }
  return json;
}

/** The same of a literal, before it is read. */
function shallow(literal: ValueNode): ValueNode {
  let level: readonly ValueNode[] = [literal];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST_JSON) throw tooDeep(literal);
    level = level.flatMap((node) =>
      node.kind === Kind.LIST ? node.values : node.kind === Kind.OBJECT ? node.fields.map(({ value }) => value) : [],
    );
  }
  return literal;
}

const isPortable = (value: number): boolean =>
  Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value));
const badJson = (words: Said, nodes: ValueNode | undefined): GraphQLError =>
  saidError('BAD_USER_INPUT', words, { nodes });
const tooDeep = (nodes: ValueNode | undefined): GraphQLError =>
  badJson(said('JSON_TOO_DEEP', { most: DEEPEST_JSON }), nodes);

const { parseLiteral: jsonLiteral, ...jsonConfig } = JSONResolver.toConfig();

/**
 * Scalars with one meaning in every subgraph: `Date` (a calendar day in Asia/Shanghai, `YYYY-MM-DD`), `DateTime` (RFC
 * 3339, a JavaScript Date inside), `Decimal` (digits in a string, no floating point) and `JSON`.
 */
export const scalarResolvers = {
  Date: stringScalar('Date', 'A calendar day in Asia/Shanghai, YYYY-MM-DD.', isLegalDay, {
    en: 'write an existing day as YYYY-MM-DD, for example 2026-02-14.',
    zh: '须为存在的日期，格式为 YYYY-MM-DD，例如 2026-02-14',
  }),
  DateTime: DateTimeISOResolver,
  Decimal: stringScalar('Decimal', 'A decimal number as a string of digits.', isDecimal, {
    en: 'write digits in a string, for example "1200000.00".',
    zh: '须为数字组成的字符串，例如 "1200000.00"',
  }),
  JSON: new GraphQLScalarType<unknown>({
    ...jsonConfig,
    parseValue: (value) => portable(value),
    parseLiteral: (node, variables) => portable(jsonLiteral(shallow(node), variables), node),
  }),
};

/**
 * Gives the scalars of a schema that was built from SDL alone their meaning for input: the gateway then refuses what
 * every department would refuse, before it asks any of them. Changes the schema that it is given.
 */
export function checkScalarInput(schema: GraphQLSchema): GraphQLSchema {
  for (const [name, scalar] of Object.entries(scalarResolvers)) {
    const type = schema.getType(name);
    if (!isScalarType(type)) continue;
    const { parseValue, parseLiteral } = scalar.toConfig();
    Object.assign(type, { parseValue, parseLiteral });
  }
  return schema;
}
