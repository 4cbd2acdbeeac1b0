import {
  getNamedType,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { fieldOf, needsType, type FoldedField, type FoldedSelection } from './folded-operation.js';
import { leafTest, type LeafTest } from './leaf-values.js';

/** What the client's document makes of one field, prepared. */
export type ShapeField =
  | { readonly kind: 'typename'; readonly key: string }
  | { readonly kind: 'introspection'; readonly key: string; readonly nodes: readonly FieldNode[] }
  | {
      readonly kind: 'field';
      /** The client's response key. */
      readonly key: string;
      /** Where the value stands in what the departments said. */
      readonly internal: string;
      /** Plain objects have that name without owning it. */
      readonly isInherited: boolean;
      readonly value: ValueShape;
      /** `Type.field`, for messages. */
      readonly coordinate: string;
    };

export type ValueShape =
  | { readonly kind: 'nonNull'; readonly of: ValueShape; readonly typeName: string }
  | { readonly kind: 'list'; readonly of: ValueShape; readonly typeName: string }
  | { readonly kind: 'object'; readonly shape: ObjectShape; readonly typeName: string }
  | { readonly kind: 'leaf'; readonly test: LeafTest; readonly typeName: string };

/** The fields of an object in the order in which the client asked for them. */
export interface FieldList {
  /** The type that `__typename` gives; undefined where it is not known and not asked for. */
  readonly typeName: string | undefined;
  readonly fields: readonly ShapeField[];
  /** No response key is a name that objects inherit: a plain object can hold the answer. */
  readonly isPlain: boolean;
}

/**
 * How an object's type is determined by its `__typename`: the fields for it, or `invalid` when no such object can stand
 * there.
 */
type Told = FieldList | 'invalid';

const inherited = (key: string): boolean => key in Object.prototype;

/**
 * What the client asks of the objects at one place of the answer: the selections of all fields that answer under one
 * key there. Fields are collected for each type of object when the first comes, and kept (GraphQL, October 2021,
 * section 6.3.2).
 */
export class ObjectShape {
  readonly #schema: GraphQLSchema;
  readonly #type: GraphQLCompositeType;
  readonly #groups: readonly (readonly FoldedSelection[])[];
  readonly #known = new Map<unknown, Told>();

  constructor(schema: GraphQLSchema, type: GraphQLCompositeType, groups: readonly (readonly FoldedSelection[])[]) {
    this.#schema = schema;
    this.#type = type;
    this.#groups = groups;
  }

  /** The fields of an object that says of itself that it is a `typename`; undefined when it does not say. */
  fieldsOf(typename: unknown): Told {
    const known = this.#known.get(typename);
    if (known !== undefined) return known;
    const found = this.#read(typename);
    // What departments invent is not kept: there is no end to it.
    if (found !== 'invalid') this.#known.set(typename, found);
    return found;
  }

  /**
   * A field by its internal name, whatever the type of the object; all of them when the client asks for it several
   * times.
   */
  fieldsNamed(internal: string): readonly { readonly key: string; readonly value: ValueShape }[] {
    const keys = new Map<string, FoldedField[]>();
    for (const [key, fields] of this.#collect(() => true)) {
      const same = fields.filter((field) => field.internal === internal);
      if (same.length > 0) keys.set(key, same);
    }
    return [...keys].flatMap(([key, fields]) => {
      const shaped = fields[0] === undefined ? undefined : this.#field(fields[0].parent, key, fields);
      return shaped?.kind === 'field' ? [{ key, value: shaped.value }] : [];
    });
  }

  #read(typename: unknown): Told {
    if (isObjectType(this.#type))
      return this.#accepts(typename, this.#type.name) ? this.#list(this.#type, this.#type.name) : 'invalid';
    if (!this.#groups.some((selections) => needsType(this.#type, selections)))
      return this.#isPossible(typename) ? this.#list(this.#type, undefined) : 'invalid';
    const type = typeof typename === 'string' ? this.#schema.getType(typename) : undefined;
    return isObjectType(type) && this.#isPossible(typename) ? this.#list(type, type.name) : 'invalid';
  }

  /** An object may call itself by an interface's name where a department knows only that (`@interfaceObject`). */
  #accepts(typename: unknown, own: string): boolean {
    if (typename === undefined || typename === own) return true;
    const told = typeof typename === 'string' ? this.#schema.getType(typename) : undefined;
    return isInterfaceType(told) && isObjectType(this.#type) && this.#schema.isSubType(told, this.#type);
  }

  #isPossible(typename: unknown): boolean {
    if (typename === undefined || typename === this.#type.name) return true;
    const told = typeof typename === 'string' ? this.#schema.getType(typename) : undefined;
    if (isObjectType(this.#type)) return told === this.#type;
    return (isObjectType(told) || isInterfaceType(told)) && this.#schema.isSubType(this.#type, told);
  }

  #list(type: GraphQLCompositeType, typeName: string | undefined): FieldList {
    const fields = [...this.#collect((on) => on === type)].map(([key, selected]) => this.#field(type, key, selected));
    return { typeName, fields, isPlain: fields.every(({ key }) => !inherited(key)) };
  }

  #collect(applies: (on: GraphQLCompositeType) => boolean): Map<string, FoldedField[]> {
    const found = new Map<string, FoldedField[]>();
    const collect = (selections: readonly FoldedSelection[]): void => {
      for (const selection of selections) {
        if (selection.kind === 'fragment') {
          if (applies(selection.on)) collect(selection.selections);
          continue;
        }
        const same = found.get(selection.key);
        if (same === undefined) found.set(selection.key, [selection]);
        else same.push(selection);
      }
    };
    this.#groups.forEach(collect);
    return found;
  }

  #field(type: GraphQLCompositeType, key: string, selected: readonly FoldedField[]): ShapeField {
    const [first] = selected;
    if (first === undefined) throw new Error(`Nothing is selected under ${key}.`);
    const { value: name } = first.node.name;
    if (name === '__typename') return { kind: 'typename', key };
    if (name.startsWith('__')) return { kind: 'introspection', key, nodes: selected.map(({ node }) => node) };
    const definition = fieldOf(type, name) ?? fieldOf(first.parent, name);
    if (definition === undefined)
      throw new Error(`${type.name} has no field ${name}: the operation was not validated.`);
    const value = valueShape(
      this.#schema,
      definition.type,
      selected.map(({ selections = [] }) => selections),
    );
    return {
      kind: 'field',
      key,
      internal: first.internal,
      isInherited: inherited(first.internal),
      value,
      coordinate: `${type.name}.${name}`,
    };
  }
}

function valueShape(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  groups: readonly (readonly FoldedSelection[])[],
): ValueShape {
  const typeName = String(type);
  if (isNonNullType(type)) return { kind: 'nonNull', of: valueShape(schema, type.ofType, groups), typeName };
  if (isListType(type)) return { kind: 'list', of: valueShape(schema, type.ofType, groups), typeName };
  if (isCompositeType(type)) return { kind: 'object', shape: new ObjectShape(schema, type, groups), typeName };
  return {
    kind: 'leaf',
    test: leafTest(isEnumType(type) || isSpecifiedScalarType(type) ? type : getNamedType(type)),
    typeName,
  };
}
