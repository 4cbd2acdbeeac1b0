import { dayInShanghai } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import { assignmentReason, planAssignment } from '../../domain/service-network/assignment.js';
import { SERVICE_ROLES, staysInDepartment, type ServiceRole } from '../../domain/service-network/roles.js';
import type { Heir as VisitHeir } from '../../domain/visits/handed-over-visit.js';
import type { ServiceLinkRecord } from '../../models/network/service-link.js';
import type { Stores } from '../../stores.js';
import { heldOfficials, type HeldOfficial } from '../held-officials.js';
import type { CommandTools } from '../command-tools.js';
import { entityOf, officerOf } from './assignment-plans.js';
import { handOverDuties, type HandedOverDuties } from './hand-over-duties.js';
import { handOverTasks, type HandedOverTasks } from './hand-over-tasks.js';
import { handOverVisits, type HandedOverVisits } from './hand-over-visits.js';
import { newLink } from './new-link.js';
import { said } from '../../domain/refusal-words.js';
import { refuseSaid } from '../refusals.js';

/** What came of a hand-over: how much of each kind went to others, and for how much nobody was found. */
export interface HandedOver extends HandedOverVisits, HandedOverDuties, HandedOverTasks {
  readonly official: string;
  readonly successor: string | null;
  readonly moved: number;
  readonly left: number;
  readonly projectsMoved: number;
  readonly projectsLeft: number;
}

/** The roles that visit; where somebody has both at an enterprise, the latter says who visits in his or her place. */
const VISITING_ROLES: readonly ServiceRole[] = ['LEADER', 'STEWARD'];
/** The role whose successor at an enterprise takes over the tasks at its projects. */
const AGENT_ROLES: readonly ServiceRole[] = ['AGENT'];
/** Stands for every enterprise: no code is empty. */
const ANYWHERE = '';

interface Leaving {
  readonly official: string;
  /** Who takes everything; null: the roster's officials by class, team, district and load. */
  readonly successor: string | null;
  readonly reason: string;
  readonly by: string;
  readonly now: Date;
}

interface Heir {
  readonly officialId: string;
  readonly reason: string;
}

/**
 * Gives all that an official holds to others, and takes the official off the roster. What nobody can take ends without
 * a successor, so that it stands on the list of those who have none; a project keeps its steward until there is one.
 */
export async function handOver(
  leaving: Leaving,
  { stores, outbox }: Pick<CommandTools, 'stores' | 'outbox'>,
  session: ClientSession,
): Promise<HandedOver> {
  const { official, successor, reason, by, now } = leaving;
  const today = dayInShanghai(now);
  const { links, officers, projects, served } = stores;
  /** Who leaves, and everybody who takes over. */
  const persons = await checkPersons(leaving, stores, session);
  const held = await links.heldBy(official, session);
  const itsProjects = await projects.ofSteward(official, session);
  const heirs = new Map<string, Heir>();
  for (const role of SERVICE_ROLES) {
    const ofRole = held.filter((link) => link.role === role);
    const ofProjects = role === 'STEWARD' ? itsProjects : [];
    const found =
      successor === null
        ? await heirsByRule({ role, official, links: ofRole, projects: ofProjects }, stores, session)
        : new Map(
            (await lookedAfter([...ofRole, ...ofProjects], served, session)).map(({ id }) => [
              id,
              { officialId: successor, reason: `指定接替：${reason}` },
            ]),
          );
    for (const [id, heir] of found) heirs.set(id, heir);
    await links.end(
      ofRole.map(({ id }) => id),
      { until: today, endReason: reason },
      session,
    );
    const takers = [...found.values()].map(({ officialId }) => officialId).filter((id) => !persons.has(id));
    for (const [id, taker] of await heldOfficials(takers, stores, session)) persons.set(id, taker);
    await links.insert(
      ofRole.flatMap((link) => {
        const heir = found.get(link.id);
        if (heir === undefined) return [];
        const { uscc } = link;
        const departmentCode = persons.get(heir.officialId)?.departmentCode ?? '';
        const how = { from: today, basis: 'HANDED_OVER', reason: heir.reason, by } as const;
        return [newLink({ uscc, role, officialId: heir.officialId, departmentCode }, how)];
      }),
      session,
    );
    const filled = await links.filled(
      role,
      ofRole.map(({ uscc }) => uscc),
      session,
    );
    await served.setHolders(
      role,
      ofRole.map(({ id, uscc }) => ({
        uscc,
        officialId: heirs.get(id)?.officialId ?? (filled.has(uscc) ? official : null),
      })),
      session,
    );
  }
  const movedProjects = itsProjects.flatMap(({ id }) => {
    const heir = heirs.get(id);
    return heir === undefined ? [] : [{ id, stewardId: heir.officialId }];
  });
  await projects.setStewards(movedProjects, session);
  const [entry] = await officers.byId([official], session);
  await officers.put(
    [
      {
        ...(entry ?? {
          officialId: official,
          departmentCode: persons.get(official)?.departmentCode ?? '',
          roles: [],
          classes: [],
          teams: [],
          regions: [],
          capacity: null,
        }),
        leftOn: today,
      },
    ],
    session,
  );
  const moved = held.filter(({ id }) => heirs.has(id)).length;
  const visitors = heirsIn(VISITING_ROLES);
  const agents = heirsIn(AGENT_ROLES);
  return {
    ...(await handOverVisits({ official, today, heirOf: visitors }, stores, session)),
    ...(await handOverTasks({ official, by, now, heirOf: agents }, { stores, outbox }, session)),
    ...(await handOverDuties(leaving, stores, session)),
    official,
    successor,
    moved,
    left: held.length - moved,
    projectsMoved: movedProjects.length,
    projectsLeft: itsProjects.length - movedProjects.length,
  };

  /** Who acts in the leaver's place: the named successor anywhere, else who takes over the role at the enterprise. */
  function heirsIn(roles: readonly ServiceRole[]): (uscc: string) => VisitHeir | null {
    const found = new Map<string, string>();
    for (const asked of roles)
      for (const { id, uscc, role } of held) {
        const heir = heirs.get(id);
        if (role === asked && heir !== undefined) found.set(uscc, heir.officialId);
      }
    if (successor !== null) found.set(ANYWHERE, successor);
    return (uscc) => {
      const id = found.get(uscc) ?? found.get(ANYWHERE);
      return id === undefined ? null : { id, departmentCode: persons.get(id)?.departmentCode ?? '' };
    };
  }
}

