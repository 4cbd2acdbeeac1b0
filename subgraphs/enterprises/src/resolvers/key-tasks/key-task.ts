import { badUserInput, connectionOf, forbidden, parsePage, requireRole } from '@zhitong/kit';
import {
  faultsPayload,
  idempotencyKeyArgument,
  payloadOf,
  type CommandOutcome,
  type InputFault,
  type RefusalPayload,
} from '@zhitong/kit/commands';
import { asStored, dayInShanghai, yearOf } from '@zhitong/values';
import type { Context } from '../../context.js';
import { mayReadOfficials } from '../../domain/access.js';
import { byCode, parentCode } from '../../domain/key-tasks/indicator.js';
import { keyTaskMoves, stateOf, struckOffOn, taskFigures } from '../../domain/key-tasks/key-task.js';
import { saidOfText, said } from '../../domain/refusal-words.js';
import type {
  IndicatorResolvers,
  KeyTaskDecisionResolvers,
  KeyTaskFiguresOfOwnerResolvers,
  KeyTaskProgressResolvers,
  KeyTaskResolvers,
  MutationResolvers,
  QueryResolvers,
} from '../../generated/resolvers-types.js';
import { TASK_ORDER } from '../../list-orders.js';
import type { KeyTaskRecord } from '../../models/key-tasks/key-task.js';
import { requiredDepartment } from '../department.js';
import { nameFaults, noteFaults } from '../mutations/text-input.js';

type KeyTaskQuery = 'indicators' | 'keyTasks' | 'keyTask' | 'keyTaskReport';
type KeyTaskMutation = 'setIndicator' | 'enterKeyTask' | 'reportKeyTaskProgress' | 'decideKeyTask';

const LONGEST_TITLE = 200;

/** Lets officials of the government pass. */
function forGovernment({ actor, financialDepartments }: Context, what: string): void {
  if (!mayReadOfficials(actor, financialDepartments)) throw forbidden(said('FOR_OFFICIALS', { what }));
}

export const keyTaskQueries: Pick<QueryResolvers, KeyTaskQuery> = {
  indicators: async (_root, _args, context) => {
    forGovernment(context, 'Who answers for which indicator');
    const all = await context.stores.indicators.all();
    return all.filter(({ code }) => parentCode(code) === null).toSorted((a, b) => byCode(a.code, b.code));
  },

  keyTasks: async (_root, { filter, ...args }, context) => {
    forGovernment(context, 'The list of key tasks');
    const { stores } = context;
    const page = parsePage(args, { list: { list: 'keyTasks', filter }, keys: TASK_ORDER.length });
    const conditions = {
      ownerCode: filter?.owner ?? undefined,
      indicator: filter?.indicator ?? undefined,
      hasFinding: filter?.hasFinding ?? undefined,
    };
    return connectionOf({
      rows: await stores.keyTasks.list(conditions, page),
      page,
      sort: TASK_ORDER,
      totalCount: async () => stores.keyTasks.count(conditions),
    });
  },

  keyTask: async (_root, { id }, context) => {
    forGovernment(context, 'A key task');
    return context.stores.keyTasks.byId(id);
  },

  keyTaskReport: async (_root, { on }, context) => {
    forGovernment(context, 'The report on key tasks');
    const { stores, clock } = context;
    const today = dayInShanghai(clock.now());
    const day = on ?? today;
    if (day > today) throw badUserInput(said('ON_NOT_COME', { day, today }), ['on']);
    const tasks = await stores.keyTasks.ofYear(yearOf(day));
    const known = tasks.filter(({ enteredOn }) => enteredOn <= day);
    const owners = [...new Set(known.map(({ ownerCode }) => ownerCode))].toSorted();
    return {
      on: day,
      all: taskFigures(tasks, day),
      byOwner: owners.map((owner) => ({
        owner,
        figures: taskFigures(
          known.filter(({ ownerCode }) => ownerCode === owner),
          day,
        ),
      })),
    };
  },
};

/** A command's outcome as a payload with the task as it stands now. */
const taskPayload = async (
  outcome: CommandOutcome<string>,
  { stores }: Context,
): Promise<{ task: KeyTaskRecord | null } | RefusalPayload> =>
  payloadOf(outcome, async (id) => ({ task: await stores.keyTasks.byId(id) }));

