import type { ClientSession } from 'mongoose';
import {
  planAssignment,
  planDigest,
  type Entity,
  type Officer,
  type Plan,
} from '../../domain/service-network/assignment.js';
import type { ServiceRole } from '../../domain/service-network/roles.js';
import {
  serviceClass,
  serviceTeam,
  type ServiceClass,
  type ServiceTeam,
} from '../../domain/service-network/service-class.js';
import type { ServedEnterprise } from '../../models/network/served-enterprise.js';
import type { ServiceLinkRecord } from '../../models/network/service-link.js';
import type { ServiceOfficerRecord } from '../../models/network/service-officer.js';
import type { Stores } from '../../stores.js';

/** Enterprises that one plan looks at, at most: what one transaction writes in some seconds. */
export const MOST_IN_PLAN = 50_000;

/** Roles of which an enterprise has one holder, whom a plan can find. */
export const PLANNED_ROLES: readonly ServiceRole[] = [
  'STEWARD',
  'PROJECT_SECRETARY',
  'LEADER',
  'EMPLOYMENT_SPECIALIST',
];

/** Which enterprises are given to which officials. Empty lists mean all. */
export interface AssignmentRule {
  readonly role: ServiceRole;
  readonly regions: readonly string[];
  readonly classes: readonly ServiceClass[];
  readonly teams: readonly ServiceTeam[];
  /** Officials of these departments. */
  readonly departments: readonly string[];
  /** Whoever fills the role now gives way. */
  readonly replaces: boolean;
}

/** A plan with what it was made of. */
export interface MadePlan extends Plan {
  readonly digest: string;
  /** Enterprises that the rule means and that carry on business. */
  readonly considered: number;
  /** Of those, the ones that keep whom they have. */
  readonly kept: number;
  /** Officials on the roster that the rule means. */
  readonly officers: number;
  /** Links that the plan ends. */
  readonly ended: readonly ServiceLinkRecord[];
}

export const entityOf = (
  { uscc, region, industry, statisticalCategory, revenueYuan }: ServedEnterprise,
  department: string | null = null,
): Entity => ({
  key: uscc,
  region: region?.code ?? null,
  serviceClass: serviceClass({ statisticalCategory, revenueYuan }),
  team: serviceTeam(industry?.code ?? null),
  department,
});

export const officerOf = (
  { officialId, departmentCode, regions, classes, teams, capacity }: ServiceOfficerRecord,
  load: number,
): Officer => ({ officialId, departmentCode, regions, classes, teams, capacity, load });

const meets = <Value>(list: readonly Value[], value: Value | null): boolean =>
  list.length === 0 || (value !== null && list.includes(value));

/** Makes a plan of what is stored; null when the rule means more enterprises than one plan takes. */
export async function makePlan(
  { role, regions, classes, teams, departments, replaces }: AssignmentRule,
  { served, links, officers }: Pick<Stores, 'served' | 'links' | 'officers'>,
  session?: ClientSession,
): Promise<MadePlan | null> {
  const found = await served.find({ regions }, MOST_IN_PLAN, session);
  if (found.length > MOST_IN_PLAN) return null;
  const meant = found.filter((enterprise) => {
    const { serviceClass: itsClass, team } = entityOf(enterprise);
    return meets(classes, itsClass) && meets(teams, team);
  });
  const isServed = ({ servedRoles, stewardId }: ServedEnterprise): boolean =>
    role === 'STEWARD' ? stewardId !== null : servedRoles.includes(role);
  const open = replaces ? meant : meant.filter((enterprise) => !isServed(enterprise));
  const ended = replaces
    ? await links.ofRole(
        role,
        open.filter(isServed).map(({ uscc }) => uscc),
        session,
      )
    : [];
  const loads = await links.loads(role, undefined, session);
  for (const { officialId } of ended) if (officialId !== null) loads.set(officialId, (loads.get(officialId) ?? 1) - 1);
  const able = (await officers.serving(role, session)).filter(({ departmentCode }) =>
    meets(departments, departmentCode),
  );
  const plan = planAssignment(
    open.map((enterprise) => entityOf(enterprise)),
    able.map((officer) => officerOf(officer, loads.get(officer.officialId) ?? 0)),
  );
  // Who keeps whom it has, because of the plan or because nobody else can be found, is not given anything.
  const holders = new Map(ended.map(({ uscc, officialId }) => [uscc, officialId]));
  const assigned = plan.assigned.filter(({ key, officialId }) => holders.get(key) !== officialId);
  const given = new Set(assigned.map(({ key }) => key));
  const changed = { assigned, unplaced: plan.unplaced };
  return {
    ...changed,
    digest: planDigest(changed),
    considered: meant.length,
    kept: meant.length - assigned.length - plan.unplaced.length,
    officers: able.length,
    ended: ended.filter(({ uscc }) => given.has(uscc)),
  };
}