/** Who leaves and who takes over exist, are two, and have not left; ends the command otherwise. */
async function checkPersons(
  { official, successor }: Leaving,
  stores: Stores,
  session: ClientSession,
): Promise<Map<string, HeldOfficial>> {
  const ids = [official, ...(successor === null ? [] : [successor])];
  if (official === successor) return refuseSaid('INVALID', said('OWN_SUCCESSOR'), ['successor']);
  const known = await heldOfficials(ids, stores, session);
  for (const [id, path] of [[official, 'official'], ...(successor === null ? [] : [[successor, 'successor']])] as [
    string,
    string,
  ][]) {
    const person = known.get(id);
    if (person === undefined) return refuseSaid('INVALID', said('NO_SUCH_OFFICIAL', { id: id.slice(0, 40) }), [path]);
    const { leftOn } = person;
    if (leftOn !== null) return refuseSaid('CONFLICT', said('LEFT_ALREADY', { id, leftOn }), [path], { leftOn });
  }
  return known;
}

/** Those of an enterprise that carries on business: of another nobody needs to take over. */
async function lookedAfter<Held extends { readonly uscc: string }>(
  held: readonly Held[],
  served: Stores['served'],
  session: ClientSession,
): Promise<Held[]> {
  const usccs = [...new Set(held.map(({ uscc }) => uscc))];
  const open = new Set((await served.find({ usccs }, usccs.length, session)).map(({ uscc }) => uscc));
  return held.filter(({ uscc }) => open.has(uscc));
}

/** Who takes over by the roster, by link and project. */
async function heirsByRule(
  {
    role,
    official,
    links: held,
    projects: itsProjects,
  }: {
    role: ServiceRole;
    official: string;
    links: readonly ServiceLinkRecord[];
    projects: readonly { readonly id: string; readonly uscc: string; readonly region: { readonly code: string } }[];
  },
  { links, officers, served }: Stores,
  session: ClientSession,
): Promise<Map<string, Heir>> {
  if (held.length + itsProjects.length === 0) return new Map();
  const usccs = [...new Set([...held, ...itsProjects].map(({ uscc }) => uscc))];
  const about = new Map((await served.find({ usccs }, usccs.length, session)).map((one) => [one.uscc, one]));
  const entities = [
    ...held.map(({ id, uscc, departmentCode }) => ({
      id,
      enterprise: about.get(uscc),
      department: staysInDepartment(role) ? departmentCode : null,
      region: undefined,
    })),
    ...itsProjects.map(({ id, uscc, region }) => ({
      id,
      enterprise: about.get(uscc),
      department: null,
      region: region.code,
    })),
  ].flatMap(({ id, enterprise, department, region }) => {
    // Of an enterprise without business nobody needs to take over.
    if (enterprise === undefined) return [];
    const entity = entityOf(enterprise, department);
    return [{ ...entity, key: id, region: region ?? entity.region }];
  });
  const others = (await officers.serving(role, session)).filter(({ officialId }) => officialId !== official);
  const loads = await links.loads(
    role,
    others.map(({ officialId }) => officialId),
    session,
  );
  const { assigned } = planAssignment(
    entities,
    others.map((officer) => officerOf(officer, loads.get(officer.officialId) ?? 0)),
  );
  return new Map(assigned.map(({ key, officialId, ...why }) => [key, { officialId, reason: assignmentReason(why) }]));
}
