import { randomUUID } from 'node:crypto';
import { forbid, notThere, refuse, refuseFaults, type CommandBase, type CommandOutcome } from '@zhitong/kit/commands';
import { dayInShanghai, type LegalDay } from '@zhitong/values';
import type { Caller } from '../../domain/access.js';
import { codeFaults, parentCode } from '../../domain/key-tasks/indicator.js';
import {
  progressFaults,
  stateOf,
  strikeOffHindrance,
  type ProgressEntry,
  type StrikeOffDecision,
} from '../../domain/key-tasks/key-task.js';
import type { IndicatorRecord } from '../../models/key-tasks/indicator.js';
import type { KeyTaskRecord } from '../../models/key-tasks/key-task.js';
import type { CommandTools } from '../command-tools.js';

interface Acting extends CommandBase {
  readonly actor: CommandBase['actor'] & Caller & { readonly sub: string };
}

interface Aimed extends Acting {
  readonly task: string;
  readonly expectedVersion: number;
}

/** Reports on one task at most. */
const MOST_REPORTS = 200;

export type KeyTaskCommands = ReturnType<typeof keyTaskCommands>;

/** Indicators and key tasks: each command is one transaction with its event. */
export function keyTaskCommands({ runner, stores, outbox, clock }: CommandTools) {
  const today = (): LegalDay => dayInShanghai(clock.now());

  /** Changes a task in the version that the person saw. */
  const change = async (
    name: string,
    { task: id, expectedVersion, idempotencyKey, actor }: Aimed,
    request: object,
    make: (task: KeyTaskRecord) => KeyTaskRecord,
  ): Promise<CommandOutcome<string>> =>
    runner.run({ idempotencyKey, actor, name, request: { id, expectedVersion, ...request } }, async (session) => {
      const task = await stores.keyTasks.byId(id, session);
      if (task === null) return notThere(`There is no key task ${id.slice(0, 40)}.`);
      const next = { ...make(task), version: task.version + 1 };
      if (task.version !== expectedVersion || !(await stores.keyTasks.replace(next, session)))
        return refuse(
          'STALE_VERSION',
          `The task is at version ${task.version}, not ${expectedVersion}; read it again and decide afresh.`,
          ['expectedVersion'],
          { currentVersion: task.version },
        );
      const type = `cn.zhitong.key-task.${stateOf(next).toLowerCase().replaceAll('_', '-')}`;
      await outbox.append([{ type, subject: id, data: { task: id, version: next.version } }], { session });
      return id;
    });

  return {
    /** Enters an indicator, or changes who answers for it. Returns its code. */
    setIndicator: async ({
      indicator,
      ...command
    }: Acting & { indicator: IndicatorRecord }): Promise<CommandOutcome<string>> =>
      runner.run({ ...command, name: 'setIndicator', request: indicator }, async (session) => {
        const { code, chiefId } = indicator;
        const faults = codeFaults(code);
        if (faults.length > 0) return refuseFaults(faults);
        const above = parentCode(code);
        if (above !== null && (await stores.indicators.byCode([above], session)).length === 0)
          return refuseFaults([{ path: ['code'], message: `there is no indicator ${above} above it` }]);
        if (chiefId !== null && (await stores.officials.byId([chiefId])).length === 0)
          return refuseFaults([
            { path: ['chief'], message: `there is no official with the staff number ${chiefId.slice(0, 40)}` },
          ]);
        await stores.indicators.put(indicator, session);
        await outbox.append([{ type: 'cn.zhitong.indicator.set', subject: code, data: { code } }], { session });
        return code;
      }),

    /** Enters a task. Returns its id. */
    enter: async ({
      task,
      ...command
    }: Acting & {
      task: Pick<KeyTaskRecord, 'title' | 'indicator' | 'ownerCode' | 'dueOn' | 'finding'>;
    }): Promise<CommandOutcome<string>> =>
      runner.run({ ...command, name: 'enterKeyTask', request: task }, async (session, requireNames) => {
        requireNames();
        const on = today();
        if ((await stores.indicators.byCode([task.indicator], session)).length === 0)
          return refuseFaults([
            { path: ['indicator'], message: `there is no indicator ${task.indicator.slice(0, 20)}` },
          ]);
        if (task.dueOn < on) return refuseFaults([{ path: ['dueOn'], message: `${task.dueOn} lies in the past` }]);
        if (task.finding !== null && task.finding.foundOn > on)
          return refuseFaults([{ path: ['finding', 'foundOn'], message: `${task.finding.foundOn} is still to come` }]);
        const id = randomUUID();
        await stores.keyTasks.insert({ ...task, id, version: 1, enteredOn: on, progress: [], decisions: [] }, session);
        await outbox.append(
          [{ type: 'cn.zhitong.key-task.entered', subject: id, data: { task: id, owner: task.ownerCode } }],
          { session },
        );
        return id;
      }),

    /** Adds what the owner reports. */
    report: async (
      command: Aimed,
      report: Pick<ProgressEntry, 'percent' | 'note' | 'evidence'>,
    ): Promise<CommandOutcome<string>> =>
      change('reportKeyTaskProgress', command, report, (task) => {
        const { actor } = command;
        if (actor.department !== task.ownerCode) return forbid('A department reports on its own tasks.');
        if (stateOf(task) !== 'OPEN')
          return refuse('ILLEGAL_STATE', `The task is ${stateOf(task)}; it takes no report.`, ['task'], {
            state: stateOf(task),
          });
        if (task.progress.length >= MOST_REPORTS)
          return refuse('ILLEGAL_STATE', `The task has ${MOST_REPORTS} reports, which is the most.`, ['task']);
        const faults = progressFaults(report);
        if (faults.length > 0) return refuseFaults(faults);
        return { ...task, progress: [...task.progress, { ...report, on: today(), by: actor.sub }] };
      }),

    /** Strikes a task off that was reported done, or sends it back. */
    decide: async (
      command: Aimed,
      decision: Pick<StrikeOffDecision, 'isStruckOff' | 'note'>,
    ): Promise<CommandOutcome<string>> =>
      change('decideKeyTask', command, decision, (task) => {
        const { actor } = command;
        const hindrance =
          actor.department === task.ownerCode
            ? 'a department does not strike its own task off'
            : strikeOffHindrance(task, actor.sub);
        if (hindrance !== null) return refuse('ILLEGAL_STATE', `${hindrance}.`, ['task'], { state: stateOf(task) });
        return { ...task, decisions: [...task.decisions, { ...decision, on: today(), by: actor.sub }] };
      }),
  };
}
