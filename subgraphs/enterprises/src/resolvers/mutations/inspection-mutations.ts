import { forbidden, requireRole, type Actor } from '@zhitong/kit';
import { faultsPayload, idempotencyKeyArgument, payloadOf, type InputFault } from '@zhitong/kit/commands';
import type { Named } from '@zhitong/kit/graph';
import { checkUscc, normalText, parseYuan } from '@zhitong/values';
import type { Context } from '../../context.js';
import { namesOfficialsOf } from '../../domain/access.js';
import type { MutationResolvers } from '../../generated/resolvers-types.js';
import { isMonth } from '../inspections/labour.js';
import { enterprisePayload } from './mutation-input.js';
import { said, saidOfUscc } from '../../domain/refusal-words.js';

type InspectionMutation =
  'recordInspectionPlan' | 'recordInspection' | 'recordPenalty' | 'recordLabourReport' | 'recordJobFair';

const EARLIEST_YEAR = 2015;
const LATEST_YEAR = 2100;
const MOST_JOINT = 20;
const MOST_PEOPLE = 10_000_000;

/** The department of the government that the caller acts for. @throws GraphQLError FORBIDDEN */
function ownDepartment(context: Context, mutation: string): { actor: Actor; department: string } {
  const { actor, financialDepartments } = context;
  requireRole(actor, ['OFFICER'], mutation);
  const department = namesOfficialsOf({ ...actor, roles: ['OFFICER'] }, financialDepartments);
  if (typeof department !== 'string') throw forbidden(said('FOR_DEPARTMENTS', { mutation }));
  return { actor, department };
}

function texts(fields: Readonly<Record<string, readonly [text: string, most: number]>>): InputFault[] {
  return Object.entries(fields).flatMap(([name, [text, most]]) => {
    const length = [...normalText(text)].length;
    return length >= 2 && length <= most ? [] : [{ path: [name], ...said('NAME_LENGTH', { length, most }) }];
  });
}

function numbers(
  fields: Readonly<Record<string, readonly [value: number, least: number, most: number]>>,
): InputFault[] {
  return Object.entries(fields).flatMap(([name, [value, least, most]]) =>
    value >= least && value <= most ? [] : [{ path: [name], ...said('NUMBER_OUTSIDE', { value, least, most }) }],
  );
}

function codeFaults(text: string): { readonly uscc: string; readonly faults: readonly InputFault[] } {
  const code = checkUscc(text, { irregular: 'accept' });
  return code.ok
    ? { uscc: code.uscc, faults: [] }
    : { uscc: '', faults: [{ path: ['uscc'], ...saidOfUscc(code, text) }] };
}

