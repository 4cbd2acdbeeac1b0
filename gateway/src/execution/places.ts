import { isHeld, type Held, type Path } from './lost.js';

/** Internal names, and `@` for "every item of the list". */
export type PlanPath = readonly string[];

/** Every object at a path of the data that is there, in order; lists are followed, what is null or missing left out. */
export function objectsAt(value: unknown, path: PlanPath): Held[] {
  const found: Held[] = [];
  collect(value, path, 0, found);
  return found;
}

function collect(value: unknown, path: PlanPath, depth: number, found: Held[]): void {
  const step = path[depth];
  if (Array.isArray(value)) {
    for (const item of value) collect(item, path, step === '@' ? depth + 1 : depth, found);
  } else if (isHeld(value)) {
    if (step === undefined) found.push(value);
    else if (step !== '@' && Object.hasOwn(value, step)) collect(value[step], path, depth + 1, found);
  }
}

/** The places of every object at a path, in the order of `objectsAt`. */
export function placesAt(value: unknown, path: PlanPath): Path[] {
  const found: Path[] = [];
  collectPlaces(value, path, [], found);
  return found;
}

function collectPlaces(value: unknown, path: PlanPath, place: Path, found: Path[]): void {
  const [step, ...rest] = path;
  if (Array.isArray(value))
    value.forEach((item, index) => collectPlaces(item, step === '@' ? rest : path, [...place, index], found));
  else if (!isHeld(value)) return;
  else if (step === undefined) found.push(place);
  else if (step !== '@' && Object.hasOwn(value, step)) collectPlaces(value[step], rest, [...place, step], found);
}
