import { badUserInput, connectionOf, hasRole, parsePage, requireRole } from '@zhitong/kit';
import { said } from '../domain/refusal-words.js';
import { faultsPayload, idempotencyKeyArgument, payloadOf } from '@zhitong/kit/commands';
import type { Context } from '../context.js';
import { caseScope } from '../domain/access.js';
import type { ReferralMark, Supervision } from '../domain/case-view.js';
import { ofConclusion, ofReferral, ofReport } from '../domain/persons/writers.js';
import { asStored, textFaults, TEXT_LIMITS } from '../domain/intake.js';
import type { LegalDay } from '@zhitong/values';
import { referralFigures, type CountedReferrals } from '../domain/referral-figures.js';
import type {
  ClearingNoticeResolvers,
  CountedReferralsInput,
  MutationResolvers,
  QueryResolvers,
  SpecialSupervisorResolvers,
} from '../generated/resolvers-types.js';
import { REFERRAL_ORDER, SUPERVISION_ORDER } from '../list-orders.js';
import type { ReferralConditions, SupervisionConditions } from '../models/case-ledgers.js';
import type { CaseRecord } from '../models/stored-case.js';
import type { ShownReferral, ShownSupervision } from '../records.js';
import { forReader } from './case-text.js';
import { noteFaults } from './mutations/changing.js';
import { firstArgument } from './mutations/first-argument.js';
import { knownPeriod } from './period.js';

const PERSON = { longest: TEXT_LIMITS.name, shortest: 2 } as const;

/**
 * An order of supervision as this reader may see it.
 * @param isCaseOpen somebody still owes the enterprise an answer
 */
export async function shownSupervision(
  order: Supervision,
  { record, isCaseOpen }: { record: CaseRecord; isCaseOpen: boolean },
  context: Context,
): Promise<ShownSupervision> {
  const { report = null, endedOn = null, conclusion = null } = order;
  const isOverdue = isCaseOpen && endedOn === null && order.dueOn < context.today;
  return {
    orderedOn: order.orderedOn,
    dueOn: order.dueOn,
    number: order.number ?? 1,
    caseNumber: record.caseNumber,
    instruction: await forReader(order.instruction, record, context),
    isOverdue,
    isOverrun: isOverdue || (endedOn !== null && endedOn > order.dueOn),
    specialSupervisor: order.supervisor ?? null,
    report:
      report === null ? null : await forReader(report.note, record, context, { written: ofReport(order.number ?? 1) }),
    reportedOn: report?.on ?? null,
    endedOn,
    isFulfilled: order.isFulfilled ?? null,
    conclusion: conclusion === null ? null : await forReader(conclusion, record, context),
  };
}

/** A referral as coordinator and auditor see it. */
export async function shownReferral(mark: ReferralMark, record: CaseRecord, context: Context): Promise<ShownReferral> {
  const dueOn = mark.dueOn ?? null;
  return {
    ...mark,
    caseNumber: record.caseNumber,
    reason: await forReader(mark.reason, record, context, { written: ofReferral(mark.referralId) }),
    note:
      mark.note === null
        ? null
        : await forReader(mark.note, record, context, { written: ofConclusion(mark.referralId) }),
    dueOn,
    isOverdue: mark.outcome === null && dueOn !== null && dueOn < context.today,
    persons: [...(mark.persons ?? [])],
    concerning: mark.concerning ?? 'OTHER',
    clearingNotice: mark.clearingNotice ?? null,
    overdueNoticedOn: mark.overdueNoticedOn ?? null,
  };
}

/** The referrals behind a figure: the same condition by which it was counted. */
function countedReferrals({ figure, sanction, ...period }: CountedReferralsInput, today: LegalDay): CountedReferrals {
  if (typeof sanction === 'string' && figure !== 'SANCTIONS')
    throw badUserInput(said('SANCTION_WITH_FIGURE', { figure }), [...['filter', 'counted', 'sanction']]);
  return { ...knownPeriod(period, today), figure, sanction: sanction ?? undefined };
}

export const oversightQueries: Pick<
  QueryResolvers,
  'supervisions' | 'specialSupervisors' | 'referrals' | 'referralFigures' | 'clearingNotices'
