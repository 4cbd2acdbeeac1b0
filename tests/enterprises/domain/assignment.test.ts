import {
  planAssignment,
  planDigest,
  type Entity,
  type Officer,
} from '../../../subgraphs/enterprises/src/domain/service-network/assignment.js';
import { serviceClass, serviceTeam } from '../../../subgraphs/enterprises/src/domain/service-network/service-class.js';

const entity = (key: string, rest: Partial<Entity> = {}): Entity => ({
  key,
  region: '421202',
  serviceClass: 'SMALL_AND_MICRO',
  team: 'SERVICES',
  department: null,
  ...rest,
});
const officer = (officialId: string, rest: Partial<Officer> = {}): Officer => ({
  officialId,
  departmentCode: 'XAQZF',
  regions: [],
  classes: [],
  teams: [],
  capacity: null,
  load: 0,
  ...rest,
});
const pairs = (entities: readonly Entity[], officers: readonly Officer[]): string[] =>
  planAssignment(entities, officers).assigned.map(({ key, officialId }) => `${key} ${officialId}`);

describe('planAssignment', () => {
  it('gives each to whoever holds least, counting what is held already, by staff number between equals', () => {
    // A holds 2, B and C nothing: B, C, B, C fill up to 2, then all take turns.
    const entities = ['1', '2', '3', '4', '5', '6'].map((key) => entity(key));
    expect(pairs(entities, [officer('A', { load: 2 }), officer('B'), officer('C')])).toEqual([
      '1 B',
      '2 C',
      '3 B',
      '4 C',
      '5 A',
      '6 B',
    ]);
  });

  it('gives nothing to an official of another district, class, team or department', () => {
    const officers = [
      officer('A', { regions: ['421281'] }),
      officer('B', { classes: ['OVER_100_MILLION'] }),
      officer('C', { teams: ['INDUSTRY'] }),
      officer('D', { departmentCode: 'RSJ' }),
    ];
    expect(pairs([entity('1', { department: 'RSJ' })], officers)).toEqual(['1 D']);
    expect(planAssignment([entity('1', { department: 'JXJ' })], officers).unplaced).toEqual([
      { key: '1', reason: 'NOBODY_QUALIFIES' },
    ]);
    // Of an unknown industry and district: only for who serves all.
    expect(pairs([entity('1', { team: null, region: null })], officers)).toEqual(['1 D']);
  });

  it('does not fill the only official of a kind with what others could take, and stops at the bound', () => {
    const plan = planAssignment(
      [entity('1'), entity('2'), entity('3', { team: 'AGRICULTURE' }), entity('4')],
      [officer('A', { capacity: 1 }), officer('B', { teams: ['SERVICES'], capacity: 2 })],
    );
    expect(plan.assigned.map(({ key, officialId }) => [key, officialId])).toEqual([
      ['1', 'B'],
      ['2', 'B'],
      ['3', 'A'],
    ]);
    expect(plan.unplaced).toEqual([{ key: '4', reason: 'ALL_ARE_FULL' }]);
  });

  it('divides 27,851 entities among 4,997 officials evenly, and the same way in whatever order they come', () => {
    const regions = ['421202', '421281', '421222'];
    const teams = ['AGRICULTURE', 'INDUSTRY', 'SERVICES'] as const;
    const entities = Array.from({ length: 27_851 }, (_, at) =>
      entity(String(at).padStart(6, '0'), { region: regions[at % 3] ?? null, team: teams[at % 3] ?? null }),
    );
    // 1,666 officials of the first district, 1,666 of the second, 1,665 of the third.
    const officers = Array.from({ length: 4_997 }, (_, at) =>
      officer(`GB-${String(at).padStart(5, '0')}`, { regions: [regions[at % 3] ?? ''] }),
    );
    const plan = planAssignment(entities, officers);
    const again = planAssignment(entities.toReversed(), officers.toReversed());
    expect(planDigest(again)).toBe(planDigest(plan));
    expect(plan.unplaced).toEqual([]);
    const loads = new Map<string, number>();
    for (const { officialId } of plan.assigned) loads.set(officialId, (loads.get(officialId) ?? 0) + 1);
    // 27,851 / 3 = 9,283.67 in each district: 9,284, 9,284 and 9,283 entities over 1,666 and 1,665 officials: 5.57 each.
    expect([...new Set(loads.values())].toSorted()).toEqual([5, 6]);
    expect(loads.size).toBe(4_997);
  });
});

describe('the class and the team of an enterprise', () => {
  it.each([
    [{ statisticalCategory: null, revenueYuan: 100_000_000 }, 'OVER_100_MILLION'],
    [{ statisticalCategory: '规上工业', revenueYuan: 99_999_999 }, 'ABOVE_DESIGNATED_SIZE'],
    [{ statisticalCategory: '规上工业', revenueYuan: null }, 'ABOVE_DESIGNATED_SIZE'],
    [{ statisticalCategory: null, revenueYuan: null }, 'SMALL_AND_MICRO'],
  ])('%j is %s', (served, expected) => expect(serviceClass(served)).toBe(expected));
  it.each([
    ['A0111', 'AGRICULTURE'],
    ['B06', 'INDUSTRY'],
    ['D4411', 'INDUSTRY'],
    ['E47', 'CONSTRUCTION_AND_REAL_ESTATE'],
    ['K70', 'CONSTRUCTION_AND_REAL_ESTATE'],
    ['F51', 'SERVICES'],
    [null, null],
  ])('%s belongs to %s', (code, expected) => expect(serviceTeam(code)).toBe(expected));
});
