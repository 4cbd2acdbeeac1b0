import { randomUUID } from 'node:crypto';
import { forbid, notThere, refuseFaults, type CommandBase, type CommandOutcome } from '@zhitong/kit/commands';
import { dayInShanghai, type LegalDay } from '@zhitong/values';
import type { Caller } from '../../domain/access.js';
import { codeFaults, parentCode } from '../../domain/key-tasks/indicator.js';
import {
  progressFaults,
  stateOf,
  strikeOffHindrance,
  MOST_REPORTS,
  takesReport,
  type ProgressEntry,
  type StrikeOffDecision,
} from '../../domain/key-tasks/key-task.js';
import type { IndicatorRecord } from '../../models/key-tasks/indicator.js';
import type { KeyTaskRecord } from '../../models/key-tasks/key-task.js';
import { requireServing } from '../held-officials.js';
import type { CommandTools } from '../command-tools.js';
import { said } from '../../domain/refusal-words.js';
import { refuseSaid } from '../refusals.js';

interface Acting extends CommandBase {
  readonly actor: CommandBase['actor'] & Caller & { readonly sub: string };
}

interface Aimed extends Acting {
  readonly task: string;
  readonly expectedVersion: number;
}

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
      if (task === null) return notThere(said('NO_KEY_TASK', { task: id.slice(0, 40) }));
      const next = { ...make(task), version: task.version + 1 };
      if (task.version !== expectedVersion || !(await stores.keyTasks.replace(next, session)))
        return refuseSaid(
          'STALE_VERSION',
          said('TASK_CHANGED', { version: task.version, expectedVersion }),
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
          return refuseFaults([{ path: ['code'], ...said('NO_UPPER_INDICATOR', { above }) }]);
        if (chiefId !== null) {
          const unknown = said('NO_CHIEF', { chiefId: chiefId.slice(0, 40) });
          await requireServing([{ id: chiefId, path: ['chief'], unknown }], stores, session);
        }
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
            { path: ['indicator'], ...said('NO_INDICATOR', { indicator: task.indicator.slice(0, 20) }) },
          ]);
        if (task.dueOn < on) return refuseFaults([{ path: ['dueOn'], ...said('DAY_PASSED', { dueOn: task.dueOn }) }]);
        if (task.finding !== null && task.finding.foundOn > on)
          return refuseFaults([
            { path: ['finding', 'foundOn'], ...said('FOUND_IN_FUTURE', { foundOn: task.finding.foundOn }) },
          ]);
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
        if (actor.department !== task.ownerCode) return forbid(said('REPORTS_OWN_TASKS'));
        if (stateOf(task) !== 'OPEN')
          return refuseSaid('ILLEGAL_STATE', said('TASK_TAKES_NO_REPORT', { task: stateOf(task) }), ['task'], {
            state: stateOf(task),
          });
        if (!takesReport(task))
          return refuseSaid('ILLEGAL_STATE', said('TOO_MANY_REPORTS', { most: MOST_REPORTS }), ['task']);
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
        const hindrance = actor.department === task.ownerCode ? said('OWN_TASK') : strikeOffHindrance(task, actor.sub);
        if (hindrance !== null) return refuseSaid('ILLEGAL_STATE', hindrance, ['task'], { state: stateOf(task) });
        return { ...task, decisions: [...task.decisions, { ...decision, on: today(), by: actor.sub }] };
      }),
  };
}
