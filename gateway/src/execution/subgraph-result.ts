import type { GraphQLFormattedError } from 'graphql';
import type { AskedSelection } from './asked-selection.js';
import type { DepartmentAnswer } from './subgraph.js';
import { foundFault, isHeld, Lost, toldFault, type Fault, type Held, type Path } from './lost.js';

/** An error beside a value that is there. */
export interface Stray {
  /** By internal names, from the root of the exchange. */
  readonly path: Path;
  readonly fault: Fault;
}

/** What a department said, its errors at the values that are missing because of them. */
export type Told =
  | { readonly data: Held; readonly strays: readonly Stray[] }
  | { readonly data: undefined; readonly faults: readonly PathedFault[] };

interface PathedFault {
  readonly path: Path;
  readonly fault: Fault;
}

/** Reads a response. Whatever a department sends is a value or an error; nothing of it is dropped. */
export function readTold({ data, errors }: DepartmentAnswer, department: string): Told {
  const given: unknown = errors ?? [];
  if (!Array.isArray(given))
    return failed(foundFault(`The department "${department}" answered errors that are no list.`, department));
  const faults = given.map((error: unknown) => pathed(error, department));
  if (!isHeld(data))
    return faults.length > 0
      ? { data: undefined, faults }
      : failed(foundFault(`The department "${department}" answered neither data nor errors.`, department));
  return { data, strays: faults.flatMap((fault) => attach(data, fault)) };
}

export function failed(fault: Fault): Told {
  return { data: undefined, faults: [{ path: [], fault }] };
}

function pathed(error: unknown, department: string): PathedFault {
  if (typeof error !== 'object' || error === null)
    return { path: [], fault: foundFault('An error without a message.', department) };
  const { message, path, extensions } = error as Partial<GraphQLFormattedError>;
  return {
    path: Array.isArray(path) ? (path as Path) : [],
    fault: toldFault(
      { message: typeof message === 'string' ? message : '', ...(isHeld(extensions) ? { extensions } : {}) },
      department,
    ),
  };
}

/**
 * Puts an error at the null that it is about, or on the way to it; where there is none, the error stands beside a
 * value.
 */
function attach(data: Held, { path, fault }: PathedFault): Stray[] {
  if (path.length === 0) return attachToNulls(data, fault);
  let place: unknown = data;
  for (const [at, step] of path.entries()) {
    const isOn = Array.isArray(place) ? typeof step === 'number' : isHeld(place);
    if (!isOn) return [{ path: path.slice(0, at), fault }];
    const holder = place as Record<string | number, unknown>; // an object or list of JSON
    const value = Object.hasOwn(holder, step) ? holder[step] : undefined;
    const missing = { ...fault, below: path.slice(at + 1) };
    if (value instanceof Lost) {
      value.faults.push(missing);
      return [];
    }
    if (value === null || value === undefined) {
      holder[step] = new Lost([missing]);
      return [];
    }
    place = value;
  }
  return [{ path, fault }];
}

/** An error that does not say where: it is about what is null at the top of the answer, or of its entities. */
function attachToNulls(data: Held, fault: Fault): Stray[] {
  let placed = 0;
  const fill = (object: Held): void => {
    for (const [key, value] of Object.entries(object)) {
      if (value !== null) continue;
      object[key] = new Lost([fault]);
      placed += 1;
    }
  };
  fill(data);
  const entities = data['_entities'];
  if (Array.isArray(entities)) {
    entities.forEach((entity: unknown, index) => {
      if (isHeld(entity)) fill(entity);
      if (entity !== null) return;
      entities[index] = new Lost([fault]);
      placed += 1;
    });
  }
  return placed > 0 ? [] : [{ path: [], fault }];
}

/** What a failed exchange leaves for a root field: the errors about that field, or else all of them. */
export function lostAt(faults: readonly PathedFault[], prefix: Path): Lost {
  const own = faults.filter(({ path }) => prefix.every((step, index) => path[index] === step));
  if (own.length === 0) return new Lost(faults.map(({ fault }) => fault));
  return new Lost(own.map(({ path, fault }) => ({ ...fault, below: path.slice(prefix.length) })));
}

/** Names of the root fields of a question. */
export function rootKeys(asked: AskedSelection): string[] {
  return asked.flatMap((selection) => (selection.kind === 'field' ? [selection.key] : rootKeys(selection.inner)));
}
