import { ERRORS, isCompositeType, isObjectType, typenameFieldName, type CompositeType, type FieldSelection, type Schema } from '@apollo/federation-internals';
import type { GraphQLError } from 'graphql';
import { objectWithin, type AnswerShape, type ObjectShape, type ValueShape } from './answer-shape.js';

type Json = Record<string, unknown>;

/** A value that broke the schema: null stands in its place, and the fault is noted already. */
const BROKEN = Symbol('broken');
/** A null where the schema allows none: it takes the object or list around it along. */
const INVALID = Symbol('invalid');

export interface ShapeOptions {
  readonly schema: Schema;
  /** Values of the operation's variables, defaults included. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Answers `__schema` and `__type`. */
  readonly introspect: (selection: FieldSelection) => unknown;
}

export interface ShapedAnswer {
  readonly data: Json | null;
  /** Values that departments answered against the schema. */
  readonly broken: readonly GraphQLError[];
}

/**
 * Makes the answer of an operation out of what the departments said: what was asked for and no more, in the order in which it
 * was asked, checked against the schema. A null that the schema forbids takes the nearest place that may be null, and a value
 * of another type than the schema says becomes null (GraphQL, October 2021, section 6.4.3 and 6.4.4).
 */
export function shapeAnswer(shape: AnswerShape, input: Json, options: ShapeOptions): ShapedAnswer {
  const shaper = new Shaper(shape, options);
  const data = shaper.emptyObject();
  return { data: shaper.fill(data, shape, input, shape.rootType) ? data : null, broken: shaper.broken };
}

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

class Shaper {
  readonly broken: GraphQLError[] = [];
  readonly #isPlain: boolean;
  readonly #options: ShapeOptions;
  readonly #path: (string | number)[] = [];

  constructor({ isPlain }: AnswerShape, options: ShapeOptions) {
    this.#isPlain = isPlain;
    this.#options = options;
  }

  emptyObject(): Json {
    return this.#isPlain ? {} : (Object.create(null) as Json);
  }

  /** Adds what the shape asks for to `output`, which may hold parts of it already. False when the object becomes null. */
  fill(output: Json, { selections }: ObjectShape, input: Json, parent: CompositeType): boolean {
    const { variables } = this.#options;
    for (const selection of selections) {
      if (selection.counts !== undefined && !selection.counts(variables)) continue;
      switch (selection.kind) {
        case 'field': {
          const { key } = selection;
          const found = selection.isInherited && !Object.hasOwn(input, key) ? undefined : input[key];
          this.#path.push(key);
          const value = this.#value(selection.value, found ?? null, output[key], parent);
          this.#path.pop();
          output[key] = typeof value === 'symbol' ? null : value;
          if (value === INVALID) return false;
          break;
        }
        case 'fragment':
          if (selection.applies(input[typenameFieldName], parent) && !this.fill(output, selection.shape, input, selection.condition ?? parent)) return false;
          break;
        case 'typename': {
          const name = this.#typename(selection.key, input, parent);
          if (name === undefined) return false;
          output[selection.key] ??= name;
          break;
        }
        case 'introspection':
          output[selection.key] ??= this.#options.introspect(selection.selection);
          break;
      }
    }
    return true;
  }

  #typename(key: string, input: Json, parent: CompositeType): string | undefined {
    const told = (Object.hasOwn(input, key) ? input[key] : undefined) ?? input[typenameFieldName];
    const type = (typeof told === 'string' ? this.#options.schema.type(told) : undefined) ?? parent;
    return isObjectType(type) ? type.name : undefined;
  }

  #value(shape: ValueShape, input: unknown, output: unknown, parent: CompositeType): unknown {
    // The same key asked for twice: a null stays, a leaf is there already.
    if (output === null || (output !== undefined && objectWithin(shape) === undefined)) return output;
    if (shape.kind === 'nonNull') {
      const value = this.#value(shape.of, input, output, parent);
      if (value === null) this.#fault(`Cannot return null for non-nullable ${this.#place(shape.of.typeName, parent)}.`);
      return value === null || value === BROKEN ? INVALID : value;
    }
    if (input === null) return null;
    switch (shape.kind) {
      case 'list':
        return this.#list(shape.of, shape.typeName, input, output, parent);
      case 'object':
        return this.#object(shape, input, output, parent);
      case 'leaf':
        return shape.isValid(input) ? input : this.#fault(`Invalid value found for ${this.#place(shape.typeName, parent)}.`);
    }
  }

  #list(of: ValueShape, typeName: string, input: unknown, output: unknown, parent: CompositeType): unknown {
    if (!Array.isArray(input) || (output !== undefined && (!Array.isArray(output) || output.length !== input.length))) return this.#fault(`Invalid value found for ${this.#place(typeName, parent)}.`);
    const before: readonly unknown[] | undefined = output;
    const values = input.map((item: unknown, index) => {
      this.#path.push(index);
      const value = this.#value(of, item ?? null, before?.[index], parent);
      this.#path.pop();
      return value === BROKEN ? null : value;
    });
    return values.includes(INVALID) ? BROKEN : values;
  }

  #object({ type, typeName, shape }: ValueShape & { kind: 'object' }, input: unknown, output: unknown, parent: CompositeType): unknown {
    if (!isRecord(input)) return this.#fault(`Invalid value found for ${this.#place(typeName, parent)}.`);
    const told = input[typenameFieldName];
    let runtime = type;
    if (told !== undefined && told !== null && told !== '' && told !== type.name) {
      const found = typeof told === 'string' ? this.#options.schema.type(told) : undefined;
      if (found === undefined || !isCompositeType(found)) return this.#fault(`Invalid __typename found for object at ${this.#place(typeName, parent)}.`);
      runtime = found;
    }
    const object = isRecord(output) ? output : this.emptyObject();
    return this.fill(object, shape, input, runtime) ? object : BROKEN;
  }

  #fault(message: string): typeof BROKEN {
    this.broken.push(ERRORS.INVALID_GRAPHQL.err(message, { path: [...this.#path] }));
    return BROKEN;
  }

  #place(typeName: string, parent: CompositeType): string {
    const last = this.#path.at(-1);
    return typeof last === 'number' ? `array element of type ${typeName} at index ${last}` : `field ${parent.name}.${last ?? ''}`;
  }
}
