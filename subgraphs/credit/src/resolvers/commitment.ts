import { originView } from '@zhitong/connect';
import { requestedFields } from '@zhitong/kit';
import { storedField } from '@zhitong/kit/graph';
import { dayInShanghai, moneyOfFen } from '@zhitong/values';
import type { GraphQLResolveInfo } from 'graphql';
import { viewFromEntries } from '../usecases/commitment-views.js';
import type { Context } from '../context.js';
import { mayWriteFor, seesAccounts } from '../domain/access.js';
import { ageingBucket, daysOverdue } from '../domain/commitments/ageing.js';
import { commitmentMoves, isReversible } from '../domain/commitment-moves.js';
import { instalmentsOn, overdueOn } from '../domain/ledger/commitment-record.js';
import type { Recording } from '../domain/ledger/ledger-decision.js';
import type { CommitmentResolvers, LedgerEntryResolvers } from '../generated/resolvers-types.js';
import type { CommitmentField, StoredCommitment } from '../models/commitment.js';
import type { StoredEntry } from '../models/ledger-entry.js';
import type { CommitmentView } from '../records.js';
import { recordingTime } from '../usecases/ledger-writes.js';
import { mattersOf } from './audit-worklist.js';
import { storedFields } from './commitment-fields.js';
import { shownProof } from './ledger-seal.js';
import { moneyOf } from './money.js';
import { officesOf, pastDay, readable } from './own-credit.js';

/** A stored field that was read; `commitment-fields.ts` says which ones a field of the graph needs. */
const stored = <Field extends CommitmentField>(
  view: Partial<StoredCommitment>,
  field: Field,
): StoredCommitment[Field] => storedField<StoredCommitment, Field>(view, field, 'A commitment');

const positionOf = (view: CommitmentView) => ({
  instalments: stored(view, 'instalments'),
  fulfilled: stored(view, 'fulfilled'),
  waived: stored(view, 'waived'),
  state: view.state,
});

const overdueDays = (view: CommitmentView): number => {
  const dueOn = stored(view, 'dueOn');
  return dueOn === null ? 0 : daysOverdue(dueOn, view.asOf);
};

/** How an entry that the caller appends now would be recorded. */
const recordingNow = (chain: readonly StoredEntry[], { actor, clock }: Context): Recording => ({
  recordedAt: recordingTime(clock.now(), chain.at(-1)?.recordedAt),
  recordedBy: actor?.sub ?? '',
});

