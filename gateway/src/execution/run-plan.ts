import { GraphQLError } from 'graphql';
import type { GatewayContext } from '../request-context.js';
import { mark } from './asked-selection.js';
import { outagesIn, type Department } from './subgraph.js';
import type { DepartmentFields } from './subgraph-fields.js';
import { failed, lostAt, readTold, rootKeys, type Stray, type Told } from './subgraph-result.js';
import type { GraphTypes } from './graph-types.js';
import { foundFault, isHeld, Lost, toldFault, type Held, type Path } from './lost.js';
import { mergeInto } from './merge.js';
import { objectsAt, placesAt } from './places.js';
import type { PreparedFetch, Step } from './plan-steps.js';
import { lostNames, representationOf, rewrite } from './representation.js';
import { divideFetch, type DividedFetch } from './rest-of-fetch.js';

type Json = Record<string, unknown>;

export interface PlanRun {
  readonly departments: ReadonlyMap<string, Department>;
  readonly types: GraphTypes;
  readonly fields: DepartmentFields;
  readonly context: GatewayContext;
  /** The variables as the caller gave them; departments apply the defaults themselves. */
  readonly given: Readonly<Record<string, unknown>>;
  /** What departments said so far, by internal names; every exchange is merged into it. */
  readonly data: Held;
  /** Errors beside values that are there, at their internal places. */
  readonly strays: Stray[];
  /** Departments that did not respond. */
  readonly unavailable: Set<string>;
}

/**
 * Runs a query plan: asks the departments in its order, in parallel where it allows, and merges what they say into
 * `data`.
 */
export async function runPlan(step: Step, run: PlanRun): Promise<void> {
  switch (step.kind) {
    case 'sequence':
      for (const next of step.steps) await runPlan(next, run);
      return;
    case 'parallel':
      await Promise.all(step.steps.map((next) => runPlan(next, run)));
      return;
    case 'fetch':
      return step.fetch.requires === undefined
        ? fetchRoot(step.fetch, run)
        : fetchEntities(step.fetch, step.fetch.requires, run);
  }
}

async function fetchRoot(fetch: PreparedFetch, run: PlanRun): Promise<void> {
  const objects = objectsAt(run.data, fetch.path);
  if (objects.length === 0) return;
  const told = await ask(fetch, variablesOf(fetch, run), run);
  if (told.data === undefined) {
    for (const key of rootKeys(fetch.asked)) {
      const lost = lostAt(told.faults, [key]);
      for (const object of objects)
        mark(
          object,
          fetch.asked.filter((selection) => selection.kind === 'fragment' || selection.key === key),
          lost,
          run.types,
        );
    }
    return;
  }
  run.strays.push(...told.strays.map(({ path, fault }) => ({ path: [...fetch.path, ...path], fault })));
  rewrite(told.data, fetch.outputRewrites, run.types);
  for (const [index, object] of objects.entries())
    mergeInto(object, index === 0 ? told.data : structuredClone(told.data), fetch.asked, {
      department: fetch.department,
      types: run.types,
    });
}

/** An object that is asked about, and which of those at the place of the exchange it is. */
interface AskedObject {
  readonly object: Held;
  readonly number: number;
}

/** @param among the objects to ask about; undefined for all at the place. */
async function fetchEntities(
  fetch: PreparedFetch,
  requires: NonNullable<PreparedFetch['requires']>,
  run: PlanRun,
  among?: readonly AskedObject[],
): Promise<void> {
  const representations: Held[] = [];
  const asked: AskedObject[] = [];
  const withheld: (AskedObject & { readonly lost: Lost })[] = [];
  for (const { object, number } of among ??
    objectsAt(run.data, fetch.path).map((one, index) => ({ object: one, number: index }))) {
    const representation = representationOf(object, requires, run.types);
    if (representation instanceof Lost) withheld.push({ object, number, lost: representation });
    if (representation instanceof Lost || representation === undefined) continue;
    rewrite(representation, fetch.inputRewrites, run.types);
    // Of another type than the department is asked about: what else it requires may apply all the same.
    if (!run.fields.identifies(representation, fetch.department)) continue;
    representations.push(representation);
    asked.push({ object, number });
  }
  await Promise.all([
    askEntities(fetch, { asked, representations }, run),
    fetchTheRest(fetch, requires, withheld, run),
  ]);
}

/**
 * What rests on a value that is missing is missing for the same reason; the rest of the exchange is asked without it.
 */