export const keyTaskMutations: Pick<Required<MutationResolvers>, KeyTaskMutation> = {
  setIndicator: async (_root, { input }, { actor, keyTasks, names, stores }) => {
    requireRole(actor, ['COORDINATOR'], 'setIndicator');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { code, name, leadDepartment } = input;
    const faults = nameFaults(name, 'name');
    if (faults.length > 0) return faultsPayload(faults);
    const indicator = {
      code: asStored(code),
      name: asStored(name),
      leadDepartmentCode: leadDepartment,
      chiefId: input.chief ?? null,
    };
    const unknown = async () =>
      names.faultsOf([{ kind: 'department', code: leadDepartment, path: ['leadDepartment'] }]);
    const outcome = await keyTasks.setIndicator({ idempotencyKey, actor, unknown, indicator });
    return payloadOf(outcome, async (set) => {
      const [found] = await stores.indicators.byCode([set]);
      return { indicator: found };
    });
  },

  enterKeyTask: async (_root, { input }, context) => {
    const { actor, keyTasks, names } = context;
    requireRole(actor, ['COORDINATOR'], 'enterKeyTask');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { title, indicator, owner, dueOn } = input;
    const finding = input.finding ?? null;
    const faults: InputFault[] = [
      ...saidOfText(title, ['title'], { longest: LONGEST_TITLE, shortest: 2 }),
      ...(finding === null
        ? []
        : [...nameFaults(finding.source, 'finding', 'source'), ...noteFaults(finding.text, 'finding', 'text')]),
    ];
    if (faults.length > 0) return faultsPayload(faults);
    const task = {
      title: asStored(title),
      indicator,
      ownerCode: owner,
      dueOn,
      finding: finding && {
        source: asStored(finding.source),
        text: asStored(finding.text),
        foundOn: finding.foundOn,
      },
    };
    const unknown = async () => names.faultsOf([{ kind: 'department', code: owner, path: ['owner'] }]);
    return taskPayload(await keyTasks.enter({ idempotencyKey, actor, unknown, task }), context);
  },

  reportKeyTaskProgress: async (_root, { input }, context) => {
    const { actor, keyTasks } = context;
    requireRole(actor, ['OFFICER'], 'reportKeyTaskProgress');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { task, expectedVersion, percent, note, evidence = [] } = input;
    const faults = noteFaults(note, 'note');
    if (faults.length > 0) return faultsPayload(faults);
    const report = { percent, note: asStored(note), evidence: [...evidence] };
    return taskPayload(await keyTasks.report({ idempotencyKey, actor, task, expectedVersion }, report), context);
  },

  decideKeyTask: async (_root, { input }, context) => {
    const { actor, keyTasks } = context;
    requireRole(actor, ['COORDINATOR'], 'decideKeyTask');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { task, expectedVersion, strikeOff, note } = input;
    const faults = noteFaults(note, 'note');
    if (faults.length > 0) return faultsPayload(faults);
    const decision = { isStruckOff: strikeOff, note: asStored(note) };
    return taskPayload(await keyTasks.decide({ idempotencyKey, actor, task, expectedVersion }, decision), context);
  },
};

export const Indicator: IndicatorResolvers = {
  leadDepartment: async ({ leadDepartmentCode }, _args, { loaders }) => requiredDepartment(leadDepartmentCode, loaders),
  chief: async ({ chiefId }, _args, { loaders }) => {
    const official = chiefId === null ? null : await loaders.official.load(chiefId);
    // Nobody's steward here: the telephone is shown as to any official.
    return official && { ...official, of: '' };
  },
  below: async ({ code }, _args, { stores }) =>
    (await stores.indicators.all())
      .filter((indicator) => parentCode(indicator.code) === code)
      .toSorted((a, b) => byCode(a.code, b.code)),
};

export const KeyTask: KeyTaskResolvers = {
  indicator: async ({ indicator }, _args, { stores }) => {
    const [found] = await stores.indicators.byCode([indicator]);
    if (found === undefined) throw new Error(`A task names the indicator ${indicator}, which there is not.`);
    return found;
  },
  owner: async ({ ownerCode }, _args, { loaders }) => requiredDepartment(ownerCode, loaders),
  state: (task) => stateOf(task),
  struckOffOn: (task) => struckOffOn(task),
  isOverdue: (task, _args, { clock }) => (struckOffOn(task) ?? dayInShanghai(clock.now())) > task.dueOn,
  progress: ({ progress }) => [...progress],
  decisions: ({ decisions }) => [...decisions],
  legalMoves: (task, _args, { actor }) => keyTaskMoves(task, actor),
};

export const KeyTaskProgress: KeyTaskProgressResolvers = {
  evidence: ({ evidence }) => [...evidence],
  account: ({ by }) => by,
};

export const KeyTaskDecision: KeyTaskDecisionResolvers = {
  account: ({ by }) => by,
};

export const KeyTaskFiguresOfOwner: KeyTaskFiguresOfOwnerResolvers = {
  owner: async ({ owner }, _args, { loaders }) => requiredDepartment(owner, loaders),
};
