// Arguments that a schema accepts, made from the schema alone, so that an operation gets as far as rights and rules.
import { randomUUID } from 'node:crypto';
import { getNullableType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';

const DEEP = 4;
const TEXTS = {
  Date: '2026-11-20',
  DateTime: '2026-11-20T12:00:00+08:00',
  Decimal: '1.00',
  Money: '1.00',
  CurrencyCode: 'CNY',
};

/**
 * `name: value, …` for every argument that must be given, and for each that names an enterprise or a department. @param
 * who codes to put there.
 */
export function argumentsOf(args, who = {}) {
  return args
    .filter((arg) => isRequired(arg) || isNamed(arg.name))
    .map((arg) => `${arg.name}: ${literal(arg.type, arg.name, who, 0)}`)
    .join(', ');
}

const isRequired = ({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined;
const isNamed = (name) => /^uscc$|^department$/i.test(name);

function literal(type, name, who, depth) {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return `[${literal(nullable.ofType, name, who, depth)}]`;
  if (isInputObjectType(nullable)) {
    const fields = Object.values(nullable.getFields());
    const due = fields.filter((field) => isRequired(field) || (isNamed(field.name) && depth < DEEP));
    // One of several (`@oneOf` in words): where nothing must be given, the first is.
    const chosen = due.length > 0 || fields[0] === undefined ? due : [fields[0]];
    return `{ ${chosen.map((field) => `${field.name}: ${literal(field.type, field.name, who, depth + 1)}`).join(', ')} }`;
  }
  if (isEnumType(nullable)) return nullable.getValues()[0].name;
  switch (nullable.name) {
    case 'Int':
      return '1';
    case 'Float':
      return '1.0';
    case 'Boolean':
      return 'true';
    case 'ID':
    case 'String':
      return JSON.stringify(textFor(name, who));
    default:
      return JSON.stringify(TEXTS[nullable.name] ?? 'x');
  }
}

function textFor(name, { uscc, department = 'RSJ' }) {
  if (/uscc|enterprise/i.test(name)) return uscc;
  if (/department|promisor|debtor|handler|lead|issuer/i.test(name)) return department;
  return `attack-${randomUUID()}`; // New each time: what was refused as a repetition would prove nothing.
}

/** A selection of a type's plain fields: enough to see what came. */
export function selectionOf(type, depth = 0) {
  const fields = Object.values(type.getFields?.() ?? {});
  const plain = fields
    .filter(({ type: of, args }) => !args.some(isRequired) && !namedHasFields(of))
    .map(({ name }) => name);
  const deeper =
    depth === 0
      ? fields
          .filter(({ type: of, args, name }) => namedHasFields(of) && !args.some(isRequired) && name !== 'refusal')
          .slice(0, 3)
      : [];
  const nested = deeper.map(({ name, type: of }) => `${name} { ${selectionOf(namedOf(of), 1)} }`);
  const refusal = fields.some(({ name }) => name === 'refusal') ? ['refusal { code message path }'] : [];
  return [...(plain.length === 0 ? ['__typename'] : plain), ...nested, ...refusal].join(' ');
}

const namedOf = (type) => (type.ofType === undefined ? type : namedOf(type.ofType));
const namedHasFields = (type) => typeof namedOf(type).getFields === 'function' && namedOf(type).getFields !== undefined;
