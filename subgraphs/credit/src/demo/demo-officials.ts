import type { DemoCity, RandomStream } from '@zhitong/demo';
import type { Official } from '../domain/commitments/commitment.js';

/** Who may be responsible, by department: its heads of section, or whoever it has. */
export type Officials = ReadonlyMap<string, readonly Official[]>;

export function officialsByDepartment(city: DemoCity): Officials {
  const all = new Map<string, { leading: Official[]; others: Official[] }>();
  for (const { departmentCode, name, post } of city.officials) {
    const own = all.get(departmentCode) ?? { leading: [], others: [] };
    all.set(departmentCode, own);
    own[post.endsWith('科长') ? 'leading' : 'others'].push({ name, post });
  }
  return new Map(
    [...all].map(([department, { leading, others }]) => [department, leading.length > 0 ? leading : others]),
  );
}

/** An official of the department, of any where it has none. */
export const pickOfficial = (officials: Officials, department: string, random: RandomStream): Official =>
  random.pick(officials.get(department) ?? [...officials.values()].flat());
