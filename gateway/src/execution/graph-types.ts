import { getNamedType, isAbstractType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';

/** Questions about the types of the whole graph, hidden ones included. */
export class GraphTypes {
  readonly #schema: GraphQLSchema;
  readonly #known = new Map<string, boolean>();

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

  /** The name of the type of a field's values, lists and non-null taken away. */
  typeOfField(typeName: string | undefined, field: string): string | undefined {
    const type = typeName === undefined ? undefined : this.#schema.getType(typeName);
    if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
    const fields = type.getFields();
    const found = Object.hasOwn(fields, field) ? fields[field] : undefined;
    return found === undefined ? undefined : getNamedType(found.type).name;
  }
}
