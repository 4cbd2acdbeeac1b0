import { createHash } from 'node:crypto';
import {
  getNamedType,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  OperationTypeNode,
  parse,
  type FragmentDefinitionNode,
  type GraphQLFormattedError,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionNode,
} from 'graphql';

type Json = Record<string, unknown>;
type Path = readonly (string | number)[];

/** How a department misbehaves, each in hundredths of its values. */
export interface Manners {
  /** Null, also where the schema forbids it. */
  readonly nulls: number;
  /** A leaf of another type than the schema says. */
  readonly wrong: number;
  /** Null with an error at its place. */
  readonly errors: number;
}

export interface RandomAnswer {
  readonly data: Json;
  readonly errors?: readonly GraphQLFormattedError[];
}

/** Keys and required fields are always there: without them a department is not asked at all. */
const ALWAYS = new Set(['uscc', 'id', 'number', '__typename']);

/**
 * What a department answers to a query: of the form that was asked for, with values by chance, but always the same for the same
 * seed, query and variables, whoever asks and in which order.
 */
export function randomAnswer({ schema, query, variables, seed, manners }: { schema: GraphQLSchema; query: string; variables: Readonly<Json>; seed: number; manners: Manners }): RandomAnswer {
  const document = parse(query);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error('A department is asked with an operation.');
  const fragments = new Map(document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [])));
  const root = operation.operation === OperationTypeNode.MUTATION ? schema.getMutationType() : schema.getQueryType();
  if (!root) throw new Error('The department has no such root.');
  const answer = new Answer({ schema, fragments, variables, manners, seed: `${seed} ${query} ${JSON.stringify(variables)}` });
  const data = answer.object(root, operation.selectionSet.selections, []);
  return answer.errors.length === 0 ? { data } : { data, errors: answer.errors };
}

class Answer {
  readonly errors: GraphQLFormattedError[] = [];
  readonly #options: { schema: GraphQLSchema; fragments: ReadonlyMap<string, FragmentDefinitionNode>; variables: Readonly<Json>; manners: Manners; seed: string };

  constructor(options: { schema: GraphQLSchema; fragments: ReadonlyMap<string, FragmentDefinitionNode>; variables: Readonly<Json>; manners: Manners; seed: string }) {
    this.#options = options;
  }

  object(type: GraphQLObjectType, selections: readonly SelectionNode[], path: Path): Json {
    const made: Json = {};
    for (const [key, { name, inner }] of this.#fields(type, selections)) {
      const place = [...path, key];
      if (name === '__typename') made[key] = type.name;
      else if (name === '_entities') made[key] = this.#entities(inner, place);
      else made[key] = this.#value(type.getFields()[name]?.type, inner, place, ALWAYS.has(name));
    }
    return made;
  }

