import { GraphQLError, type GraphQLFormattedError } from 'graphql';

const DOWNSTREAM_SERVICE_ERROR = 'DOWNSTREAM_SERVICE_ERROR';

/** Response keys, and `@` for "every item of the list". */
export type PlanPath = readonly string[];
type Path = readonly (string | number)[];

/** Every object at a path of the data that is there, in order; lists are followed, nulls left out. */
export function objectsAt(value: unknown, path: PlanPath): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  collect(value, path, 0, found);
  return found;
}

function collect(value: unknown, path: PlanPath, depth: number, found: Record<string, unknown>[]): void {
  if (value === null || value === undefined) return;
  const step = path[depth];
  if (Array.isArray(value)) {
    for (const item of value) collect(item, path, step === '@' ? depth + 1 : depth, found);
  } else if (typeof value === 'object') {
    const object = value as Record<string, unknown>; // a result's object
    if (step === undefined) found.push(object);
    else if (step !== '@' && Object.hasOwn(object, step)) collect(object[step], path, depth + 1, found);
  }
}

/** The places in the answer of every object at a path, in the order of `objectsAt`. */
export function placesAt(value: unknown, path: PlanPath): Path[] {
  const found: Path[] = [];
  collectPlaces(value, path, [], found);
  return found;
}

function collectPlaces(value: unknown, path: PlanPath, place: Path, found: Path[]): void {
  if (value === null || value === undefined) return;
  const [step, ...rest] = path;
  if (Array.isArray(value)) value.forEach((item, index) => collectPlaces(item, step === '@' ? rest : path, [...place, index], found));
  else if (typeof value !== 'object') return;
  else if (step === undefined) found.push(place);
  else if (step !== '@' && Object.hasOwn(value, step)) collectPlaces((value as Record<string, unknown>)[step], rest, [...place, step], found);
}

/**
 * A department's error as one of the whole answer: with the department's name, at its place there, and with the code
 * DOWNSTREAM_SERVICE_ERROR when the department gave none.
 */
export function errorOf({ message, path, extensions }: GraphQLFormattedError, { department, placeOf }: { department: string; placeOf: (path: Path) => Path }): GraphQLError {
  return new GraphQLError(message === '' ? `Error while fetching subquery from service "${department}"` : message, {
    path: path === undefined ? undefined : placeOf(path),
    extensions: { ...extensions, code: extensions?.['code'] || DOWNSTREAM_SERVICE_ERROR, serviceName: department },
  });
}
