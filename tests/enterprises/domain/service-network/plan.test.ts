import fc from 'fast-check';
import {
  assignmentReason,
  planAssignment,
  planDigest,
  qualifies,
  type Entity,
  type Officer,
  type Plan,
} from '../../../../subgraphs/enterprises/src/domain/service-network/assignment.js';
import {
  revenueOf,
  SERVICE_CLASSES,
  SERVICE_TEAMS,
  serviceTeam,
} from '../../../../subgraphs/enterprises/src/domain/service-network/service-class.js';

const REGIONS = ['421202', '421281'];
const TEAMS = ['INDUSTRY', 'SERVICES'] as const;
const CLASSES = ['OVER_100_MILLION', 'SMALL_AND_MICRO'] as const;
const DEPARTMENTS = ['JXJ', 'RSJ'];

const entities = (of: {
  readonly regions: readonly (string | null)[];
  readonly teams: readonly Entity['team'][];
  readonly departments: readonly (string | null)[];
}): fc.Arbitrary<Entity[]> =>
  fc.uniqueArray(
    fc.record({
      key: fc.integer({ min: 100, max: 999 }).map(String),
      region: fc.constantFrom(...of.regions),
      serviceClass: fc.constantFrom(...CLASSES),
      team: fc.constantFrom(...of.teams),
      department: fc.constantFrom(...of.departments),
    }),
    { selector: ({ key }) => key, maxLength: 24 },
  );
/** Of many kinds, and many of one kind, for whom the same few officials are filled up. */
const anyEntities = fc.oneof(
  entities({ regions: [...REGIONS, null], teams: [...TEAMS, null], departments: [...DEPARTMENTS, null, null, null] }),
  entities({ regions: REGIONS.slice(0, 1), teams: TEAMS.slice(0, 1), departments: [null] }),
);
const officers: fc.Arbitrary<Officer[]> = fc.uniqueArray(
  fc.record({
    officialId: fc.integer({ min: 10, max: 99 }).map((number) => `GB-${String(number)}`),
    departmentCode: fc.constantFrom(...DEPARTMENTS),
    regions: fc.subarray(REGIONS),
    classes: fc.subarray([...CLASSES]),
    teams: fc.subarray([...TEAMS]),
    capacity: fc.constantFrom(null, null, 0, 1, 3, 6),
    load: fc.integer({ min: 0, max: 5 }),
  }),
  { selector: ({ officialId }) => officialId, maxLength: 9 },
);

/** Each in turn looks through all officials: slow, and easily seen to be what is promised. */
function naivePlan(all: readonly Entity[], people: readonly Officer[]): { assigned: string[]; unplaced: string[] } {
  const loads = new Map(people.map(({ officialId, load }) => [officialId, load]));
  const loadOf = (officer: Officer): number => loads.get(officer.officialId) ?? 0;
  const ableFor = (entity: Entity): Officer[] =>
    people.filter(
      (officer) =>
        (officer.regions.length === 0 || officer.regions.some((one) => one === entity.region)) &&
        (officer.classes.length === 0 || officer.classes.some((one) => one === entity.serviceClass)) &&
        (officer.teams.length === 0 || officer.teams.some((one) => one === entity.team)) &&
        (entity.department === null || entity.department === officer.departmentCode),
    );
  const kind = ({ region, serviceClass, team, department }: Entity): string =>
    `${region ?? ''} ${serviceClass} ${team ?? ''} ${department ?? ''}`;
  const order = all.toSorted((a, b) => {
    const byScarcity = ableFor(a).length - ableFor(b).length;
    if (byScarcity !== 0) return byScarcity;
    if (kind(a) !== kind(b)) return kind(a) < kind(b) ? -1 : 1;
    return a.key < b.key ? -1 : 1;
  });
  const assigned: string[] = [];
  const unplaced: string[] = [];
  for (const entity of order) {
    const able = ableFor(entity);
    const free = able.filter((officer) => officer.capacity === null || loadOf(officer) < officer.capacity);
    let best: Officer | undefined;
    for (const officer of free)
      if (
        best === undefined ||
        loadOf(officer) < loadOf(best) ||
        (loadOf(officer) === loadOf(best) && officer.officialId < best.officialId)
      )
        best = officer;
    if (best === undefined) unplaced.push(`${entity.key} ${able.length === 0 ? 'NOBODY_QUALIFIES' : 'ALL_ARE_FULL'}`);
    else {
      loads.set(best.officialId, loadOf(best) + 1);
      assigned.push(`${entity.key} ${best.officialId} ${String(able.length)} ${String(loadOf(best))}`);
    }
  }
  return { assigned: assigned.toSorted(), unplaced: unplaced.toSorted() };
}

