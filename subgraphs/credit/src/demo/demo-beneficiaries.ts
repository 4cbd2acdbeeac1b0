import type { DemoCity, DemoEnterprise, DemoProject, RandomStream } from '@zhitong/demo';
import { daysBetween } from '@zhitong/values';

/** Whom a promise was made to, and when at the earliest. */
export interface Beneficiary {
  readonly enterprise: DemoEnterprise;
  readonly project: DemoProject | null;
}

/** The first large enterprise of the city. */
export const flagshipOf = (city: DemoCity): DemoEnterprise | undefined =>
  city.enterprises.find(({ scale }) => scale === 'LARGE');

/** What must become of a promise so that the demo can be shown with it; null where chance decides. */
export type Course = 'OVERDUE' | 'DUE_LATER' | null;

/** The flagship's first three promises take a course that the demo can be shown with. */
export function flagshipCourse(index: number): Course {
  if (index >= 3) return null;
  return index === 0 ? 'OVERDUE' : 'DUE_LATER';
}

/**
 * Investors get several promises each, enterprises above designated size some, others few; the flagship comes first.
 */
export function chooseBeneficiaries(city: DemoCity, count: number, random: RandomStream): Beneficiary[] {
  const flagship = flagshipOf(city);
  const chosen: Beneficiary[] = flagship
    ? [0, 1, 2, 3].map(() => ({
        enterprise: flagship,
        project: city.projects.find(({ uscc }) => uscc === flagship.uscc) ?? null,
      }))
    : [];
  const byUscc = new Map(city.enterprises.map((enterprise) => [enterprise.uscc, enterprise]));
  for (const project of city.projects) {
    const enterprise = byUscc.get(project.uscc);
    // A project of yesterday has no promises yet.
    if (!enterprise || daysBetween(project.signedOn, city.referenceDate) < 30) continue;
    for (let i = random.int(4, 9); i > 0; i -= 1) chosen.push({ enterprise, project });
  }
  const companies = city.enterprises.filter(
    ({ legalForm, status, registeredOn }) =>
      legalForm !== 'INDIVIDUAL_BUSINESS' &&
      status === 'IN_OPERATION' &&
      daysBetween(registeredOn, city.referenceDate) > 60,
  );
  const large = companies.filter(({ stewardship }) => stewardship !== null);
  while (chosen.length < count)
    chosen.push({ enterprise: random.pick(random.bool(0.45) && large.length > 0 ? large : companies), project: null });
  return chosen.slice(0, count);
}
