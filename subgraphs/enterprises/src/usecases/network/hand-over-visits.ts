import type { LegalDay } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import { partyWithout, type Heir } from '../../domain/visits/handed-over-visit.js';
import type { Stores } from '../../stores.js';

/** What became of the visits that an official was to make. */
export interface HandedOverVisits {
  readonly visitsMoved: number;
  readonly visitsLeft: number;
  readonly targetsMoved: number;
  readonly targetsLeft: number;
}

/**
 * Gives the visits that an official was still to make to whoever takes over the enterprise. A planned visit that nobody
 * could make keeps its official, so that it is seen; on the lists of campaigns that still run an enterprise without an
 * heir has nobody, so that its department names somebody.
 * @param heirOf who takes over at an enterprise; null when nobody does.
 */
export async function handOverVisits(
  { official, today, heirOf }: { official: string; today: LegalDay; heirOf: (uscc: string) => Heir | null },
  { visits, campaigns, officials }: Pick<Stores, 'visits' | 'campaigns' | 'officials'>,
  session: ClientSession,
): Promise<HandedOverVisits> {
  const planned = await visits.plannedOf(official, session);
  const staff = await officials.byId([...new Set(planned.flatMap(({ officialIds }) => officialIds))]);
  const departmentOf = new Map(staff.map(({ id, departmentCode }) => [id, departmentCode]));
  const moved = planned.flatMap((visit) => {
    const party = partyWithout(visit, { leaver: official, heir: heirOf(visit.uscc), departmentOf });
    return party === null ? [] : [{ id: visit.id, ...party }];
  });
  await visits.setParties(moved, session);
  const targets = await campaigns.openTargetsOf(official, today, session);
  const named = targets.map(({ campaignId, uscc }) => ({ campaignId, uscc, officialId: heirOf(uscc)?.id ?? null }));
  await campaigns.setOfficials(named, session);
  const targetsMoved = named.filter(({ officialId }) => officialId !== null).length;
  return {
    visitsMoved: moved.length,
    visitsLeft: planned.length - moved.length,
    targetsMoved,
    targetsLeft: named.length - targetsMoved,
  };
}
