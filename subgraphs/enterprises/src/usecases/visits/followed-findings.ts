import type { LegalDay } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import { stateOfCase, type FindingState } from '../../domain/visits/finding.js';
import type { FindingRecord, FindingStore } from '../../models/visits/finding.js';

type Findings = Readonly<Record<'findings', FindingStore>>;

async function move(
  { findings }: Findings,
  finding: FindingRecord,
  change: { readonly state: FindingState; readonly on: LegalDay; readonly note: string; readonly caseNumber: string },
  session: ClientSession,
): Promise<void> {
  const { state, on, note, caseNumber } = change;
  const moved = { ...finding, state, caseNumber, changes: [...finding.changes, { state, on, note }] };
  if (!(await findings.replace({ ...moved, version: finding.version + 1 }, session)))
    throw new Error(`The finding ${finding.id} was changed meanwhile.`);
}

/** Notes under which number the cases department took a finding in; a second number is left alone. */
export async function noteTaken(
  stores: Findings,
  { finding: id, caseNumber, on }: { readonly finding: string; readonly caseNumber: string; readonly on: LegalDay },
  session: ClientSession,
): Promise<void> {
  const finding = await stores.findings.byId(id, session);
  if (finding?.state !== 'SENT') return;
  await move(stores, finding, { state: 'IN_CASE', on, note: caseNumber, caseNumber }, session);
}

/** Follows the case of a finding; what happens to other cases is none of the department's business. */
export async function followCase(
  stores: Findings,
  { caseNumber, status, on }: { readonly caseNumber: string; readonly status: string; readonly on: LegalDay },
  session: ClientSession,
): Promise<void> {
  const finding = await stores.findings.byCase(caseNumber, session);
  const state = stateOfCase(status);
  if (finding === null || finding.state === state) return;
  await move(stores, finding, { state, on, note: `${caseNumber} ${status}`, caseNumber }, session);
}
