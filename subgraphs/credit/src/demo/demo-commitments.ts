import { randomStream, type DemoCity } from '@zhitong/demo';
import type { EntryDraft } from '../domain/ledger/ledger-entry.js';
import type { LedgerDecision } from '../domain/ledger/ledger-decision.js';
import { decide, promise } from '../domain/ledger/ledger.js';
import { chooseBeneficiaries, flagshipCourse, flagshipOf } from './demo-beneficiaries.js';
import { officialsByDepartment } from './demo-officials.js';
import { makePromise, type PromiseDraft } from './promise-draft.js';

/** Commitments of a city of 27,851 market entities; a smaller city keeps the proportion. */
const FULL = { commitments: 4_000, enterprises: 27_851 };
const FEWEST = 60;

/**
 * The government's promises in the demo city, as chains of ledger entries that the ledger's own rules decided on. The
 * flagship (the first large enterprise) is owed three things at least, one of them overdue.
 */
export function demoCommitments(city: DemoCity): EntryDraft[][] {
  const count = Math.max(FEWEST, Math.round((city.enterprises.length * FULL.commitments) / FULL.enterprises));
  const random = randomStream('zhitong-1', 'credit.commitments');
  const beneficiaries = chooseBeneficiaries(city, count, random);
  const flagship = flagshipOf(city);
  const officials = officialsByDepartment(city);
  const drafts = beneficiaries.map((beneficiary, index) => {
    const forced = beneficiary.enterprise === flagship ? flagshipCourse(index) : null;
    return makePromise({
      city,
      officials,
      beneficiary,
      ordinal: index + 1,
      random: randomStream('zhitong-1', `credit.commitment.${index}`),
      forced,
    });
  });
  drafts.sort((a, b) => (a.promisedOn < b.promisedOn ? -1 : a.promisedOn > b.promisedOn ? 1 : 0));
  const numbers = new Map<string, number>();
  return drafts.map((draft) => {
    const year = draft.promisedOn.slice(0, 4);
    const number = (numbers.get(year) ?? 0) + 1;
    numbers.set(year, number);
    return writeChain(`CN-${year}-${String(number).padStart(5, '0')}`, draft);
  });
}

/** Runs the steps through the ledger's rules in the order in which they were recorded. */
function writeChain(commitmentId: string, { promisedOn, recordedOn, terms, steps }: PromiseDraft): EntryDraft[] {
  const at = (day: string, minute: number) => ({
    recordedAt: `${day}T01:${String(Math.min(59, minute)).padStart(2, '0')}:00.000Z`,
    recordedBy: `GB-${terms.promisor}`,
  });
  const entries = [...accepted(promise(commitmentId, terms, promisedOn, at(recordedOn, 0)))];
  const ordered = steps.toSorted((a, b) => (a.recordedOn < b.recordedOn ? -1 : a.recordedOn > b.recordedOn ? 1 : 0));
  for (const { recordedOn: day, command } of ordered) {
    const resolved =
      command.type === 'CORRECT' && command.replacement
        ? { ...command, reverses: seqOfPayment(entries, command.replacement.paymentReference) }
        : command;
    entries.push(...accepted(decide(entries, resolved, at(day, entries.length))));
  }
  return entries;
}

const seqOfPayment = (entries: readonly EntryDraft[], reference: string): number =>
  entries.find(({ body }) => body.kind === 'FULFILLED' && body.paymentReference === reference)?.seq ?? 0;

function accepted(decision: LedgerDecision): readonly EntryDraft[] {
  if (!decision.ok)
    throw new Error(
      `The demo city made a promise that the ledger refuses: ${decision.refusal.code}, ${decision.refusal.message}`,
    );
  return decision.drafts;
}
