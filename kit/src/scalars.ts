import { GraphQLError, GraphQLScalarType, isScalarType, Kind, type GraphQLSchema, type ValueNode } from 'graphql';
import { DateTimeISOResolver, JSONResolver } from 'graphql-scalars';
import { isLegalDay } from '@zhitong/values';

/** Up to 28 digits before the point and 10 behind it: more than any sum a city handles, less than a denial of service. */
const DECIMAL = /^-?(0|[1-9]\d{0,27})(\.\d{1,10})?$/;

function stringScalar(name: string, description: string, accepts: (value: unknown) => value is string, expected: string): GraphQLScalarType<string, string> {
  const parse = (value: unknown, nodes?: ValueNode): string => {
    if (accepts(value)) return value;
    throw new GraphQLError(`${name} cannot be ${describe(value)}: ${expected}`, { nodes, extensions: { code: 'BAD_USER_INPUT' } });
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
function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'a value of another kind';
}

const isDecimal = (value: unknown): value is string => typeof value === 'string' && DECIMAL.test(value);

/** JSON carries neither Infinity (which is what `1e999` is read as) nor whole numbers beyond 2^53 unchanged. Without recursion: the value may be deep. */
function portable(json: unknown, nodes?: ValueNode): unknown {
  const open: unknown[] = [json];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) open.push(member);
    if (typeof value !== 'number' || Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value))) continue;
    throw new GraphQLError(`JSON cannot hold the number ${value}: it is too large to be carried on unchanged.`, { nodes, extensions: { code: 'BAD_USER_INPUT' } });
  }
  return json;
}

const { parseLiteral: jsonLiteral, ...jsonConfig } = JSONResolver.toConfig();

/**
 * Scalars with one meaning in every subgraph: `Date` (a calendar day in Asia/Shanghai, `YYYY-MM-DD`), `DateTime` (RFC 3339,
 * a JavaScript Date inside), `Decimal` (digits in a string, no floating point) and `JSON`.
 */
export const scalarResolvers = {
  Date: stringScalar('Date', 'A calendar day in Asia/Shanghai, YYYY-MM-DD.', isLegalDay, 'write an existing day as YYYY-MM-DD, for example 2026-02-14.'),
  DateTime: DateTimeISOResolver,
  Decimal: stringScalar('Decimal', 'A decimal number as a string of digits.', isDecimal, 'write digits in a string, for example "1200000.00".'),
  JSON: new GraphQLScalarType<unknown>({ ...jsonConfig, parseValue: (value) => portable(value), parseLiteral: (node, variables) => portable(jsonLiteral(node, variables), node) }),
};

/**
 * Gives the scalars of a schema that was built from SDL alone their meaning for input: the gateway then refuses what every
 * department would refuse, before it asks any of them. Changes the schema that it is given.
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
