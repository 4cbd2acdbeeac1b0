import { forbidden, requireRole } from '@zhitong/kit';
import {
  faultsPayload,
  idempotencyKeyArgument,
  payloadOf,
  type CommandOutcome,
  type InputFault,
} from '@zhitong/kit/commands';
import type { Named } from '@zhitong/kit/graph';
import { checkUscc, normalText } from '@zhitong/values';
import type { Context } from '../../context.js';
import { namesOfficialsOf } from '../../domain/access.js';
import { findingFaults, officialFaults, visitTextFaults } from '../../domain/visits/visit.js';
import type { MutationResolvers, RecordVisitInput } from '../../generated/resolvers-types.js';
import type { NewFinding, VisitPlan } from '../../usecases/visits/visit-commands.js';
import { campaignFaults } from './campaign-input.js';
import { saidPayload } from '../../usecases/refusals.js';
import { said, saidOfUscc } from '../../domain/refusal-words.js';

type VisitMutation =
  | 'openVisitCampaign'
  | 'planVisit'
  | 'recordVisit'
  | 'withdrawVisit'
  | 'confirmVisit'
  | 'settleFinding'
  | 'raiseFinding';

/** The department that the caller acts for, null for the coordinator. @throws GraphQLError FORBIDDEN */
function within({ actor, financialDepartments }: Context): string | null {
  const own = namesOfficialsOf(actor, financialDepartments);
  if (own === undefined) throw forbidden(said('VISITS_MADE_BY'));
  return own;
}

/** Whom and by whom; the faults of an input that does not say it. */
function readPlan(
  {
    uscc,
    campaign,
    kind,
    department,
    officials,
  }: Omit<RecordVisitInput, 'visitedOn' | 'met' | 'summary' | 'idempotencyKey'>,
  own: string | null,
): VisitPlan | readonly InputFault[] {
  const code = checkUscc(uscc ?? '', { irregular: 'accept' });
  const visitor = department ?? own;
  const faults: InputFault[] = [
    ...(code.ok ? [] : [{ path: ['uscc'], ...saidOfUscc(code, uscc ?? '') }]),
    ...((kind ?? null) === null ? [{ path: ['kind'], ...said('NO_VISIT_KIND') }] : []),
    ...(visitor === null ? [{ path: ['department'], ...said('NO_VISITING_DEPARTMENT') }] : []),
    ...officialFaults(officials ?? []),
  ];
  if (own !== null && visitor !== own) throw forbidden(said('VISITS_RECORDED_THERE', { own, visitor: visitor ?? '' }));
  if (!code.ok || visitor === null || kind === null || kind === undefined || faults.length > 0) return faults;
  return { uscc: code.uscc, campaign: campaign ?? null, kind, department: visitor, officials: officials ?? [] };
}

const isFaults = (read: object): read is readonly InputFault[] => Array.isArray(read);

/** The departments that an input names. */
const named =
  ({ names }: Context, departments: readonly (readonly [string, ...string[]])[]) =>
  async () =>
    names.faultsOf(departments.map(([code, ...path]): Named => ({ kind: 'department', code, path })));

const visitPayload = async (outcome: CommandOutcome<string>, { stores }: Context) =>
  payloadOf(outcome, async (id) => ({ visit: (await stores.visits.byId([id]))[0] }));
const findingPayload = async (outcome: CommandOutcome<string>, { stores }: Context) =>
  payloadOf(outcome, async (id) => ({ finding: await stores.findings.byId(id) }));