  /** The fields that are asked of a type, by response key, fragments followed and repeated ones merged. */
  #fields(type: GraphQLObjectType, selections: readonly SelectionNode[]): Map<string, { name: string; inner: readonly SelectionNode[] }> {
    const found = new Map<string, { name: string; inner: readonly SelectionNode[] }>();
    const add = (key: string, name: string, inner: readonly SelectionNode[]): void => void found.set(key, { name, inner: [...(found.get(key)?.inner ?? []), ...inner] });
    for (const selection of selections) {
      if (!this.#counts(selection)) continue;
      if (selection.kind === Kind.FIELD) {
        add(selection.alias?.value ?? selection.name.value, selection.name.value, selection.selectionSet?.selections ?? []);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#options.fragments.get(selection.name.value);
      const condition = fragment?.typeCondition === undefined ? type : this.#options.schema.getType(fragment.typeCondition.name.value);
      const applies = condition === type || (isAbstractType(condition) && this.#options.schema.isSubType(condition, type));
      if (fragment !== undefined && applies) for (const [key, { name, inner }] of this.#fields(type, fragment.selectionSet.selections)) add(key, name, inner);
    }
    return found;
  }

  #counts({ directives = [] }: SelectionNode): boolean {
    return directives.every(({ name, arguments: [given] = [] }) => {
      const value = given?.value.kind === Kind.VARIABLE ? this.#options.variables[given.value.name.value] : given?.value.kind === Kind.BOOLEAN && given.value.value;
      return name.value === 'skip' ? value !== true : value === true;
    });
  }

  #entities(selections: readonly SelectionNode[], path: Path): unknown[] {
    const representations = this.#options.variables['representations'] as readonly Json[];
    return representations.map((representation, index) => {
      const type = this.#options.schema.getType(String(representation['__typename']));
      if (!isObjectType(type)) throw new Error(`Asked for an entity of type ${String(representation['__typename'])}.`);
      return this.#chance([...path, index], 'entity') < this.#options.manners.nulls ? this.#fault([...path, index]) : this.object(type, selections, [...path, index]);
    });
  }

  #value(type: GraphQLOutputType | undefined, inner: readonly SelectionNode[], path: Path, isKey: boolean): unknown {
    if (type === undefined) throw new Error(`Asked for a field that is not there: ${path.join('.')}.`);
    const { nulls, errors } = this.#options.manners;
    const roll = this.#chance(path, 'value');
    if (!isKey && roll < nulls) return null;
    if (!isKey && roll < nulls + errors) return this.#fault(path);
    if (isNonNullType(type)) return this.#present(type.ofType as GraphQLOutputType, inner, path, isKey);
    return this.#present(type, inner, path, isKey);
  }

  #present(type: GraphQLOutputType, inner: readonly SelectionNode[], path: Path, isKey: boolean): unknown {
    if (isListType(type)) return Array.from({ length: this.#chance(path, 'length') % 4 }, (_unused, index) => this.#value(type.ofType as GraphQLOutputType, inner, [...path, index], false));
    if (isObjectType(type)) return this.object(type, inner, path);
    if (isAbstractType(type)) {
      const possible = this.#options.schema.getPossibleTypes(type);
      const chosen = possible[this.#chance(path, 'type') % possible.length];
      if (chosen === undefined) throw new Error(`${type.name} has no types.`);
      return this.object(chosen, inner, path);
    }
    const isWrong = !isKey && this.#chance(path, 'wrong') < this.#options.manners.wrong;
    if (isWrong) return [12, 'text', true, 1.5, { a: 1 }, ['x']][this.#chance(path, 'as') % 6];
    if (isEnumType(type)) return type.getValues()[this.#chance(path, 'enum') % type.getValues().length]?.name;
    switch (getNamedType(type).name) {
      case 'Int':
        return this.#chance(path, 'int') - 50;
      case 'Float':
        return this.#chance(path, 'float') / 8;
      case 'Boolean':
        return this.#chance(path, 'boolean') % 2 === 0;
      default:
        return `${path.at(-1) ?? ''}-${this.#chance(path, 'text') % 7}`;
    }
  }

  #fault(path: Path): null {
    const code = ['FORBIDDEN', 'NOT_FOUND', undefined, 'INVALID_GRAPHQL'][this.#chance(path, 'code') % 4];
    // The department has nothing of the object; others may have.
    const isWhole = typeof path.at(-1) === 'number' && path.length === 2;
    const extensions = { ...(code === undefined ? {} : { code }), ...(isWhole ? { isWhole } : {}) };
    this.errors.push({ message: this.#chance(path, 'silent') < 10 ? '' : `No ${path.join('.')}.`, path: [...path], ...(Object.keys(extensions).length === 0 ? {} : { extensions }) });
    return null;
  }

  /** A number from 0 to 99 that depends on seed, question and place alone. */
  #chance(path: Path, what: string): number {
    return createHash('md5').update(`${this.#options.seed} ${path.join('.')} ${what}`).digest().readUInt32LE(0) % 100;
  }
}