/** A commitment as it stands today, if the caller may read it. @throws GraphQLError see readThing */
export async function readableCommitment(
  id: string,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<CommitmentView | null> {
  const row = readable(
    await context.loaders.commitment(id, { fields: storedFields(requestedFields(info)) }),
    ({ uscc, promisor }) => ({ uscc, department: promisor }),
    context,
    { en: `The commitment ${id.slice(0, 40)}`, zh: `承诺 ${id.slice(0, 40)} ` },
  );
  return row && { ...row, asOf: pastDay(null, { clock: context.clock, path: [] }) };
}

export const Commitment: CommitmentResolvers = {
  __resolveReference: async ({ id }, context, info) => readableCommitment(id, context, info),
  kind: (view) => stored(view, 'kind'),
  promisor: ({ promisor }) => ({ code: promisor }),
  originalPromisor: (view) => ({ code: stored(view, 'originalPromisor') }),
  enterprise: ({ uscc }) => ({ uscc }),
  project: (view) => {
    const id = stored(view, 'projectId');
    return id === null ? null : { id };
  },
  districtCode: (view) => stored(view, 'districtCode'),
  promisedOn: (view) => stored(view, 'promisedOn'),
  document: (view) => stored(view, 'document'),
  deliverable: (view) => stored(view, 'deliverable'),
  promisedAmount: (view) => moneyOf(stored(view, 'promised'), view.measure),
  fulfilledAmount: (view) => moneyOf(stored(view, 'fulfilled'), view.measure),
  waivedAmount: (view) => moneyOf(stored(view, 'waived'), view.measure),
  outstandingAmount: (view) => moneyOf(stored(view, 'outstanding'), view.measure),
  overdueAmount: (view) => moneyOf(overdueOn(positionOf(view), view.asOf), view.measure),
  milestones: (view) =>
    view.measure === 'MONEY' ? null : { done: stored(view, 'fulfilled'), total: stored(view, 'promised') },
  dueOn: (view) => stored(view, 'dueOn'),
  daysOverdue: overdueDays,
  ageing: (view) => ageingBucket(overdueDays(view)),
  instalments: (view) =>
    instalmentsOn(positionOf(view), view.asOf).map((instalment) => ({
      no: instalment.no,
      dueOn: instalment.dueOn,
      amount: moneyOf(instalment.amount, view.measure),
      settledAmount: moneyOf(instalment.settled, view.measure),
      isSettled: instalment.outstanding === 0,
      daysOverdue: instalment.daysOverdue,
      ageing: instalment.ageing,
    })),
  conditions: (view) => [...stored(view, 'conditions')],
  official: (view) => stored(view, 'official'),
  predecessors: (view) => [...stored(view, 'predecessors')],
  version: (view) => stored(view, 'version'),
  legalMoves: async (view, _args, context) => {
    const { actor, clock, ledgerOffice, loaders } = context;
    if (view.asOf !== dayInShanghai(clock.now()) || !mayWriteFor(actor, view.promisor, ledgerOffice)) return [];
    const chain = (await loaders.chain(view.id, null)) ?? [];
    // As it was known on an earlier day it has fewer entries.
    return chain.at(-1)?.seq === stored(view, 'version') ? commitmentMoves(chain, recordingNow(chain, context)) : [];
  },
  entries: async ({ id, promisor, measure }, _args, context) => {
    const chain = (await context.loaders.chain(id, null)) ?? [];
    const hidesOfficials = !seesAccounts(context.actor, promisor, officesOf(context));
    return chain.map((entry) => ({ entry, chain, measure, hidesOfficials }));
  },
  provenance: async ({ id }, _args, { loaders }) =>
    ((await loaders.commitmentOrigins(id, null))?.promise ?? []).map(originView),
  proof: async ({ id }, _args, { loaders }) => shownProof(await loaders.proof(id, 'commitment')),
  auditMatters: async ({ id }, _args, context) => mattersOf(id, context),
  onDay: async ({ id }, { asOf, knownOn }, { loaders, clock }) => {
    const at = {
      asOf: pastDay(asOf, { clock, path: ['asOf'] }),
      knownOn: pastDay(knownOn, { clock, path: ['knownOn'] }),
    };
    return viewFromEntries((await loaders.chain(id, null)) ?? [], at);
  },
};

export const LedgerEntry: LedgerEntryResolvers = {
  seq: ({ entry }) => entry.seq,
  kind: ({ entry }) => entry.body.kind,
  effectiveOn: ({ entry }) => entry.effectiveOn,
  recordedAt: ({ entry }) => new Date(entry.recordedAt),
  recordedBy: ({ entry, hidesOfficials }) => (hidesOfficials ? null : entry.recordedBy),
  amount: ({ entry, measure }) => {
    const moved = entry.postings.find(({ amount }) => amount > 0);
    return moved && measure === 'MONEY' ? moneyOfFen(moved.amount) : null;
  },
  paymentReference: ({ entry: { body } }) => (body.kind === 'FULFILLED' ? body.paymentReference : null),
  reverses: ({ entry: { body } }) => (body.kind === 'CORRECTED' ? body.reverses : null),
  isReversible: ({ entry, chain }, _args, context) => isReversible(chain, entry.seq, recordingNow(chain, context)),
  remark: ({ entry: { body } }) => {
    switch (body.kind) {
      case 'CORRECTED':
      case 'TRANSFERRED':
      case 'HANDED_OVER':
        return body.reason;
      case 'FULFILLED':
      case 'CONDITION_ASSESSED':
        return body.evidence;
      case 'WAIVED':
        return body.consent.documentNumber;
      case 'DOCUMENT_ATTACHED':
        return body.document.number;
      case 'PROMISED':
        return body.terms.title;
      case 'REALLOCATED':
        return null;
    }
  },
  provenance: async ({ entry: { commitmentId, seq } }, _args, { loaders }) =>
    ((await loaders.commitmentOrigins(commitmentId, null))?.payments.get(seq) ?? []).map(originView),
  body: ({ entry }) => entry.body,
  postings: ({ entry }) => entry.postings,
  previousHash: ({ entry }) => entry.previousHash,
  hash: ({ entry }) => entry.hash,
};
