import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { leafTest, type LeafTest } from './leaf-values.js';

/** The form that values of a field have. */
export type ValueForm =
  | { readonly kind: 'nonNull' | 'list'; readonly of: ValueForm }
  | { readonly kind: 'object' }
  | { readonly kind: 'leaf'; readonly test: LeafTest };

/** What the graph says of a field's values. */
export interface FieldForm {
  /** The type of single values, lists and non-null taken away. */
  readonly typeName: string;
  /** The whole type, as it is written. */
  readonly type: string;
  readonly form: ValueForm;
}

/** Questions about the types of the whole graph, hidden ones included. */
export class GraphTypes {
  readonly #schema: GraphQLSchema;
  readonly #known = new Map<string, boolean>();
  /** By type and field: looked up for every value that one department gets of another's. */
  readonly #forms = new Map<string, Map<string, FieldForm>>();

  constructor(supergraph: GraphQLSchema) {
    this.#schema = supergraph;
  }

  /** Whether an object of type `name` (or an interface of that name) is of the type `condition`. */
  isOf(name: string, condition: string): boolean {
    if (name === condition) return true;
    const key = `${name} ${condition}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const [type, wanted] = [this.#schema.getType(name), this.#schema.getType(condition)];
    // A name that is no type of the graph is a department's invention and not kept.
    if (!isObjectType(type) && !isInterfaceType(type)) return false;
    const found = isAbstractType(wanted) && this.#schema.isSubType(wanted, type);
    this.#known.set(key, found);
    return found;
  }

  isAbstract(name: string): boolean {
    return isAbstractType(this.#schema.getType(name));
  }

  /** Undefined where the graph has no such field. */
  fieldForm(typeName: string | undefined, field: string): FieldForm | undefined {
    if (typeName === undefined) return undefined;
    return this.#forms.get(typeName)?.get(field) ?? this.#readForm(typeName, field);
  }

  #readForm(typeName: string, field: string): FieldForm | undefined {
    const type = this.#schema.getType(typeName);
    if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
    const fields = type.getFields();
    const found = Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (found === undefined) return undefined;
    const form = { typeName: getNamedType(found.type).name, type: String(found.type), form: valueForm(found.type) };
    const known = this.#forms.get(typeName) ?? new Map<string, FieldForm>();
    this.#forms.set(typeName, known.set(field, form));
    return form;
  }
}

function valueForm(type: GraphQLOutputType): ValueForm {
  if (isNonNullType(type)) return { kind: 'nonNull', of: valueForm(type.ofType) };
  if (isListType(type)) return { kind: 'list', of: valueForm(type.ofType) };
  return isCompositeType(type) ? { kind: 'object' } : { kind: 'leaf', test: leafTest(type) };
}
