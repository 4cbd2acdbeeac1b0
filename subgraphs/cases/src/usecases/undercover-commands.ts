import { randomUUID } from 'node:crypto';
import type { Clock } from '@zhitong/kit';
import {
  forbid,
  notThere,
  Raced,
  refuse,
  refuseFaults,
  retryRaces,
  type CommandBase,
  type CommandOutcome,
  type CommandRunner,
} from '@zhitong/kit/commands';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai, type LegalDay, type WorkingCalendar } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import { lastDayFaults } from '../domain/set-day.js';
import { MOVED_FROM, hasFindings, unnoticedOverrun } from '../domain/undercover-check.js';
import { said } from '../domain/refusal-words.js';
import type { RectificationRecord, UndercoverCheckRecord } from '../models/undercover-check.js';
import type { Stores } from '../stores.js';
import type { CommandActor } from './case-commands.js';
import { refuseFor } from './refusals.js';

/** Reports on one check, at most. */
const MOST_REPORTS = 20;

type Form = Pick<
  UndercoverCheckRecord,
  'manner' | 'department' | 'place' | 'visitedOn' | 'checkers' | 'items' | 'evidence' | 'rectifyBy'
>;
interface OnCheck extends CommandBase {
  readonly actor: CommandActor;
  readonly id: string;
  readonly expectedVersion: number;
}

export type UndercoverCommands = ReturnType<typeof undercoverCommands>;

/** Checks of units (明察暗访): the form, what the unit puts right, and whether that will do. */
export function undercoverCommands({
  runner,
  stores: { undercoverChecks: checks, transaction },
  outbox,
  calendar,
  clock,
}: {
  runner: CommandRunner;
  stores: Pick<Stores, 'undercoverChecks' | 'transaction'>;
  outbox: Outbox;
  calendar: WorkingCalendar;
  clock: Clock;
}) {
  const today = (): LegalDay => dayInShanghai(clock.now());
  const requireLastDay = (rectifyBy: LegalDay): void => {
    const faults = lastDayFaults(rectifyBy, { calendar, today: today() });
    if (faults.length > 0) refuseFaults(faults.map((fault) => ({ ...fault, path: ['rectifyBy'] })));
  };
  const change = async (
    { actor, id, expectedVersion }: OnCheck,
    session: ClientSession,
    {
      allowed,
      from,
      next,
    }: {
      readonly allowed: (check: UndercoverCheckRecord, actor: CommandActor) => boolean;
      readonly from: UndercoverCheckRecord['status'];
      readonly next: (check: UndercoverCheckRecord) => Partial<UndercoverCheckRecord>;
    },
  ): Promise<string> => {
    const found = await checks.byId(id, session);
    // Whether there is a check of another unit is told to nobody of this one.
    if (found !== null && !allowed(found, actor)) return forbid(said('CHECK_OF_ANOTHER'));
    if (found === null) return notThere(said('NO_CHECK', { id: id.slice(0, 40) }));
    if (found.version !== expectedVersion)
      return refuse(
        'STALE_VERSION',
        said('CHECK_IN_VERSION', { current: found.version, expected: expectedVersion }),
        ['expectedVersion'],
        { currentVersion: found.version },
      );
    if (found.status !== from) return refuseFor('CHECK_ELSEWHERE', ['id'], { status: found.status });
    const isWritten = await checks.replace({ ...found, ...next(found), version: found.version + 1 }, session);
    if (!isWritten) throw new Raced();
    return id;
  };

  return {
    /**
     * Notes in a check that the day of rectification has passed without a report, and tells the department's systems;
     * once for each day that was set. @returns whether there was something to note
     */
    noteOverrun: async (id: string): Promise<boolean> =>
      retryRaces(async () =>
        transaction(async (session) => {
          const check = await checks.byId(id, session);
          const dueOn = check === null ? null : unnoticedOverrun(check, today());
          if (check === null || dueOn === null) return false;
          const overruns = [...(check.overruns ?? []), { dueOn, noticedOn: today() }];
          if (!(await checks.replace({ ...check, overruns, version: check.version + 1 }, session))) throw new Raced();
          const { department, version } = check;
          await outbox.append(
            [
              {
                type: 'cn.zhitong.undercover-check.rectification-overdue',
                subject: id,
                time: clock.now(),
                data: { check: id, version: version + 1, department, dueOn },
              },
            ],
            { session },
          );
          return true;
        }),
      ),

    /** Enters a check. Returns its id. */
    record: async ({ form, ...command }: CommandBase & { form: Form }): Promise<CommandOutcome<string>> =>
      runner.run({ ...command, name: 'recordUndercoverCheck', request: form }, async (session, requireNames) => {
        requireNames();
        if (form.visitedOn > today())
          return refuseFaults([{ path: ['visitedOn'], ...said('DAY_NOT_COME', { day: form.visitedOn }) }]);
        if (form.rectifyBy !== null) requireLastDay(form.rectifyBy);
        const id = randomUUID();
        const status = hasFindings(form.items) ? 'TO_RECTIFY' : 'NOTHING_FOUND';
        await checks.insert(
          { id, version: 1, ...form, status, rectifications: [], recordedBy: command.actor.sub },
          session,
        );
        return id;
      }),

    /** What the unit has put right. Returns the id of the check. */
    report: async ({
      report,
      evidence,
      ...command
    }: OnCheck & { report: string; evidence: readonly string[] }): Promise<CommandOutcome<string>> =>
      runner.run(
        {
          ...command,
          name: 'reportRectification',
          request: { id: command.id, expectedVersion: command.expectedVersion, report, evidence },
        },
        async (session) =>
          change(command, session, {
            allowed: ({ department }, actor) => actor.department === department,
            from: MOVED_FROM.REPORT,
            next: ({ rectifications }) => {
              if (rectifications.length >= MOST_REPORTS)
                return refuseFor('REPORTS_FULL', ['id'], { most: String(MOST_REPORTS) });
              const reported: RectificationRecord = {
                report,
                evidence,
                reportedOn: today(),
                isAccepted: null,
                note: null,
                judgedOn: null,
              };
              return { status: 'REPORTED', rectifications: [...rectifications, reported] };
            },
          }),
      ),

    /** Judges the unit's report: struck off, or to be rectified by another day. Returns the id of the check. */
    conclude: async ({
      isAccepted,
      note,
      rectifyBy,
      ...command
    }: OnCheck & { isAccepted: boolean; note: string; rectifyBy: LegalDay | null }): Promise<CommandOutcome<string>> =>
      runner.run(
        {
          ...command,
          name: 'concludeRectification',
          request: { id: command.id, expectedVersion: command.expectedVersion, isAccepted, note, rectifyBy },
        },
        async (session) => {
          if (rectifyBy !== null) requireLastDay(rectifyBy);
          return change(command, session, {
            allowed: () => true,
            from: MOVED_FROM.CONCLUDE,
            next: ({ rectifications, rectifyBy: before }) => ({
              status: isAccepted ? 'RECTIFIED' : 'TO_RECTIFY',
              rectifyBy: rectifyBy ?? before,
              rectifications: rectifications.map((each) =>
                each.isAccepted === null ? { ...each, isAccepted, note, judgedOn: today() } : each,
              ),
            }),
          });
        },
      ),
  };
}
