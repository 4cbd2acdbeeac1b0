import { createHash } from 'node:crypto';
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  OperationTypeNode,
  parse,
  print,
  visit,
  type ArgumentNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  type ObjectFieldNode,
  type ValueNode,
} from 'graphql';
import { fieldOf, type FoldedField, type FoldedSelection } from './folded-operation.js';

const HASH_DIGITS = 16;
/** Arguments of the supergraph's `@join__type` and `@join__field` that name fields. */
const FIELD_SETS: ReadonlySet<string> = new Set(['key', 'requires', 'provides']);

/** What the names of the graph's fields may stand for, hidden types and fields included. */
export interface FieldNames {
  /** Names of fields that take arguments on some type. */
  readonly withArguments: ReadonlySet<string>;
  /** Names in `@key`, `@requires` and `@provides`: departments may be asked for them without the client's doing. */
  readonly required: ReadonlySet<string>;
}

const NAME = /[_A-Za-z]\w*/g;

export function fieldNamesOf(supergraph: GraphQLSchema, supergraphSdl: string): FieldNames {
  const types = Object.values(supergraph.getTypeMap()).filter((type) => isObjectType(type) || isInterfaceType(type));
  const withArguments = new Set(
    types.flatMap((type) =>
      Object.values(type.getFields())
        .filter(({ args }) => args.length > 0)
        .map(({ name }) => name),
    ),
  );
  const required = new Set<string>();
  visit(parse(supergraphSdl, { noLocation: true }), {
    Directive: ({ arguments: given = [] }) => {
      for (const { name, value } of given)
        if (FIELD_SETS.has(name.value) && value.kind === Kind.STRING)
          for (const found of value.value.match(NAME) ?? []) required.add(found);
    },
  });
  return { withArguments, required };
}

/**
 * Gives every field of an operation the name under which departments are asked for it. The planner merges selections by
 * response name, the client's with those that `@key` and `@requires` add; so one name must never stand for two values:
 *
 * - A field is asked under its own name, whatever the client calls it.
 * - A field that takes arguments is asked under a name made of field and arguments where the operation asks for it with
 *   several, and always where `@requires` may ask for it with others under its own name.
 * - Where the members of an interface or union have fields of one name and different types, the name is made of the
 *   type too.
 * - Each root field of a mutation is asked under a name of its own: asked for twice, it acts twice.
 */
export function nameFields(root: readonly FoldedSelection[], kind: OperationTypeNode, names: FieldNames): void {
  const apart = argumentsApart(root, names);
  const ambiguous = ambiguousNames(root);
  const isMutation = kind === OperationTypeNode.MUTATION;
  const rootKeys = isMutation ? keysByName(root) : new Map<string, readonly string[]>();
  const name = (field: FoldedField, isRoot: boolean): string => {
    const own = field.node.name.value;
    if (own.startsWith('__')) return own;
    if (isRoot && isMutation) {
      const keys = rootKeys.get(own) ?? [];
      return keys.length === 1 ? own : `${own}__${keys.indexOf(field.key)}`;
    }
    if (!apart.has(own) && !ambiguous.has(own)) return own;
    const given = apart.has(own) ? canonicalArguments(field.node.arguments ?? []) : '';
    return `${own}__${hash(`${given}|${ambiguous.has(own) ? signatureOf(field) : ''}`)}`;
  };
  const rename = (selections: readonly FoldedSelection[], isRoot: boolean): void => {
    for (const selection of selections) {
      if (selection.kind === 'field') selection.internal = name(selection, isRoot);
      if (selection.selections !== undefined) rename(selection.selections, isRoot && selection.kind === 'fragment');
    }
  };
  rename(root, true);
}

/** The client's response keys for each root field. */
function keysByName(root: readonly FoldedSelection[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const selection of root) {
    if (selection.kind === 'fragment') continue; // There is but one type of root: its fragments are spread.
    const keys = found.get(selection.node.name.value) ?? [];
    if (!keys.includes(selection.key)) found.set(selection.node.name.value, [...keys, selection.key]);
  }
  return found;
}

/** Names of fields that are distinguished by their arguments. */
function argumentsApart(
  root: readonly FoldedSelection[],
  { withArguments, required }: FieldNames,
): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Map<string, string>();
  everyField(
    root,
    ({
      node: {
        name: { value: name },
        arguments: given = [],
      },
    }) => {
      if (!withArguments.has(name)) return;
      const canonical = canonicalArguments(given);
      if (required.has(name) || (seen.get(name) ?? canonical) !== canonical) found.add(name);
      seen.set(name, canonical);
    },
  );
  return found;
}

function everyField(selections: readonly FoldedSelection[], act: (field: FoldedField) => void): void {
  for (const selection of selections) {
    if (selection.kind === 'field') act(selection);
    if (selection.selections !== undefined) everyField(selection.selections, act);
  }
}

/**
 * Names of fields that stand for different types below an interface or union, and so cannot be asked under one name.
 */
function ambiguousNames(root: readonly FoldedSelection[]): ReadonlySet<string> {
  const signatures = new Map<string, string>();
  const found = new Set<string>();
  const walk = (selections: readonly FoldedSelection[], belowAbstract: boolean): void => {
    for (const selection of selections) {
      if (selection.kind === 'fragment') {
        walk(selection.selections, true);
        continue;
      }
      const isBelow = belowAbstract || isAbstractType(selection.parent);
      const { value: name } = selection.node.name;
      if (isBelow && !name.startsWith('__')) {
        const signature = signatureOf(selection);
        if ((signatures.get(name) ?? signature) !== signature) found.add(name);
        signatures.set(name, signature);
      }
      if (selection.selections !== undefined) walk(selection.selections, isBelow);
    }
  };
  walk(root, false);
  return found;
}

/**
 * What two fields of one response name must have in common (GraphQL, October 2021, SameResponseShape): all but the
 * composite type.
 */
function signatureOf({ parent, node }: FoldedField): string {
  const type = fieldOf(parent, node.name.value)?.type;
  return type === undefined ? '' : signature(type);
}

function signature(type: GraphQLOutputType): string {
  if (isNonNullType(type)) return `${signature(type.ofType)}!`;
  if (isListType(type)) return `[${signature(type.ofType)}]`;
  return isCompositeType(getNamedType(type)) ? '*' : type.name;
}

/** Arguments as a text that is the same however they are ordered. */
function canonicalArguments(given: readonly ArgumentNode[]): string {
  return byName(given)
    .map(({ name, value }) => `${name.value}:${print(ordered(value))}`)
    .join(',');
}

function ordered(value: ValueNode): ValueNode {
  if (value.kind === Kind.OBJECT)
    return {
      ...value,
      fields: byName(value.fields).map((field): ObjectFieldNode => ({ ...field, value: ordered(field.value) })),
    };
  return value.kind === Kind.LIST ? { ...value, values: value.values.map(ordered) } : value;
}

function byName<Named extends { readonly name: { readonly value: string } }>(nodes: readonly Named[]): Named[] {
  return [...nodes].sort((one, other) => (one.name.value < other.name.value ? -1 : 1));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HASH_DIGITS);
}