> = {
  supervisions: async (_root, { filter, ...args }, context) => {
    const { actor, stores, today } = context;
    const scope = caseScope(actor);
    const conditions: SupervisionConditions = {
      running: filter?.running ?? undefined,
      overrun: typeof filter?.overrun === 'boolean' ? { is: filter.overrun, today } : undefined,
      lead: filter?.handler ?? undefined,
      supervisor: filter?.specialSupervisor ?? undefined,
      department: scope.kind === 'DEPARTMENT' ? scope.department : undefined,
    };
    const page = parsePage(args, { list: { list: 'supervisions', filter }, keys: SUPERVISION_ORDER.length });
    const found = await stores.ledgers.supervisions(conditions, page);
    const rows = await Promise.all(
      found.map(async (row) => shownSupervision(row, { record: row.of, isCaseOpen: row.of.isOpen === true }, context)),
    );
    return connectionOf({
      rows,
      page,
      sort: SUPERVISION_ORDER,
      totalCount: async () => stores.ledgers.supervisionCount(conditions),
    });
  },
  specialSupervisors: async (_root, { active, first }, { stores, today }) =>
    stores.oversight.supervisors(active ? today : undefined, firstArgument(first)),
  referrals: async (_root, { filter, ...args }, context) => {
    const { stores, today } = context;
    const conditions: ReferralConditions = {
      pending: filter?.pending ?? undefined,
      overdueOn: filter?.overdue === true ? today : undefined,
      department: filter?.department ?? undefined,
      concerning: filter?.concerning ?? undefined,
      referredFrom: filter?.referredFrom ?? undefined,
      referredTo: filter?.referredTo ?? undefined,
      counted: filter?.counted ? countedReferrals(filter.counted, today) : undefined,
    };
    const { counted } = conditions;
    const page = parsePage(args, { list: { list: 'referrals', filter }, keys: REFERRAL_ORDER.length });
    const found = await stores.ledgers.referrals(conditions, page);
    return {
      ...connectionOf({
        rows: await Promise.all(found.map(async (row) => shownReferral(row, row.of, context))),
        page,
        sort: REFERRAL_ORDER,
        totalCount: async () => stores.ledgers.referralCount(conditions),
      }),
      ...(counted === undefined
        ? {}
        : { countedTimes: async () => stores.ledgers.referralTimes({ ...conditions, counted }) }),
    };
  },
  referralFigures: async (_root, args, { stores, today }) => {
    const period = knownPeriod(args, today);
    const { byClass, bySanction, ...figures } = referralFigures(
      await stores.ledgers.referralsOf(period.from, period.to),
      period.knownOn,
    );
    return { ...period, ...figures, byClass: [...byClass], bySanction: [...bySanction] };
  },
  clearingNotices: async (_root, { first }, { actor, stores }) =>
    stores.oversight.notices(
      hasRole(actor, 'COORDINATOR', 'AUDITOR')
        ? { all: true }
        : { all: false, department: hasRole(actor, 'OFFICER') ? actor?.department : undefined },
      firstArgument(first),
    ),
};

export const oversightMutations: Pick<MutationResolvers, 'appointSpecialSupervisor' | 'endSpecialSupervisor'> = {
  appointSpecialSupervisor: async (_root, { input }, { actor, oversight, stores }) => {
    requireRole(actor, ['COORDINATOR'], 'appointSpecialSupervisor');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const faults = [
      ...textFaults(input.name, ['name'], PERSON),
      ...textFaults(input.organisation, ['organisation'], PERSON),
    ];
    if (faults.length > 0) return faultsPayload(faults);
    const [name, organisation] = [asStored(input.name), asStored(input.organisation)];
    const outcome = await oversight.appoint({ idempotencyKey, actor, name, organisation, until: input.until });
    return payloadOf(outcome, async (id) => ({ specialSupervisor: await stores.oversight.supervisor(id) }));
  },
  endSpecialSupervisor: async (_root, { input }, { actor, oversight, stores }) => {
    requireRole(actor, ['COORDINATOR'], 'endSpecialSupervisor');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const faults = noteFaults('reason', input.reason);
    if (faults.length > 0) return faultsPayload(faults);
    const outcome = await oversight.end({ idempotencyKey, actor, id: input.id, reason: asStored(input.reason) });
    return payloadOf(outcome, async (id) => ({ specialSupervisor: await stores.oversight.supervisor(id) }));
  },
};

/** The order names its special supervisor; what else is known of the appointment is in the register. */
export const SpecialSupervisor: SpecialSupervisorResolvers = {
  appointedOn: (supervisor) => ('appointedOn' in supervisor ? supervisor.appointedOn : null),
  until: (supervisor) => ('until' in supervisor ? supervisor.until : null),
  endedOn: (supervisor) => ('endedOn' in supervisor ? supervisor.endedOn : null),
};

export const ClearingNotice: ClearingNoticeResolvers = { department: ({ department }) => ({ code: department }) };