const told = ({ assigned, unplaced }: Plan): { assigned: string[]; unplaced: string[] } => ({
  assigned: assigned.map(({ key, officialId, qualified, loadAfter }) =>
    [key, officialId, qualified, loadAfter].join(' '),
  ),
  unplaced: unplaced.map(({ key, reason }) => `${key} ${reason}`),
});

const OFFICER: Officer = {
  ...{ officialId: 'GB-1', departmentCode: 'JXJ', regions: [], classes: [], teams: [], capacity: null, load: 0 },
};
const ENTITY: Entity = {
  ...{ key: '1', region: '421202', serviceClass: 'SMALL_AND_MICRO', team: 'SERVICES', department: null },
};

describe('a plan of assignment', () => {
  it('is that of a program that looks through all officials for each entity, by key', () => {
    fc.assert(
      fc.property(anyEntities, officers, (all, people) => {
        expect(told(planAssignment(all, people))).toEqual(naivePlan(all, people));
      }),
      { numRuns: 150, seed: 20_261_130 },
    );
  });

  it('changes nothing of what it was given', () => {
    const people = [{ ...OFFICER, officialId: 'GB-2' }, OFFICER];
    const all = [ENTITY, { ...ENTITY, key: '0' }];
    planAssignment(all, people);
    expect([all.map(({ key }) => key), people.map(({ officialId, load }) => [officialId, load])]).toEqual([
      ['1', '0'],
      [
        ['GB-2', 0],
        ['GB-1', 0],
      ],
    ]);
  });

  it('is named by who gets what, whatever else is told of it', () => {
    const plan = (qualified: number): Plan => ({
      assigned: [
        { key: 'A', officialId: 'GB-1', qualified, loadAfter: 1 },
        { key: 'B', officialId: 'GB-2', qualified, loadAfter: 1 },
      ],
      unplaced: [{ key: 'C', reason: 'ALL_ARE_FULL' }],
    });
    // printf 'A GB-1\nB GB-2\n\nC' | openssl dgst -sha256 -binary | basenc --base64url | cut -c 1-22
    expect([planDigest(plan(1)), planDigest(plan(2))]).toEqual(['JUagDffBsL7k7LiNquyfXG', 'JUagDffBsL7k7LiNquyfXG']);
  });

  it('says why this official, in words', () => {
    expect(assignmentReason({ qualified: 7, loadAfter: 3 })).toBe(
      '区划、类别和行业组相符的人员共 7 名，由其中负担最轻者联系，现为 3 户',
    );
  });

  it.each<[Partial<Officer>, Partial<Entity>, boolean]>([
    [{}, {}, true],
    [{ regions: ['421281', '421202'] }, {}, true],
    [{ regions: ['421281'] }, {}, false],
    [{ regions: ['421202'] }, { region: null }, false],
    [{}, { region: null, team: null }, true],
    [{ classes: ['SMALL_AND_MICRO'] }, {}, true],
    [{ classes: ['OVER_100_MILLION'] }, {}, false],
    [{ teams: ['SERVICES'] }, {}, true],
    [{ teams: ['INDUSTRY'] }, {}, false],
    [{ teams: ['SERVICES'] }, { team: null }, false],
    [{}, { department: 'JXJ' }, true],
    [{}, { department: 'RSJ' }, false],
  ])('%j qualifies for %j: %s', (officer, entity, expected) => {
    expect(qualifies({ ...OFFICER, ...officer }, { ...ENTITY, ...entity })).toBe(expected);
  });
});

describe('whom the programme tells apart', () => {
  it('are three classes and four teams', () => {
    expect(SERVICE_CLASSES).toEqual(['OVER_100_MILLION', 'ABOVE_DESIGNATED_SIZE', 'SMALL_AND_MICRO']);
    expect(SERVICE_TEAMS).toEqual(['AGRICULTURE', 'INDUSTRY', 'CONSTRUCTION_AND_REAL_ESTATE', 'SERVICES']);
  });

  it('goes by sections of GB/T 4754', () => {
    const sections = [...'ABCDEFGHIJKLMNOPQRST'];
    const of = (team: string) => sections.filter((section) => serviceTeam(`${section}99`) === team).join('');
    expect(SERVICE_TEAMS.map(of)).toEqual(['A', 'BCD', 'EK', 'FGHIJLMNOPQRST']);
    expect([serviceTeam(''), serviceTeam(null)]).toEqual([null, null]);
  });

  it.each([
    [{ annualRevenueYuan: 5, revenueYuan: 7 }, 5],
    [{ revenueYuan: 7 }, 7],
    [{ annualRevenueYuan: 0 }, 0],
    [{ annualRevenueYuan: '5' }, null],
    [{ monthlySalesYuan: 5 }, null],
    [undefined, null],
  ])('goes by the revenue in %j: %s', (values, revenue) => expect(revenueOf(values)).toBe(revenue));
});
