import type { ConnectorReads, FieldOrigin } from '@zhitong/connect';
import { loaderPerParent, type Page } from '@zhitong/kit';
import type { ParentPage, SortKey } from '@zhitong/kit/mongo';
import { arisenKnownOn } from './usecases/arrears/arrears-known.js';
import { viewsOn } from './usecases/commitment-views.js';
import type { CommitmentTotal } from './domain/ledger/commitment-totals.js';
import { creditStanding } from './domain/standing/credit-grade.js';
import type { ArrearParent, ArrearRecord } from './models/arrears/arrear.js';
import type { AuditQuestion } from './models/audit/audit-groups.js';
import type { CommitmentConditions, CommitmentField, CommitmentParent, CommitmentRow } from './models/commitment.js';
import type { PledgeRecord } from './models/pledge.js';
import type { ExternalNumber } from './models/external-number.js';
import { arrearProofs, commitmentProofs, type OpenProof } from './usecases/open-proof.js';
import type { SealedTrees } from './memory/sealed-tree.js';
import type { Stores } from './stores.js';
import type { CommitmentView, StandingView } from './records.js';

/** The part of a page that a store reads; null when no rows are asked for. */
export type PageWish = Pick<Page, 'limit' | 'position' | 'backwards'> | null;

/** What decides a page of commitments per parent. */
export interface CommitmentPageWish {
  readonly parentField: CommitmentParent;
  readonly conditions: CommitmentConditions;
  readonly sort: readonly SortKey[];
  readonly page: PageWish;
  readonly fields: readonly CommitmentField[];
  readonly totals: readonly CommitmentTotal[];
  readonly today: string;
}

/** Where a promise and the payments of it came from, these by the place of their entries in the ledger. */
interface CommitmentOrigins {
  readonly promise: readonly FieldOrigin[];
  readonly payments: ReadonlyMap<number, readonly FieldOrigin[]>;
}

export type Loaders = ReturnType<typeof createLoaders>;

/**
 * The loaders of one request: what resolvers ask for in one tick is read with a number of commands that does not grow
 * with it.
 */
export function createLoaders({
  connectors,
  sealedTrees,
  ...stores
}: Stores & { readonly connectors: ConnectorReads; readonly sealedTrees: SealedTrees }) {
  return {
    /** Proofs under the newest seal, for whom a promise or a debt concerns. */
    proof: loaderPerParent<'commitment' | 'arrear', OpenProof>(async (ids, kind) => {
      const tree = await sealedTrees.newest();
      if (tree === null) return new Map();
      return kind === 'commitment' ? commitmentProofs(stores, tree, ids) : arrearProofs(stores, tree, ids);
    }),
    /** Where promises and payments that other systems delivered came from. */
    commitmentOrigins: loaderPerParent(async (ids: readonly string[], _none: null) =>
      commitmentOrigins(await stores.externalNumbers.ofCommitments(ids), connectors),
    ),
    /** By natural key of a delivered credit record. */
    recordOrigins: loaderPerParent(async (keys: readonly string[], _none: null) =>
      connectors.origins('credit-record', keys),
    ),
    commitment: loaderPerParent<{ fields: readonly CommitmentField[] }, CommitmentRow>(
      async (ids, { fields }) => new Map((await stores.commitments.byId(ids, fields)).map((row) => [row.id, row])),
    ),
    /** Whole chains. */
    chain: loaderPerParent(async (ids: readonly string[], _none: null) => stores.entries.chains(ids)),
    auditMatters: loaderPerParent(async (ids: readonly string[], _none: null) => stores.auditMatters.of(ids)),
    commitmentsOf: loaderPerParent<CommitmentPageWish, ParentPage<CommitmentRow>>(
      async (parents, { parentField, ...wish }) => stores.commitments.perParent(parentField, parents, wish),
    ),
    arrearsOf: loaderPerParent<
      { parentField: ArrearParent; includeCleared: boolean; debtor?: string | undefined; page: PageWish },
      ParentPage<ArrearRecord>
    >(async (parents, { parentField, ...wish }) => stores.arrears.perParent(parentField, parents, wish)),
    arisenOf: loaderPerParent<{ from: string; to: string; knownOn: string | null }, ArrearRecord[]>(
      async (debtors, { knownOn, ...period }) =>
        knownOn === null
          ? stores.arrearsReports.arisen(debtors, period)
          : arisenKnownOn(stores, debtors, { ...period, knownOn }),
    ),
    pledgesOf: loaderPerParent<{ page: PageWish; department?: string | undefined }, ParentPage<PledgeRecord>>(
      async (usccs, { page, department }) => stores.pledges.perEnterprise(usccs, page, department),
    ),
    standing: loaderPerParent<{ asOf: string }, StandingView>(async (usccs, { asOf }) =>
      standings(stores, usccs, asOf),
    ),
    unfulfilledOf: loaderPerParent<
      { question: AuditQuestion; limit: number; position: Page['position'] },
      CommitmentView[]
    >(async (keys, { question, ...page }) => {
      const found = await stores.audit.unfulfilled(question, keys, page);
      const views = await viewsOn(
        stores,
        [...found.values()].flat().map(({ id }) => id),
        question,
      );
      return new Map(
        [...found].map(([key, commitments]) => [key, commitments.flatMap(({ id }) => views.get(id) ?? [])]),
      );
    }),
  };
}

async function standings(
  { creditHistories }: Stores,
  usccs: readonly string[],
  asOf: string,
): Promise<Map<string, StandingView>> {
  const histories = await creditHistories.of(usccs);
  return new Map(
    [...histories].map(([uscc, history]) => [
      uscc,
      { uscc, asOf, ...history, standing: creditStanding(history, asOf) },
    ]),
  );
}

async function commitmentOrigins(
  delivered: readonly ExternalNumber[],
  connectors: ConnectorReads,
): Promise<Map<string, CommitmentOrigins>> {
  const keyOf = ({ key, department, number }: ExternalNumber): string => key ?? `${department}/${number}`;
  const keysOf = (kind: ExternalNumber['kind']): string[] => delivered.filter((one) => one.kind === kind).map(keyOf);
  const [promises, payments] = await Promise.all([
    connectors.origins('commitment', keysOf('COMMITMENT')),
    connectors.origins('payment', keysOf('PAYMENT')),
  ]);
  const told = new Map<string, { promise: FieldOrigin[]; payments: Map<number, readonly FieldOrigin[]> }>();
  for (const one of delivered) {
    const own = told.get(one.commitmentId) ?? { promise: [], payments: new Map<number, readonly FieldOrigin[]>() };
    told.set(one.commitmentId, own);
    if (one.kind === 'COMMITMENT') own.promise.push(...(promises.get(keyOf(one)) ?? []));
    else own.payments.set(one.seq, payments.get(keyOf(one)) ?? []);
  }
  return told;
}
