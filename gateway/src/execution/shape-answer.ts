import { GraphQLError, type FieldNode } from 'graphql';
import type { FieldList, ObjectShape, ShapeField, ValueShape } from './client-shape.js';
import type { Stray } from './subgraph-result.js';
import { foundFault, isHeld, Lost, REST, type Fault, type Held, type Path } from './lost.js';

type Json = Record<string, unknown>;

/** A null where the schema allows none: it takes the object or list around it along. */
const INVALID = Symbol('invalid');

export interface ShapeOptions {
  /** Answers `__schema` and `__type`. */
  readonly introspect: (key: string, nodes: readonly FieldNode[]) => unknown;
  /** Errors beside values that are there. */
  readonly strays: readonly Stray[];
  /** So many errors are named one by one; the rest are counted. */
  readonly mostErrors: number;
}

export interface ShapedAnswer {
  readonly data: Json | null;
  readonly errors: readonly GraphQLError[];
  /** Errors beyond `mostErrors`. */
  readonly omitted: number;
}

/**
 * Makes the answer of an operation out of what the departments said: what the client asked for and no more, under its
 * names and in its order, checked against the schema. A null that the schema forbids takes the nearest place that may
 * be null; a value of another type than the schema says, one that is missing, and one that no department returned
 * become null with an error (GraphQL, October 2021, sections 6.3 and 6.4).
 */
export function shapeAnswer(shape: ObjectShape, input: Held, options: ShapeOptions): ShapedAnswer {
  const shaper = new Shaper(options);
  const data = shaper.root(shape, input);
  for (const { path, fault } of options.strays)
    for (const place of clientPlaces(shape, path)) shaper.note(fault, place);
  return { data, errors: shaper.errors, omitted: shaper.omitted };
}

class Shaper {
  readonly errors: GraphQLError[] = [];
  omitted = 0;
  readonly #options: ShapeOptions;
  readonly #path: (string | number)[] = [];

  constructor(options: ShapeOptions) {
    this.#options = options;
  }

  root(shape: ObjectShape, input: Held): Json | null {
    const list = shape.fieldsOf(undefined);
    return list === 'invalid' ? null : this.#fill(list, input);
  }

  note({ message, extensions }: Fault, path: Path): void {
    if (this.errors.length >= this.#options.mostErrors) this.omitted += 1;
    else this.errors.push(new GraphQLError(message, { path, extensions }));
  }

  /** The object as the client asked for it, or null when something in it must not be null. */
  #fill({ fields, isPlain, typeName }: FieldList, input: Held): Json | null {
    const output: Json = isPlain ? {} : (Object.create(null) as Json);
    for (const field of fields) {
      switch (field.kind) {
        case 'field': {
          this.#path.push(field.key);
          const value = this.#value(field.value, this.#read(field, input), field.coordinate);
          this.#path.pop();
          if (value === INVALID) return null;
          output[field.key] = value;
          break;
        }
        case 'typename':
          output[field.key] = typeName;
          break;
        case 'introspection':
          output[field.key] = this.#options.introspect(field.key, field.nodes);
          break;
      }
    }
    return output;
  }

  #read({ internal, isInherited, coordinate }: ShapeField & { kind: 'field' }, input: Held): unknown {
    const value = isInherited && !Object.hasOwn(input, internal) ? undefined : input[internal];
    return value === undefined
      ? (input[REST] ?? new Lost([foundFault(`No department answered ${coordinate}.`)]))
      : value;
  }

  #value(shape: ValueShape, input: unknown, coordinate: string): unknown {
    if (shape.kind === 'nonNull') {
      const value = this.#value(shape.of, input, coordinate);
      if (input === null) this.#fault(`Cannot return null for non-nullable field ${coordinate}.`);
      return value === null ? INVALID : value;
    }
    if (input === null) return null;
    if (input instanceof Lost) return this.#lost(input, shape);
    switch (shape.kind) {
      case 'list':
        return Array.isArray(input)
          ? this.#list(shape.of, input, coordinate)
          : this.#fault(`A department answered no list for ${coordinate}.`);
      case 'object':
        return this.#object(shape.shape, input, coordinate);
      case 'leaf': {
        const value = shape.test(input);
        return value === undefined
          ? this.#fault(`A department answered a value for ${coordinate} that is no ${shape.typeName}.`)
          : value;
      }
    }
  }

  #list(of: ValueShape, input: readonly unknown[], coordinate: string): unknown {
    let invalid = 0;
    const values = input.map((item, index) => {
      this.#path.push(index);
      const value = this.#value(of, item, coordinate);
      this.#path.pop();
      if (value === INVALID) invalid += 1;
      return value;
    });
    return invalid > 0 ? null : values;
  }

  #object(shape: ObjectShape, input: unknown, coordinate: string): unknown {
    if (!isHeld(input)) return this.#fault(`A department answered no object for ${coordinate}.`);
    const typename = input['__typename'];
    if (typename instanceof Lost) return this.#lost(typename, undefined);
    const list = shape.fieldsOf(typename ?? undefined);
    if (list === 'invalid')
      return this.#fault(
        `A department answered an object for ${coordinate} with a __typename that cannot stand there.`,
      );
    return this.#fill(list, input);
  }

  #lost({ faults }: Lost, shape: ValueShape | undefined): null {
    for (const fault of faults)
      this.note(fault, [...this.#path, ...(shape === undefined ? [] : (placesBelow(shape, fault.below)[0] ?? []))]);
    return null;
  }

  #fault(message: string): null {
    this.note(foundFault(message), [...this.#path]);
    return null;
  }
}

/**
 * Where the client sees an internal place: once for each of its names for it. What it did not ask for ends at what it
 * did.
 */
function clientPlaces(shape: ObjectShape, [step, ...rest]: Path): Path[] {
  if (typeof step !== 'string') return [[]];
  const fields = shape.fieldsNamed(step);
  return fields.length === 0
    ? [[]]
    : fields.flatMap(({ key, value }) => placesBelow(value, rest).map((place) => [key, ...place]));
}

function placesBelow(shape: ValueShape, path: Path): Path[] {
  if (shape.kind === 'nonNull') return placesBelow(shape.of, path);
  const [step, ...rest] = path;
  if (shape.kind === 'list')
    return typeof step === 'number' ? placesBelow(shape.of, rest).map((place) => [step, ...place]) : [[]];
  return shape.kind === 'object' ? clientPlaces(shape.shape, path) : [[]];
}
