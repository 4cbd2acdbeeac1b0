import { randomStream } from './random.js';
import type { DemoEnterprise, DemoOfficial, DemoProject } from './types.js';

/** Generates the investment projects. */
export function makeProjects(seed: string, count: number, referenceDate: string, enterprises: readonly DemoEnterprise[], officials: readonly DemoOfficial[]): DemoProject[] {
  const random = randomStream(seed, 'projects');
  const year = Number(referenceDate.slice(0, 4)) - 2;
  return Array.from({ length: count }, (_, i): DemoProject => {
    const enterprise = random.pick(enterprises);
    return {
      id: `XN-${year}-${String(i + 1).padStart(4, '0')}`,
      name: `${enterprise.name}扩建项目`,
      track: i < 7 ? 'KEY' : 'PLATFORM',
      uscc: enterprise.uscc,
      regionCode: enterprise.regionCode,
      leadDepartmentCode: 'ZSZX',
      investmentFen: random.int(10, 500) * 100_000_000,
      signedOn: `${year}-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`,
      stage: random.pick(['SIGNED', 'STARTED', 'UNDER_CONSTRUCTION', 'IN_PRODUCTION', 'TERMINATED']),
      stewardId: random.pick(officials).id,
    };
  });
}
