import { keysetFilter, keysetSort, type SortKey } from '@zhitong/kit/mongo';
import type { LegalDay } from '@zhitong/values';
import type { Connection } from 'mongoose';
import { REFERRAL_ORDER, SUPERVISION_ORDER } from '../list-orders.js';
import type { ReferralMark, Supervision } from '../domain/case-view.js';
import type { CountedReferrals } from '../domain/referral-figures.js';
import type { CasePage } from './case.js';
import { ALWAYS, type CaseRecord } from './stored-case.js';

/** An entry of a ledger with the case that it belongs to, on which the right to see it depends. */
export type LedgerRow<Entry> = Entry & { readonly of: CaseRecord; readonly caseNumber: string };
export type SupervisionRow = LedgerRow<Supervision>;
export type ReferralRow = LedgerRow<ReferralMark>;

/** Conditions on orders of supervision; all must hold. */
export interface SupervisionConditions {
  /** To be carried out still, or not. */
  readonly running?: boolean | undefined;
  /** The day has passed, or had passed when it ended; by the day of asking. */
  readonly overrun?: { readonly is: boolean; readonly today: LegalDay } | undefined;
  readonly lead?: string | undefined;
  readonly supervisor?: string | undefined;
  /** Only cases of this department. */
  readonly department?: string | undefined;
}

/** Conditions on referrals; all must hold. */
export interface ReferralConditions {
  readonly pending?: boolean | undefined;
  readonly overdueOn?: LegalDay | undefined;
  readonly department?: string | undefined;
  readonly concerning?: string | undefined;
  readonly referredFrom?: LegalDay | undefined;
  readonly referredTo?: LegalDay | undefined;
  /** Those that count towards a figure. */
  readonly counted?: CountedReferrals | undefined;
}

const equal = (field: string, value: unknown): object => (value === undefined ? {} : { [field]: value });

/** The conditions on unwound orders of supervision. */
function ordersWith({ running, overrun, supervisor }: SupervisionConditions): Record<string, unknown> {
  const isRunning = { 'of.isOpen': true, endedOn: null };
  const late = overrun && {
    $or: [
      { ...isRunning, dueOn: { $lt: overrun.today } },
      { endedOn: { $ne: null }, $expr: { $gt: ['$endedOn', '$dueOn'] } },
    ],
  };
  return {
    $and: [
      running === undefined ? {} : running ? isRunning : { $nor: [isRunning] },
      late === undefined ? {} : overrun?.is === true ? late : { $nor: [late] },
    ],
    ...equal('supervisor.id', supervisor),
  };
}

/** The persons of an unwound referral who count towards a figure, as an expression. */
const personsCounted = ({ figure, sanction }: CountedReferrals): object => ({
  $size: {
    $filter: {
      input: { $ifNull: ['$persons', []] },
      as: 'person',
      cond:
        figure === 'PERSONS'
          ? true
          : figure === 'CLEARED'
            ? '$$person.isCleared'
            : sanction === undefined
              ? { $ne: ['$$person.sanction', null] }
              : { $eq: ['$$person.sanction', sanction] },
    },
  },
});

/** The condition by which a referral counts towards a figure: that of domain/referral-figures. */
function referralsCounted(counted: CountedReferrals): Record<string, unknown>[] {
  const { from, to, knownOn, figure } = counted;
  const known = { referredOn: { $gte: from, $lte: to < knownOn ? to : knownOn } };
  const pending = { $or: [{ concludedOn: null }, { concludedOn: { $gt: knownOn } }] };
  const concluded = { concludedOn: { $ne: null, $lte: knownOn } };
  const ofSome = { $expr: { $gt: [personsCounted(counted), 0] } };
  switch (figure) {
    case 'REFERRALS':
      return [known];
    case 'PENDING':
      return [known, pending];
    case 'OVERDUE':
      return [known, pending, { dueOn: { $ne: null, $lt: knownOn } }];
    case 'PERSONS':
      return [known, ofSome];
    case 'SANCTIONS':
    case 'CLEARED':
      return [known, concluded, ofSome];
    default:
      return figure satisfies never;
  }
}

