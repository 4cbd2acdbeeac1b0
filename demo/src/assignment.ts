import { departmentsOfSection, governmentOf } from './departments.js';
import type { RandomStream } from './random.js';
import type { DemoDepartment, DemoLeader, DemoOfficial, DemoStewardship } from './types.js';

/** What an assignment to officials looks at. */
export interface AssignableEntity {
  readonly regionCode: string;
  readonly industryCode: string;
}

/**
 * Divides market entities by industry among all officials, as Xianning did (about 5.6 for each): officials of a
 * district's government take entities of their district, officials of the city's departments take them city-wide. Every
 * official gets neighbours in the industry classification, so mostly one industry.
 * @returns the official's identifier for each entity, in the entities' order
 */
export function assignByIndustry(
  random: RandomStream,
  entities: readonly AssignableEntity[],
  officials: readonly DemoOfficial[],
  departments: readonly DemoDepartment[],
): string[] {
  const regionOf = new Map(
    departments.map(({ code, level, regionCode }) => [code, level === 'COUNTY' ? regionCode : 'CITY']),
  );
  const pools = new Map<string, DemoOfficial[]>();
  for (const official of officials) groupOf(pools, regionOf.get(official.departmentCode) ?? 'CITY').push(official);

  const cityShare = groupOf(pools, 'CITY').length / officials.length;
  const groups = new Map<string, number[]>();
  entities.forEach(({ regionCode }, i) => groupOf(groups, random.bool(cityShare) ? 'CITY' : regionCode).push(i));

  const assigned = new Array<string>(entities.length).fill('');
  for (const [pool, members] of groups) {
    const workers = groupOf(pools, pool);
    members.sort((a, b) => compare(entities[a]?.industryCode ?? '', entities[b]?.industryCode ?? '') || a - b);
    members.forEach((member, rank) => {
      assigned[member] = workers[Math.floor((rank * workers.length) / members.length)]?.id ?? '';
    });
  }
  return assigned;
}

/**
 * Gives every enterprise above designated size a steward (an official of the department of its industry, or of its
 * district), a city leader and the unit that supports the leader. Leaders and units take turns.
 */
export function makeStewardships(
  random: RandomStream,
  entities: readonly AssignableEntity[],
  officials: readonly DemoOfficial[],
  departments: readonly DemoDepartment[],
  leaders: readonly DemoLeader[],
): DemoStewardship[] {
  const byDepartment = new Map<string, DemoOfficial[]>();
  for (const official of officials) groupOf(byDepartment, official.departmentCode).push(official);
  const units = random.shuffle(departments.filter(({ level }) => level === 'CITY').map(({ code }) => code));
  const order = random.shuffle(leaders.map(({ id }) => id));
  return entities.map(({ regionCode, industryCode }, i) => {
    const candidates = [...departmentsOfSection(industryCode.charAt(0)), governmentOf(regionCode)];
    return {
      stewardId: random.pick(groupOf(byDepartment, random.pick(candidates))).id,
      leaderId: order[i % order.length] ?? '',
      unitCode: units[i % units.length] ?? '',
    };
  });
}

function groupOf<T>(groups: Map<string, T[]>, key: string): T[] {
  const known = groups.get(key);
  if (known) return known;
  const fresh: T[] = [];
  groups.set(key, fresh);
  return fresh;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
