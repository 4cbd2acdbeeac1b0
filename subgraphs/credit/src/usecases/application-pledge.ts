import type { ClientSession } from 'mongoose';
import { pledgeState } from '../domain/standing/pledge.js';
import type { Stores } from '../stores.js';

/** A pledge with which an enterprise applied for a grant, as the policies department sends it. */
export interface ApplicationPledge {
  readonly uscc: string;
  readonly grant: string;
  readonly policy: string;
  readonly department: string;
  readonly textVersion: string;
  readonly signatory: string;
  readonly signedOn: string;
  /** SHA-256 of the signed text. */
  readonly digest: string;
}

/** What the later check of such a pledge found. */
export interface ApplicationPledgeCheck {
  readonly grant: string;
  readonly kept: boolean;
  readonly finding: string;
  readonly checkedOn: string;
  readonly checkedBy: string;
}

/** The number under which the pledge to a grant is kept here. */
const pledgeNumber = (grant: string): string => `CNS-${grant}`;

/** Keeps a pledge that was signed elsewhere; one that is kept already stays as it is. */
export async function keepApplicationPledge(
  { pledges }: Pick<Stores, 'pledges'>,
  pledge: ApplicationPledge,
  session: ClientSession,
): Promise<void> {
  const { uscc, grant, policy, department, textVersion, signatory, signedOn, digest } = pledge;
  const id = pledgeNumber(grant);
  if ((await pledges.byId(id, session)) !== null) return;
  await pledges.insert(
    {
      id,
      uscc,
      department,
      matter: `政策申请 ${policy}`,
      textVersion,
      digest,
      signature: signatory,
      signedOn,
      events: [],
    },
    session,
  );
}

/**
 * Notes what the check found: the check itself and, where the pledge was not kept, the breach with rectification as its
 * first consequence; an officer decides on more. The policies department has closed the matter when a pledge was kept,
 * so this one is.
 * @throws Error when the pledge is not known here yet; the sender tries again.
 */
export async function noteApplicationPledgeCheck(
  { pledges }: Pick<Stores, 'pledges'>,
  check: ApplicationPledgeCheck,
  session: ClientSession,
): Promise<void> {
  const { grant, kept, finding, checkedOn: on, checkedBy: by } = check;
  const id = pledgeNumber(grant);
  const pledge = await pledges.byId(id, session);
  if (pledge === null) throw new Error(`The pledge ${id} is not known here yet.`);
  if (pledgeState(pledge) !== 'IN_FORCE') return;
  const outcome = kept
    ? ({ kind: 'CLOSED', on, by, finding } as const)
    : ({ kind: 'BREACHED', on, by, finding, consequence: 'RECTIFICATION' } as const);
  await pledges.addEvent(id, pledge.events.length, { kind: 'CHECKED', on, by, kept, finding }, session);
  await pledges.addEvent(id, pledge.events.length + 1, outcome, session);
}
