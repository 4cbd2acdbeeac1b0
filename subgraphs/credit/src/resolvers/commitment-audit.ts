import { connectionOf, parsePage, type RequestedFields } from '@zhitong/kit';
import { moneyOfFen, rateText } from '@zhitong/values';
import { AGEING_BUCKETS } from '../domain/commitments/ageing.js';
import { OPTIONAL_FIGURES, type AuditSums, type OptionalFigure } from '../domain/audit/audit-sums.js';
import type {
  AuditRate,
  CommitmentAuditGroupResolvers,
  CommitmentAuditResolvers,
  QueryResolvers,
} from '../generated/resolvers-types.js';
import { BY_DUE_DAY, BY_PROMISE } from '../list-orders.js';
import { viewsOn } from '../usecases/commitment-views.js';
import { COMMITMENT_KINDS } from '../domain/commitments/commitment.js';
import { pastDay, requireAll } from './own-credit.js';

/** Fields that show an optional figure under another name than its own. */
const FIELD_OF: Partial<Record<OptionalFigure, string>> = { onTimeRate: 'onTime' };

/** The optional figures that are asked for, of the whole or of its groups. */
export function figuresAskedFor(requested: RequestedFields): OptionalFigure[] {
  const fields = new Set([...requested.keys(), ...(requested.get('groups')?.keys() ?? [])]);
  return OPTIONAL_FIGURES.filter((figure) => fields.has(figure) || fields.has(FIELD_OF[figure] ?? figure));
}

export const auditedCommitments: NonNullable<QueryResolvers['auditedCommitments']> = async (
  _root,
  { asOf, knownOn, filter, ...args },
  context,
) => {
  const { clock, stores } = context;
  requireAll(context, { en: 'What all departments promised', zh: '各单位的承诺汇总' });
  const question = {
    asOf: pastDay(asOf, { clock, path: ['asOf'] }),
    knownOn: pastDay(knownOn, { clock, path: ['knownOn'] }),
  };
  const page = parsePage(args, { list: { list: 'auditedCommitments', question, filter }, keys: BY_PROMISE.length });
  const conditions = {
    department: filter?.department ?? undefined,
    districtCode: filter?.districtCode ?? undefined,
    isKept: filter?.kept ?? undefined,
    isOverdue: filter?.overdue ?? undefined,
    isLate: filter?.late ?? undefined,
    isFallenDue: filter?.fallenDue ?? undefined,
  };
  const rows = await stores.auditedPromises.list(question, conditions, page);
  const views = await viewsOn(
    stores,
    rows.map(({ id }) => id),
    question,
  );
  return {
    ...connectionOf({
      rows: rows.flatMap(({ id }) => views.get(id) ?? []),
      page,
      sort: BY_PROMISE,
      totalCount: async () => stores.auditedPromises.count(question, conditions),
    }),
    onTime: async () => {
      const { inTime, fallenDue } = await stores.auditedPromises.onTime(question, conditions);
      return { numerator: inTime, denominator: fallenDue };
    },
  };
};

const rate = (numerator: number, denominator: number): AuditRate => ({
  numerator,
  denominator,
  value: rateText({ numerator, denominator }),
});

const figures = {
  promisedAmount: ({ promised }: AuditSums) => moneyOfFen(promised),
  fulfilledAmount: ({ fulfilled }: AuditSums) => moneyOfFen(fulfilled),
  waivedAmount: ({ waived }: AuditSums) => moneyOfFen(waived),
  outstandingAmount: ({ outstanding }: AuditSums) => moneyOfFen(outstanding),
  overdueAmount: ({ overdue }: AuditSums) => moneyOfFen(overdue),
  ageing: ({ ageingAmounts, ageingCounts }: AuditSums) =>
    AGEING_BUCKETS.map((bucket, age) => ({
      bucket,
      count: ageingCounts[age] ?? 0,
      amount: moneyOfFen(ageingAmounts[age] ?? 0n),
    })),
  onTime: ({ inTime, fallenDue }: AuditSums) => ({ numerator: inTime, denominator: fallenDue }),
  onTimeRate: ({ inTime, fallenDue }: AuditSums) => rate(inTime, fallenDue),
};

export const CommitmentAudit: CommitmentAuditResolvers = {
  ...figures,
  asOf: ({ question }) => question.asOf,
  knownOn: ({ question }) => question.knownOn,
};

export const CommitmentAuditGroup: CommitmentAuditGroupResolvers = {
  ...figures,
  department: ({ promisor }) => (promisor === null ? null : { code: promisor }),
  districtCode: ({ question, key }) => (question.groupBy === 'DISTRICT' ? key : null),
  year: ({ question, key }) => (question.groupBy === 'YEAR' ? Number(key) : null),
  kind: ({ question, key }) =>
    question.groupBy === 'KIND' ? (COMMITMENT_KINDS.find((kind) => kind === key) ?? null) : null,
  project: ({ question, key }) => (question.groupBy === 'PROJECT' && key !== '' ? { id: key } : null),
  commitments: async ({ question, key, count }, args, { loaders }) => {
    const page = parsePage(args, {
      list: { list: 'commitmentAudit.groups.commitments', question, key },
      keys: BY_DUE_DAY.length,
    });
    const rows = (await loaders.unfulfilledOf(key, { question, limit: page.limit, position: page.position })) ?? [];
    return connectionOf({ rows, page, sort: BY_DUE_DAY, totalCount: count });
  },
};
