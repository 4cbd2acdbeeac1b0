import { DEPARTMENTS } from './departments.js';
import { personName, telephone } from './names.js';
import { randomStream } from './random.js';
import type { DemoDepartment, DemoLeader, DemoOfficial } from './types.js';

const POSTS: readonly (readonly [string, number])[] = [
  ['科员', 46],
  ['一级科员', 14],
  ['四级主任科员', 12],
  ['二级主任科员', 8],
  ['副科长', 9],
  ['科长', 8],
  ['四级调研员', 3],
];
const LEADING_TITLES = ['市委书记', '市长', '市委副书记', '常务副市长'];
const LEADER_TITLES = ['市委常委', '副市长', '市人大常委会副主任', '市政协副主席'];
const LEADERS = 35;

/** Generates officials, shared out over the departments: districts and counties have most of them. */
export function makeOfficials(seed: string, count: number): DemoOfficial[] {
  const random = randomStream(seed, 'officials');
  const total = DEPARTMENTS.reduce((sum, department) => sum + staffShare(department), 0);
  const officials: DemoOfficial[] = [];
  let shareSoFar = 0;
  for (const department of DEPARTMENTS) {
    shareSoFar += staffShare(department);
    const upTo = Math.round((count * shareSoFar) / total);
    while (officials.length < upTo) {
      officials.push({
        id: `GB-${String(officials.length + 1).padStart(5, '0')}`,
        name: personName(random),
        departmentCode: department.code,
        post: random.weighted(POSTS),
        telephone: telephone(random),
      });
    }
  }
  return officials;
}

/** In proportion to the market entities that they look after: a district about ten times a city department. */
function staffShare({ kind, level }: DemoDepartment): number {
  if (level === 'COUNTY') return 12;
  return kind === 'BUREAU' || kind === 'VERTICAL' ? 1.5 : 1;
}

/** Generates the thirty-five city leaders who look after enterprises above designated size. */
export function makeLeaders(seed: string): DemoLeader[] {
  const random = randomStream(seed, 'leaders');
  return Array.from({ length: LEADERS }, (_, i) => ({
    id: `LD-${String(i + 1).padStart(2, '0')}`,
    name: personName(random),
    title: LEADING_TITLES[i] ?? LEADER_TITLES[i % LEADER_TITLES.length] ?? '',
  }));
}
