import { DEPARTMENTS } from './departments.js';
import { personName, telephone } from './names.js';
import { randomStream } from './random.js';
import type { DemoLeader, DemoOfficial } from './types.js';

const POSTS: readonly (readonly [string, number])[] = [
  ['科员', 46], ['一级科员', 14], ['四级主任科员', 12], ['二级主任科员', 8], ['副科长', 9], ['科长', 8], ['副局长', 2], ['四级调研员', 1],
];

/** Generates officials, shared out over the departments: a district government has about five times as many as a city department. */
export function makeOfficials(seed: string, count: number): DemoOfficial[] {
  const random = randomStream(seed, 'officials');
  const shares = DEPARTMENTS.map(({ level, kind }) => (level === 'COUNTY' ? 5 : kind === 'BUREAU' || kind === 'VERTICAL' ? 1.5 : 1));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const officials: DemoOfficial[] = [];
  let upTo = 0;
  DEPARTMENTS.forEach((department, i) => {
    upTo += (shares[i] ?? 0) / total;
    const last = i === DEPARTMENTS.length - 1 ? count : Math.round(upTo * count);
    while (officials.length < last) {
      officials.push({
        id: `GB-${String(officials.length + 1).padStart(5, '0')}`,
        name: personName(random),
        departmentCode: department.code,
        post: random.weighted(POSTS),
        telephone: telephone(random),
      });
    }
  });
  return officials;
}

/** Generates the city leaders: thirty-five in Xianning. */
export function makeLeaders(seed: string): DemoLeader[] {
  const random = randomStream(seed, 'leaders');
  const titles = ['市委书记', '市长', '市委副书记', '常务副市长', ...Array.from({ length: 31 }, (_, i) => ['市委常委', '副市长', '市人大常委会副主任', '市政协副主席'][i % 4] ?? '')];
  return titles.map((title, i) => ({ id: `LD-${String(i + 1).padStart(2, '0')}`, name: personName(random), title }));
}
