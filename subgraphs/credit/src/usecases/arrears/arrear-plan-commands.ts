import type { CommandOutcome, CommandRunner } from '@zhitong/kit/commands';
import { isBlank, dayInShanghai, formatYuan } from '@zhitong/values';
import { arrearPosition } from '../../domain/arrears/arrears.js';
import {
  answerStep,
  openProposal,
  planFault,
  planVersions,
  proposedOn,
  type PlanAnswer,
  type PlanInstalment,
  type PlanSide,
  type PlanStep,
  type PlanVersion,
} from '../../domain/arrears/repayment-plan.js';
import type { ArrearRecord } from '../../models/arrears/arrear.js';
import { changeArrear, type ArrearTools, type OnArrearOfBoth } from './arrear-writes.js';
import { refuseProblem } from '../refusals.js';

/** Characters of a reason at most. */
const MOST_OF_A_REASON = 1_000;

export type ArrearPlanCommands = ReturnType<typeof arrearPlanCommands>;

/**
 * Repayment plans, which both sides of a debt agree on.
 * @param longestPlanDays how far away the last day of a plan may lie when it is proposed
 */
export function arrearPlanCommands({
  runner,
  longestPlanDays,
  ...tools
}: ArrearTools & { readonly runner: CommandRunner; readonly longestPlanDays: number }) {
  const { stores, clock } = tools;
  const today = (): string => dayInShanghai(clock.now());
  const sideOf = ({ creditor }: OnArrearOfBoth): PlanSide => (creditor === null ? 'DEBTOR' : 'CREDITOR');
  const step = (on: OnArrearOfBoth, kind: PlanStep['kind'], reason: string): PlanStep => ({
    kind,
    side: sideOf(on),
    on: today(),
    recordedAt: clock.now().toISOString(),
    recordedBy: on.actor.sub,
    department: on.creditor === null ? on.department : null,
    reason: reason.trim(),
  });
  /** What is owed and not disputed at the end of a day, with interest and costs. */
  const owedOn = (record: ArrearRecord, day: string): number => {
    const { owedInAll, disputed } = arrearPosition(record, day, stores.arrearRules());
    return owedInAll - disputed;
  };
  const tooLong = (reason: string): void => {
    if (reason.length > MOST_OF_A_REASON)
      refuseProblem('INVALID', {
        code: 'REASON_TOO_LONG',
        message: `a reason has ${MOST_OF_A_REASON} characters at most`,
        path: ['reason'],
        details: { most: MOST_OF_A_REASON },
      });
  };

  return {
    /** Proposes a plan to the other side. Returns the debt's number. */
    proposePlan: async (
      on: OnArrearOfBoth,
      { instalments, reason }: { readonly instalments: readonly PlanInstalment[]; readonly reason: string },
    ): Promise<CommandOutcome<string>> =>
      runner.run(
        {
          ...on,
          name: 'proposeRepaymentPlan',
          request: { arrear: on.arrearId, expectedVersion: on.expectedVersion, instalments, reason },
        },
        async (session) =>
          changeArrear(
            tools,
            on,
            { name: 'plan-proposed', data: { side: sideOf(on) } },
            (record) => {
              tooLong(reason);
              const versions = planVersions(record, record.principal);
              const open = openProposal(versions);
              if (open)
                return refuseProblem('ILLEGAL_STATE', {
                  code: 'PROPOSAL_OPEN',
                  message: `plan ${open.no} waits for an answer`,
                  path: ['arrear'],
                  details: { plan: open.no },
                });
              const { paidInAll } = arrearPosition(record, today(), stores.arrearRules());
              const fault = planFault(instalments, {
                owed: owedOn(record, today()),
                today: today(),
                longestDays: longestPlanDays,
              });
              if (fault) return refuseProblem('INVALID', fault);
              const version: PlanVersion = {
                no: (record.plans ?? []).length + 1,
                instalments,
                paidBefore: paidInAll,
                steps: [step(on, 'PROPOSED', reason)],
              };
              return { ...record, plans: [...(record.plans ?? []), version] };
            },
            session,
          ),
      ),

    /**
     * Accepts a proposed plan or ends the proposal. What it is over is looked at again when it is accepted: a plan
     * over another amount than is owed is none. Returns the debt's number.
     */
    answerPlan: async (
      on: OnArrearOfBoth,
      { no, answer, reason }: { readonly no: number; readonly answer: PlanAnswer; readonly reason: string },
    ): Promise<CommandOutcome<string>> =>
      runner.run(
        {
          ...on,
          name: 'answerRepaymentPlan',
          request: { arrear: on.arrearId, expectedVersion: on.expectedVersion, no, answer, reason },
        },
        async (session) =>
          changeArrear(
            tools,
            on,
            { name: answer === 'ACCEPT' ? 'plan-accepted' : 'plan-ended', data: { plan: no, side: sideOf(on) } },
            (record) => {
              tooLong(reason);
              const versions = planVersions(record, record.principal);
              const outcome = answerStep(versions, { no, answer, side: sideOf(on) });
              if ('code' in outcome)
                return refuseProblem(outcome.code === 'UNKNOWN_PLAN' ? 'INVALID' : 'ILLEGAL_STATE', outcome);
              if (answer !== 'ACCEPT' && isBlank(reason))
                return refuseProblem('INVALID', {
                  code: 'REASON_NEEDED',
                  message: 'say why the plan is declined or withdrawn',
                  path: ['reason'],
                });
              const version = versions.find((each) => each.no === no);
              if (answer === 'ACCEPT' && version) requireStillOwed(record, version);
              return {
                ...record,
                plans: (record.plans ?? []).map((each) =>
                  each.no === no ? { ...each, steps: [...each.steps, step(on, outcome.kind, reason)] } : each,
                ),
              };
            },
            session,
          ),
      ),
  };

  /** Refuses to agree to a plan over what is not owed any more; what was paid since its proposal counts towards it. */
  function requireStillOwed(record: ArrearRecord, version: PlanVersion): void {
    const planned = version.instalments.reduce((sum, { amount }) => sum + amount, 0);
    const owed = owedOn(record, proposedOn(version) ?? today());
    const { paidInAll } = arrearPosition(record, proposedOn(version) ?? today(), stores.arrearRules());
    // A payment of the day of the proposal that came after it is in what was owed then, and counts towards the plan.
    if (owed + paidInAll - version.paidBefore !== planned)
      refuseProblem('ILLEGAL_STATE', {
        code: 'OWED_CHANGED',
        message: `plan ${version.no} is over ${formatYuan(planned)}, and ${formatYuan(owed)} was owed; another one is needed`,
        path: ['plan'],
        details: { plan: version.no, planned: formatYuan(planned), owed: formatYuan(owed) },
      });
  }
}