export const inspectionMutations: Pick<Required<MutationResolvers>, InspectionMutation> = {
  recordInspectionPlan: async (_root, { input }, context) => {
    const { actor, department } = ownDepartment(context, 'recordInspectionPlan');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { year, name, matter } = input;
    const faults = [
      ...texts({ name: [name, 100], matter: [matter, 500] }),
      ...numbers({ year: [year, EARLIEST_YEAR, LATEST_YEAR], cap: [input.cap ?? 1, 1, 366] }),
    ];
    if (faults.length > 0) return faultsPayload(faults);
    const plan = {
      departmentCode: department,
      year,
      name: normalText(name),
      matter: normalText(matter),
      publishedOn: input.publishedOn ?? null,
      cap: input.cap ?? null,
    };
    const outcome = await context.inspections.plan({ idempotencyKey, actor, plan });
    return payloadOf(outcome, async (id) => ({ plan: (await context.stores.inspections.plansById([id]))[0] }));
  },

  recordInspection: async (_root, { input }, context) => {
    const { actor, department } = ownDepartment(context, 'recordInspection');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { noticeNumber, matter, resultText, jointWith = [], isOnSite = true } = input;
    const { uscc, faults: wrongCode } = codeFaults(input.uscc);
    const faults = [
      ...wrongCode,
      ...texts({ noticeNumber: [noticeNumber, 100], matter: [matter, 500], resultText: [resultText, 2_000] }),
      ...(jointWith.length > MOST_JOINT || new Set([department, ...jointWith]).size <= jointWith.length
        ? [{ path: ['jointWith'], ...said('BAD_JOINT_DEPARTMENTS', { most: MOST_JOINT }) }]
        : []),
    ];
    if (faults.length > 0) return faultsPayload(faults);
    const outcome = await context.inspections.inspect({
      idempotencyKey,
      actor,
      unknown: async () =>
        context.names.faultsOf(
          jointWith.map((code, at): Named => ({ kind: 'department', code, path: ['jointWith', String(at)] })),
        ),
      inspection: {
        uscc,
        departmentCode: department,
        kind: input.kind,
        planId: input.plan ?? null,
        noticeNumber: normalText(noticeNumber),
        matter: normalText(matter),
        isApproved: input.isApproved,
        isOnSite,
        jointWith,
        inspectedOn: input.inspectedOn,
        result: input.result,
        resultText: normalText(resultText),
      },
    });
    return payloadOf(outcome, async (id) => ({ inspection: (await context.stores.inspections.byId([id]))[0] }));
  },

  recordPenalty: async (_root, { input }, context) => {
    const { actor, department } = ownDepartment(context, 'recordPenalty');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { decisionNumber, reason, basis } = input;
    const { uscc, faults: wrongCode } = codeFaults(input.uscc);
    const fine = parseYuan(input.fine);
    const faults = [
      ...wrongCode,
      ...texts({ decisionNumber: [decisionNumber, 100], reason: [reason, 2_000], basis: [basis, 500] }),
      ...(fine.ok && fine.fen >= 0 ? [] : [{ path: ['fine'], ...said('BAD_FINE') }]),
    ];
    if (faults.length > 0 || !fine.ok) return faultsPayload(faults);
    const outcome = await context.inspections.punish({
      idempotencyKey,
      actor,
      penalty: {
        uscc,
        departmentCode: department,
        decisionNumber: normalText(decisionNumber),
        grade: input.grade,
        reason: normalText(reason),
        basis: normalText(basis),
        fineFen: fine.fen,
        decidedOn: input.decidedOn,
        publicUntil: input.publicUntil ?? null,
      },
    });
    return payloadOf(outcome, async (id) => ({ penalty: (await context.stores.inspections.penaltiesById([id]))[0] }));
  },

  recordLabourReport: async (_root, { input }, context) => {
    const { actor, department } = ownDepartment(context, 'recordLabourReport');
    if (!context.factAuthorities.HUMAN_RESOURCES.includes(department))
      throw forbidden(said('LABOUR_MONITORED_BY', { departments: context.factAuthorities.HUMAN_RESOURCES.join(', ') }));
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { month, employees, shortage } = input;
    const { uscc, faults: wrongCode } = codeFaults(input.uscc);
    const faults = [
      ...wrongCode,
      ...(isMonth(month) ? [] : [{ path: ['month'], ...said('BAD_MONTH') }]),
      ...numbers({ employees: [employees, 0, MOST_PEOPLE], shortage: [shortage, 0, MOST_PEOPLE] }),
    ];
    if (faults.length > 0) return faultsPayload(faults);
    const report = { uscc, month, employees, shortage, recordedBy: department };
    return enterprisePayload(await context.inspections.reportLabour({ idempotencyKey, actor, report }), context);
  },

  recordJobFair: async (_root, { input }, context) => {
    const { actor, department } = ownDepartment(context, 'recordJobFair');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { name, heldOn, enterprises, posts, hired } = input;
    const faults = [
      ...texts({ name: [name, 100] }),
      ...numbers({
        enterprises: [enterprises, 1, MOST_PEOPLE],
        posts: [posts, 0, MOST_PEOPLE],
        hired: [hired, 0, Math.max(0, posts)],
      }),
    ];
    if (faults.length > 0) return faultsPayload(faults);
    const fair = { name: normalText(name), heldOn, departmentCode: department, enterprises, posts, hired };
    const outcome = await context.inspections.holdFair({ idempotencyKey, actor, fair });
    return payloadOf(outcome, async (id) => ({ fair: await context.stores.labour.fairById(id) }));
  },
};