export const visitMutations: Pick<Required<MutationResolvers>, VisitMutation> = {
  openVisitCampaign: async (_root, { input }, context) => {
    const { actor, campaigns, names, stores } = context;
    requireRole(actor, ['COORDINATOR'], 'openVisitCampaign');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { name, from, until, regions = [], classes = [], teams = [], stages, quotas = [] } = input;
    const faults = campaignFaults({ name, from, until, stages, quotas });
    if (faults.length > 0) return faultsPayload(faults);
    const outcome = await campaigns.open({
      idempotencyKey,
      actor,
      campaign: {
        name: normalText(name),
        from,
        until,
        regions,
        classes,
        teams,
        stages: stages.map((stage) => ({
          name: normalText(stage.name),
          until: stage.until,
          classes: stage.classes ?? [],
        })),
        quotas: quotas.map(({ department, quota }) => ({ departmentCode: department, quota })),
      },
      unknown: async () =>
        names.faultsOf([
          ...regions.map((code, at): Named => ({ kind: 'region', code, path: ['regions', String(at)] })),
          ...quotas.map(({ department }, at): Named => ({
            kind: 'department',
            code: department,
            path: ['quotas', String(at), 'department'],
          })),
        ]),
    });
    return payloadOf(outcome, async (id) => ({ campaign: (await stores.campaigns.byId([id]))[0] }));
  },

  planVisit: async (_root, { input }, context) => {
    const { actor, visits } = context;
    requireRole(actor, ['OFFICER', 'COORDINATOR'], 'planVisit');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const plan = readPlan(input, within(context));
    if (isFaults(plan)) return faultsPayload(plan);
    const unknown = named(context, [[plan.department, 'department']]);
    return visitPayload(
      await visits.plan({ idempotencyKey, actor, unknown, plan, plannedOn: input.plannedOn }),
      context,
    );
  },

  recordVisit: async (_root, { input }, context) => {
    const { actor, visits } = context;
    requireRole(actor, ['OFFICER', 'COORDINATOR'], 'recordVisit');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const own = within(context);
    const { visit, visitedOn, findings: stated = [] } = input;
    const findings = stated.map((finding): NewFinding => ({
      title: normalText(finding.title),
      text: finding.text.normalize('NFC').trim(),
      kind: finding.kind ?? 'APPEAL',
      category: finding.category,
      handling: finding.handling,
      service: typeof finding.service === 'string' ? normalText(finding.service) : null,
      dueOn: finding.dueOn ?? null,
    }));
    const faults = [
      ...visitTextFaults(input.met, 'met', ['met']),
      ...visitTextFaults(input.summary, 'summary', ['summary']),
      ...findingFaults(findings),
    ];
    if (faults.length > 0) return faultsPayload(faults);
    const isPlanned = typeof visit === 'string';
    const more = isPlanned
      ? (['uscc', 'campaign', 'kind', 'department', 'officials'] as const).find(
          (name) => (input[name] ?? null) !== null,
        )
      : undefined;
    if (more !== undefined) return saidPayload(said('STANDS_IN_PLAN', { more }), [more]);
    const of = isPlanned ? { visit } : readPlan(input, own);
    if (isFaults(of)) return faultsPayload(of);
    const unknown = 'department' in of ? named(context, [[of.department, 'department']]) : undefined;
    const report = {
      visitedOn,
      met: normalText(input.met),
      summary: input.summary.normalize('NFC').trim(),
      findings,
    };
    return visitPayload(await visits.record({ idempotencyKey, actor, unknown, of, report, within: own }), context);
  },

  withdrawVisit: async (_root, { input }, context) => {
    const { actor, visits } = context;
    requireRole(actor, ['OFFICER', 'COORDINATOR'], 'withdrawVisit');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const faults = visitTextFaults(input.reason, 'service', ['reason']);
    if (faults.length > 0) return faultsPayload(faults);
    return visitPayload(
      await visits.withdraw({
        idempotencyKey,
        actor,
        visit: input.visit,
        reason: normalText(input.reason),
        within: within(context),
        expectedVersion: input.expectedVersion,
      }),
      context,
    );
  },

  confirmVisit: async (_root, { input }, context) => {
    const { actor, visits } = context;
    requireRole(actor, ['ENTERPRISE'], 'confirmVisit');
    if (actor.uscc === undefined) throw forbidden(said('CONFIRMS_FOR_ITSELF'));
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const remark = input.remark ?? null;
    const faults = remark === null ? [] : visitTextFaults(remark, 'service', ['remark']);
    if (faults.length > 0) return faultsPayload(faults);
    return visitPayload(
      await visits.confirm({
        idempotencyKey,
        actor,
        visit: input.visit,
        uscc: actor.uscc,
        tookPlace: input.tookPlace,
        remark: remark === null ? null : normalText(remark),
      }),
      context,
    );
  },

  settleFinding: async (_root, { input }, context) => {
    const { actor, visits } = context;
    requireRole(actor, ['OFFICER', 'COORDINATOR'], 'settleFinding');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const faults = visitTextFaults(input.done, 'service', ['done']);
    if (faults.length > 0) return faultsPayload(faults);
    const [name, finding, note] = ['settleFinding' as const, input.finding, normalText(input.done)];
    return findingPayload(
      await visits.moveFinding({ idempotencyKey, actor, name, finding, note, within: within(context) }),
      context,
    );
  },

  raiseFinding: async (_root, { input }, context) => {
    const { actor, visits } = context;
    requireRole(actor, ['OFFICER', 'COORDINATOR'], 'raiseFinding');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const [name, finding] = ['raiseFinding' as const, input.finding];
    return findingPayload(
      await visits.moveFinding({ idempotencyKey, actor, name, finding, note: null, within: within(context) }),
      context,
    );
  },
};