/** The conditions on unwound referrals. */
const referralsWith = (conditions: ReferralConditions): Record<string, unknown> => {
  const { pending, overdueOn, department, concerning, referredFrom, referredTo, counted } = conditions;
  return {
    $and: [
      pending === undefined ? {} : { outcome: pending ? null : { $ne: null } },
      overdueOn === undefined ? {} : { outcome: null, dueOn: { $lt: overdueOn, $ne: null } },
      referredFrom === undefined ? {} : { referredOn: { $gte: referredFrom } },
      referredTo === undefined ? {} : { referredOn: { $lte: referredTo } },
      ...(counted === undefined ? [] : referralsCounted(counted)),
    ],
    ...equal('department', department),
    // One that was not classified is shown, and counted, as OTHER.
    ...(concerning === 'OTHER' ? { concerning: { $in: ['OTHER', null] } } : equal('concerning', concerning)),
  };
};

export type CaseLedgers = ReturnType<typeof caseLedgers>;

/** Lists of what is kept within cases: orders of supervision, and referrals to discipline inspection. */
export function caseLedgers(db: Connection) {
  const cases = db.collection('cases');
  const unwound = (
    [path, day]: readonly [string, string],
    match: object,
    within: object,
  ): Record<string, unknown>[] => [
    // The ledger's own index finds the few cases that have entries.
    { $match: { [`${path}.${day}`]: { $gt: '' }, ...match } },
    { $project: { _id: 0, isOpen: 1, [path]: 1, ...Object.fromEntries(ALWAYS.map((field) => [field, 1])) } },
    { $unwind: `$${path}` },
    {
      $replaceWith: {
        $mergeObjects: [
          `$${path}`,
          { caseNumber: '$caseNumber', of: { $unsetField: { field: path, input: '$$ROOT' } } },
        ],
      },
    },
    { $match: within },
  ];
  const page = async <Row extends object>(
    stages: Record<string, unknown>[],
    sort: readonly SortKey[],
    { limit, position, backwards }: Omit<CasePage, 'fields'>,
  ): Promise<Row[]> =>
    cases
      .aggregate<Row>([
        ...stages,
        { $match: keysetFilter(sort, position, backwards) },
        { $sort: keysetSort(sort, backwards) },
        { $limit: limit + 1 },
      ])
      .toArray();
  const count = async (stages: Record<string, unknown>[]): Promise<number> => {
    const [found] = await cases.aggregate<{ count: number }>([...stages, { $count: 'count' }]).toArray();
    return found?.count ?? 0;
  };
  const orders = (conditions: SupervisionConditions): Record<string, unknown>[] =>
    unwound(
      ['supervisions', 'orderedOn'],
      {
        ...equal('lead', conditions.lead),
        ...equal('departments', conditions.department),
        ...(conditions.running === true ? { isOpen: true } : {}),
      },
      ordersWith(conditions),
    );
  const referrals = (conditions: ReferralConditions): Record<string, unknown>[] =>
    unwound(['referrals', 'referredOn'], {}, referralsWith(conditions));
  return {
    /** Orders of supervision, the latest first, with one row more than `limit` when more follow. */
    supervisions: async (
      conditions: SupervisionConditions,
      asked: Omit<CasePage, 'fields'>,
    ): Promise<SupervisionRow[]> => page(orders(conditions), SUPERVISION_ORDER, asked),
    supervisionCount: async (conditions: SupervisionConditions): Promise<number> => count(orders(conditions)),
    /** Referrals, the latest first, with one row more than `limit` when more follow. */
    referrals: async (conditions: ReferralConditions, asked: Omit<CasePage, 'fields'>): Promise<ReferralRow[]> =>
      page(referrals(conditions), REFERRAL_ORDER, asked),
    referralCount: async (conditions: ReferralConditions): Promise<number> => count(referrals(conditions)),
    /** How often the referrals of a list count towards the figure of its condition `counted`: persons, or each once. */
    referralTimes: async (conditions: ReferralConditions & { readonly counted: CountedReferrals }): Promise<number> => {
      const { counted } = conditions;
      const isOfPersons = ['PERSONS', 'SANCTIONS', 'CLEARED'].includes(counted.figure);
      const [found] = await cases
        .aggregate<{ times: number }>([
          ...referrals(conditions),
          { $group: { _id: null, times: { $sum: isOfPersons ? personsCounted(counted) : 1 } } },
        ])
        .toArray();
      return found?.times ?? 0;
    },
    /** Every referral of a period, for its figures. */
    referralsOf: async (from: LegalDay, to: LegalDay): Promise<ReferralMark[]> =>
      cases
        .aggregate<ReferralMark>([
          ...referrals({ referredFrom: from, referredTo: to }),
          { $unset: ['of', 'caseNumber', 'reason', 'evidence', 'note'] },
        ])
        .toArray(),
  };
}
