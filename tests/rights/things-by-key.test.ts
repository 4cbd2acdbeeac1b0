import { Kind } from 'graphql';
import { departmentNames } from '../support/departments.js';
import { readTypes, table } from './support/try-reads.js';
import type { World } from './support/world.js';
import { casesWorld } from './support/worlds/cases.js';
import { creditWorld } from './support/worlds/credit.js';
import { enterprisesWorld } from './support/worlds/enterprises.js';
import { policiesWorld } from './support/worlds/policies.js';

const PURPOSE = '核实同一项目的其他材料';
const OPENERS: Readonly<Record<string, (file: string) => Promise<World>>> = {
  enterprises: enterprisesWorld,
  cases: casesWorld,
  policies: policiesWorld,
  credit: creditWorld,
};
/** The kind of a refusal, and what would help; its words are compared apart. */
const refusalIn = (
  extensions: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, unknown>> | null => {
  if (extensions === undefined) return null;
  const words = extensions['reason'] === 'PURPOSE_REQUIRED' ? ['zh', 'parameters'] : ['zh', 'parameters', 'reason'];
  return Object.fromEntries(Object.entries(extensions).filter(([name]) => !words.includes(name)));
};
const NOTHING = { seen: null, refused: null };

/** What stands in an answer at the place of the thing: whether it is shown, and the error there. */
interface Told {
  readonly seen: 'thing' | null;
  readonly refused: Readonly<Record<string, unknown>> | null;
}

/** What a caller whose mark is `mark` is told of a key. */
function expected(
  caller: string,
  mark: string,
  { exists, withPurpose }: { exists: boolean; withPurpose: boolean },
): Told {
  if (mark === 'a') return exists ? { seen: 'thing', refused: null } : NOTHING;
  if (exists && (mark === 'o' || (mark === 'p' && withPurpose))) return { seen: 'thing', refused: null };
  if (caller === 'nobody') return { seen: null, refused: { code: 'UNAUTHENTICATED' } };
  const wouldHelp = OPENED.has(caller) && !withPurpose;
  return { seen: null, refused: wouldHelp ? { code: 'FORBIDDEN', reason: 'PURPOSE_REQUIRED' } : { code: 'FORBIDDEN' } };
}

/** Officers of the government, to whom a purpose opens what is opened at all. */
const OPENED = new Set(['officer, concerned', 'officer, another']);

function waysTo(
  type: string,
  key: string,
  { root, isEntity }: { root?: string | undefined; isEntity: boolean },
): Record<string, { query: string; read: (data: Record<string, unknown>) => unknown }> {
  return {
    ...(isEntity
      ? {
          reference: {
            query: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${key} } } }`,
            read: (data) => (data['_entities'] as unknown[])[0],
          },
        }
      : {}),
    ...(root === undefined
      ? {}
      : {
          [root]: {
            query: `query ($key: ID!) { ${root}(${key}: $key) { ${key} } }`,
            read: (data: Record<string, unknown>) => data[root],
          },
        }),
  };
}

const rows = Object.entries(table.things).flatMap(([department, things]) =>
  Object.entries(things).map(([type, thing]) => ({ department, type, ...thing })),
);

describe('a thing by its key', () => {
  const worlds = new Map<string, World>();
  beforeAll(async () => {
    for (const [department, open] of Object.entries(OPENERS)) worlds.set(department, await open(import.meta.url));
  }, 300_000);
  afterAll(async () => {
    for (const world of worlds.values()) await world.close();
  });

  it.each(rows)(
    'of $department, $type, is shown or refused alike by every way and to every caller, whether it exists or not',
    async ({ department, type, key, may, ...how }) => {
      const world = worlds.get(department);
      const keys = world?.keys[type];
      if (world === undefined || keys === undefined) throw new Error(`The world of ${department} has no ${type}.`);
      const isOpened = may.includes('p');
      const told: Record<string, unknown> = {};
      const wanted: Record<string, unknown> = {};
      const refusals: Record<'there' | 'not there', string[]> = { there: [], 'not there': [] };
      for (const [way, { query, read }] of Object.entries(waysTo(type, key, how))) {
        for (const [index, caller] of table.callers.entries()) {
          for (const withPurpose of [false, true]) {
            for (const exists of [true, false]) {
              const actor = world.callers[caller] ?? null;
              const id = exists ? keys.found : keys.none;
              const { data, errors = [] } = await world.ask(
                query,
                { of: [{ __typename: type, [key]: id }], key: id },
                actor && withPurpose ? { ...actor, purpose: PURPOSE } : actor,
              );
              const value = data === null || data === undefined ? null : read(data as Record<string, unknown>);
              const name = `${way}, ${caller}, ${withPurpose ? 'with' : 'without'} a purpose, ${exists ? 'there' : 'not there'}`;
              const mark = may.charAt(index);
              const want = expected(caller, mark, { exists, withPurpose });
              const refused = errors[0]?.message.replaceAll(id, 'KEY');
              if (want.refused !== null && refused !== undefined)
                refusals[exists ? 'there' : 'not there'].push(`${name.slice(0, name.lastIndexOf(','))}: ${refused}`);
              told[name] = { seen: value === null ? null : 'thing', refused: refusalIn(errors[0]?.extensions) };
              wanted[name] =
                want.refused?.['reason'] !== undefined && !isOpened
                  ? { ...want, refused: { code: 'FORBIDDEN' } }
                  : want;
            }
          }
        }
      }
      expect(told).toEqual(wanted);
      // In the same words, too: of whoever may read neither, and of whoever may read the one that is there.
      expect(refusals['not there']).toEqual(expect.arrayContaining(refusals.there));
    },
  );
});

describe('the table of things by their key', () => {
  it('has a row for every entity of the graph', () => {
    const entities = departmentNames.flatMap((department) =>
      readTypes(department)
        .filter(({ directives = [] }) => directives.some(({ name }) => name.value === 'key'))
        .map(({ name }) => name.value),
    );
    expect(
      rows
        .filter(({ isEntity }) => isEntity)
        .map(({ type }) => type)
        .toSorted(),
    ).toEqual([...new Set(entities)].toSorted());
  });

  it('names a key that the type has, for as many callers as there are', () => {
    for (const { department, type, key, may } of rows) {
      const declared = readTypes(department).find(({ name }) => name.value === type)?.fields ?? [];
      const of = declared.find(({ name }) => name.value === key)?.type;
      expect([type, of?.kind, may.length]).toEqual([type, Kind.NON_NULL_TYPE, table.callers.length]);
    }
  });
});