async function fetchTheRest(
  fetch: PreparedFetch,
  requires: NonNullable<PreparedFetch['requires']>,
  withheld: readonly (AskedObject & { readonly lost: Lost })[],
  run: PlanRun,
): Promise<void> {
  const rests = new Map<string, { readonly divided: DividedFetch; readonly objects: AskedObject[] }>();
  for (const { object, number, lost } of withheld) {
    const names = lostNames(object, requires, run.types);
    const key = [...names].sort().join(' ');
    const { divided, objects } = rests.get(key) ?? { divided: divideFetch(fetch, names, run.fields), objects: [] };
    rests.set(key, { divided, objects });
    const canBeAsked = isAskable(object, divided, run);
    if (canBeAsked) objects.push({ object, number });
    mark(object, canBeAsked ? divided.left : fetch.asked, lost, run.types);
  }
  await Promise.all(
    [...rests.values()].flatMap(({ divided: { rest }, objects }) =>
      rest === undefined || objects.length === 0 ? [] : [fetchEntities(rest, rest.requires, run, objects)],
    ),
  );
}

function isAskable(object: Held, { rest }: DividedFetch, { fields, types }: PlanRun): boolean {
  const representation = rest === undefined ? undefined : representationOf(object, rest.requires, types);
  if (rest === undefined || representation === undefined || representation instanceof Lost) return false;
  rewrite(representation, rest.inputRewrites, types);
  return fields.identifies(representation, rest.department);
}

async function askEntities(
  fetch: PreparedFetch,
  { asked, representations }: { asked: readonly AskedObject[]; representations: readonly Held[] },
  run: PlanRun,
): Promise<void> {
  if (representations.length === 0) return;
  const told = await ask(fetch, { ...variablesOf(fetch, run), representations }, run);
  const entities = told.data?.['_entities'];
  if (told.data === undefined) {
    asked.forEach(({ object }, index) =>
      mark(object, fetch.asked, lostAt(told.faults, ['_entities', index]).elsewhere(), run.types),
    );
  } else if (Array.isArray(entities) && entities.length === asked.length) {
    asked.forEach(({ object }, index) => tell(object, entities[index], fetch, run));
    stray(told.strays, fetch, asked, run);
  } else {
    const lost =
      entities instanceof Lost
        ? entities.elsewhere()
        : new Lost([
            foundFault(
              `The department "${fetch.department}" was asked for ${asked.length} entities and answered ${Array.isArray(entities) ? String(entities.length) : 'no list'}.`,
              fetch.department,
            ),
          ]);
    for (const { object } of asked) mark(object, fetch.asked, lost, run.types);
  }
}

/**
 * Adds what a department said of one entity to what is known of it. Null: an entity that the department does not know.
 */
function tell(object: Held, entity: unknown, fetch: PreparedFetch, { types }: PlanRun): void {
  if (!isHeld(entity)) {
    const missing =
      entity instanceof Lost
        ? entity.elsewhere()
        : new Lost([
            foundFault(
              `The department "${fetch.department}" answered something else than an entity.`,
              fetch.department,
            ),
          ]);
    mark(object, fetch.asked, entity === null ? null : missing, types);
    return;
  }
  entity['__typename'] ??= object['__typename'];
  rewrite(entity, fetch.outputRewrites, types);
  mergeInto(object, entity, fetch.asked, { department: fetch.department, types });
}

/** Notes errors beside values of entities at the places of those entities. */
function stray(
  strays: readonly Stray[],
  fetch: PreparedFetch,
  asked: readonly { readonly number: number }[],
  run: PlanRun,
): void {
  if (strays.length === 0) return;
  const places = placesAt(run.data, fetch.path);
  for (const {
    path: [, index, ...rest],
    fault,
  } of strays) {
    const place: Path | undefined = typeof index === 'number' ? places[asked[index]?.number ?? -1] : undefined;
    run.strays.push({
      path: place === undefined ? fetch.path.filter((step) => step !== '@') : [...place, ...rest],
      fault,
    });
  }
}

function variablesOf({ variables }: PreparedFetch, { given }: PlanRun): Json {
  const used: Json = {};
  for (const name of variables) if (Object.hasOwn(given, name) && given[name] !== undefined) used[name] = given[name];
  return used;
}

async function ask(fetch: PreparedFetch, variables: Json, run: PlanRun): Promise<Told> {
  const department = run.departments.get(fetch.department);
  if (department === undefined)
    return failed(
      foundFault(
        `The supergraph names a department "${fetch.department}" that the gateway does not know.`,
        fetch.department,
      ),
    );
  try {
    const answer = await department.ask({
      query: fetch.query,
      document: fetch.document,
      variables,
      context: run.context,
    });
    for (const name of outagesIn(answer.errors, fetch.department)) run.unavailable.add(name);
    return readTold(answer, fetch.department);
  } catch (error) {
    return failed(
      error instanceof GraphQLError
        ? toldFault(error, fetch.department)
        : foundFault(error instanceof Error ? error.message : String(error), fetch.department),
    );
  }
}
