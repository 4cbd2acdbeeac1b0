import { Kind, parse, type ASTNode } from 'graphql';
import type { Fault, FaultPlace } from './report.js';

/** A department's schema, by the name under which faults speak of it. */
export interface NamedSdl {
  readonly name: string;
  readonly sdl: string;
}

/** Words that are no type's, though a fault may quote them. */
const COORDINATE = /\b([_A-Za-z]\w*)(?:\.([_A-Za-z]\w*))?/g;
/** What cannot be parsed: the composition says where. */
const UNREADABLE = /^([\w-]+): .* \(line (\d+)\)$/s;
/** A fault between two departments names at most a handful of places. */
const MOST_PLACES = 6;

/**
 * Finds where the faults of a composition can be mended: the definitions that a fault speaks of, in the departments
 * that it names, or in all that have them when it names none.
 */
export function faultPlaces(problems: readonly string[], schemas: readonly NamedSdl[]): Fault[] {
  const lines = new Map(schemas.map(({ name, sdl }) => [name, definedIn(sdl)]));
  return problems.map((message) => {
    const [, author = '', syntaxLine] = UNREADABLE.exec(message) ?? [];
    if (syntaxLine !== undefined)
      return { message, places: [{ department: author, coordinate: null, line: Number(syntaxLine) }] };
    const named = schemas.filter(({ name }) => namesDepartment(message, name)).map(({ name }) => name);
    const among = named.length > 0 ? named : schemas.map(({ name }) => name);
    const found = new Map<string, FaultPlace>();
    for (const [whole, type = '', field] of message.matchAll(COORDINATE)) {
      if (found.size >= MOST_PLACES) break;
      for (const department of among) {
        const line = lines.get(department)?.get(field === undefined ? type : whole);
        if (line !== undefined) found.set(`${department} ${whole}`, { department, coordinate: whole, line });
      }
    }
    return { message, places: mostExact([...found.values()], named) };
  });
}

/** A field tells more than its type; a department that is named without a definition is told all the same. */
function mostExact(places: readonly FaultPlace[], named: readonly string[]): FaultPlace[] {
  const exact = places.filter(
    (place) => !places.some((other) => other !== place && other.coordinate?.startsWith(`${place.coordinate ?? ''}.`)),
  );
  const without = named.filter((department) => exact.every((place) => place.department !== department));
  return [...exact, ...without.map((department) => ({ department, coordinate: null, line: null }))];
}

const namesDepartment = (message: string, name: string): boolean =>
  message.includes(`[${name}]`) ||
  message.includes(`"${name}"`) ||
  message.startsWith(`${name}:`) ||
  new RegExp(`\\((?:[\\w-]+, )*${name}(?:, [\\w-]+)*\\)\\.?$`).test(message);

/** Line of each type and of each of its members; empty for what cannot be parsed. */
function definedIn(sdl: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const note = (coordinate: string, node: ASTNode): void => {
    const line = node.loc?.startToken.line;
    if (line !== undefined && !lines.has(coordinate)) lines.set(coordinate, line);
  };
  let definitions: ReturnType<typeof parse>['definitions'];
  try {
    ({ definitions } = parse(sdl));
  } catch {
    return lines;
  }
  for (const definition of definitions) {
    if (!('name' in definition) || definition.name === undefined) continue;
    if (definition.kind === Kind.DIRECTIVE_DEFINITION) continue;
    note(definition.name.value, definition.name);
    const members = 'fields' in definition ? definition.fields : 'values' in definition ? definition.values : [];
    for (const member of members ?? []) note(`${definition.name.value}.${member.name.value}`, member.name);
  }
  return lines;
}
