import { randomUUID } from 'node:crypto';
import { type CommandBase, type CommandOutcome } from '@zhitong/kit/commands';
import { dayInShanghai, yearOf, type LegalDay } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import { inspectionFlags, publicTerm } from '../../domain/inspections/inspection.js';
import type { InspectionPlanRecord, InspectionRecord, PenaltyRecord } from '../../models/inspections/inspection.js';
import type { JobFairRecord, LabourReportRecord } from '../../models/labour/labour.js';
import type { CommandTools } from '../command-tools.js';
import { said, saidNotRegistered } from '../../domain/refusal-words.js';
import { refuseSaid } from '../refusals.js';

/** What the input states of each record; the rest is made here. */
export type NewPlan = Omit<InspectionPlanRecord, 'id' | 'by'>;
export type NewInspection = Omit<InspectionRecord, 'id' | 'by' | 'flags' | 'recordedOn' | 'year'>;
export type NewPenalty = Omit<PenaltyRecord, 'id' | 'by' | 'publicFrom'>;
export type NewLabourReport = Omit<LabourReportRecord, 'revision'>;
export type NewJobFair = Omit<JobFairRecord, 'id'>;

export type InspectionCommands = ReturnType<typeof inspectionCommands>;

/** The writes of inspections, penalties, and of what is known about labour. */
export function inspectionCommands({ runner, stores, outbox, clock }: CommandTools) {
  const { inspections, enterprises, labour } = stores;
  const notToCome = (day: LegalDay, path: string): void => {
    const today = dayInShanghai(clock.now());
    if (day > today) refuseSaid('INVALID', said('DAY_TO_COME', { day, today }), [path]);
  };
  const requireRegistered = async (uscc: string, session: ClientSession): Promise<void> => {
    if ((await enterprises.current(uscc, [], session)) === null)
      refuseSaid('INVALID', saidNotRegistered(uscc), ['uscc']);
  };

  return {
    /** Enters a plan of inspections. Returns its id. */
    plan: async (command: CommandBase & { plan: NewPlan }): Promise<CommandOutcome<string>> => {
      const { plan, actor } = command;
      return runner.run({ ...command, name: 'recordInspectionPlan', request: { plan } }, async (session) => {
        if (plan.publishedOn !== null) notToCome(plan.publishedOn, 'publishedOn');
        const others = await inspections.plansOf(plan, session);
        if (others.some(({ name }) => name === plan.name))
          return refuseSaid(
            'DUPLICATE',
            said('PLAN_RECORDED', { departmentCode: plan.departmentCode, name: plan.name, year: plan.year }),
            ['name'],
          );
        const id = randomUUID();
        await inspections.insertPlan({ ...plan, id, by: actor.sub }, session);
        return id;
      });
    },

    /** Enters an inspection, with what is irregular about it. Returns its id. */
    inspect: async (command: CommandBase & { inspection: NewInspection }): Promise<CommandOutcome<string>> => {
      const { inspection, actor } = command;
      return runner.run({ ...command, name: 'recordInspection', request: { inspection } }, async (session) => {
        const { uscc, departmentCode, planId, inspectedOn } = inspection;
        await requireRegistered(uscc, session);
        notToCome(inspectedOn, 'inspectedOn');
        const year = yearOf(inspectedOn);
        const [plan = null] = planId === null ? [] : await inspections.plansById([planId], session);
        if (planId !== null && (plan?.departmentCode !== departmentCode || plan.year !== year))
          return refuseSaid('INVALID', said('NO_SUCH_PLAN', { departmentCode, planId: planId.slice(0, 40), year }), [
            'plan',
          ]);
        if (await inspections.isNoticed(inspection, session))
          return refuseSaid('DUPLICATE', said('NOTICE_RECORDED', { noticeNumber: inspection.noticeNumber }), [
            'noticeNumber',
          ]);
        const caps = (await inspections.plansOf({ departmentCode, year }, session)).flatMap(({ cap }) => cap ?? []);
        const before = await inspections.countOf({ uscc, departmentCode, year }, session);
        const flags = inspectionFlags(inspection, plan, { before, cap: caps.length === 0 ? null : Math.min(...caps) });
        const id = randomUUID();
        const recordedOn = dayInShanghai(clock.now());
        await inspections.insert({ ...inspection, id, year, flags, recordedOn, by: actor.sub }, session);
        await outbox.append(
          [
            {
              type: 'cn.zhitong.inspection.recorded',
              subject: uscc,
              data: { uscc, department: departmentCode, flags },
            },
          ],
          { session },
        );
        return id;
      });
    },

    /** Enters a penalty; it is published from the day of its recording on. Returns its id. */
    punish: async (command: CommandBase & { penalty: NewPenalty }): Promise<CommandOutcome<string>> => {
      const { penalty, actor } = command;
      return runner.run({ ...command, name: 'recordPenalty', request: { penalty } }, async (session) => {
        const { uscc, departmentCode, decisionNumber, grade, decidedOn, publicUntil } = penalty;
        await requireRegistered(uscc, session);
        notToCome(decidedOn, 'decidedOn');
        const { earliest, latest } = publicTerm(grade, decidedOn);
        if (publicUntil === null ? grade !== 'MINOR' : publicUntil < earliest || publicUntil > latest)
          return refuseSaid(
            'INVALID',
            said(grade === 'MINOR' ? 'BAD_PUBLIC_DAY_OF_MINOR' : 'BAD_PUBLIC_DAY', { grade, earliest, latest }),
            ['publicUntil'],
            { earliest, latest },
          );
        if (await inspections.isDecided(penalty, session))
          return refuseSaid('DUPLICATE', said('DECISION_RECORDED', { decisionNumber, departmentCode }), [
            'decisionNumber',
          ]);
        const id = randomUUID();
        const publicFrom = publicUntil === null ? null : dayInShanghai(clock.now());
        await inspections.insertPenalty({ ...penalty, id, publicFrom, by: actor.sub }, session);
        await outbox.append(
          [{ type: 'cn.zhitong.penalty.recorded', subject: uscc, data: { uscc, department: departmentCode, grade } }],
          { session },
        );
        return id;
      });
    },

    /** Enters what an enterprise reported for a month; a second report of the month replaces it. Returns its code. */
    reportLabour: async (command: CommandBase & { report: NewLabourReport }): Promise<CommandOutcome<string>> => {
      const { report } = command;
      return runner.run({ ...command, name: 'recordLabourReport', request: { report } }, async (session) => {
        const { uscc, month } = report;
        await requireRegistered(uscc, session);
        notToCome(`${month}-01`, 'month');
        const revision = (await labour.newestRevision(uscc, month, session)) + 1;
        await labour.insertReport({ ...report, revision }, session);
        return uscc;
      });
    },

    /** Enters a job fair that took place. Returns its id. */
    holdFair: async (command: CommandBase & { fair: NewJobFair }): Promise<CommandOutcome<string>> => {
      const { fair } = command;
      return runner.run({ ...command, name: 'recordJobFair', request: { fair } }, async (session) => {
        notToCome(fair.heldOn, 'heldOn');
        const id = randomUUID();
        await labour.insertFair({ ...fair, id }, session);
        return id;
      });
    },
  };
}
