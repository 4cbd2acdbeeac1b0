import type { CommandOutcome, CommandRunner } from '@zhitong/kit/commands';
import { dayInShanghai } from '@zhitong/values';
import { checkCorrection, checkWithdrawal, termsOf, type ArrearTerms } from '../../domain/arrears/arrear-correction.js';
import { planInForce, planVersions } from '../../domain/arrears/repayment-plan.js';
import type { ReversalReason } from '../../domain/arrears/arrear-payment.js';
import { changeArrear, recordedBy, type ArrearTools, type OnArrear } from './arrear-writes.js';
import { refuseProblem, sameDebt } from '../refusals.js';

/** What a correction changes; what is left out stays. */
export type CorrectedTerms = Partial<Omit<ArrearTerms, 'contract' | 'delivery'>> & {
  readonly contract: Partial<ArrearTerms['contract']>;
  readonly delivery: Partial<ArrearTerms['delivery']>;
};

export type ArrearCorrectionCommands = ReturnType<typeof arrearCorrectionCommands>;

/** Corrections of the arrears register: nothing is edited without a trace. */
export function arrearCorrectionCommands({ runner, ...tools }: ArrearTools & { readonly runner: CommandRunner }) {
  const { stores, clock } = tools;
  const today = (): string => dayInShanghai(clock.now());
  return {
    /** Corrects what was recorded wrongly of a debt; what it said before is kept. Returns the debt's number. */
    correctArrear: async (
      on: OnArrear,
      why: ReversalReason,
      changes: CorrectedTerms,
    ): Promise<CommandOutcome<string>> =>
      runner.run(
        {
          ...on,
          name: 'correctArrear',
          request: { arrear: on.arrearId, expectedVersion: on.expectedVersion, why, changes },
        },
        async (session) =>
          changeArrear(
            tools,
            on,
            { name: 'corrected' },
            async (record) => {
              const { contract, delivery, ...others } = changes;
              const corrected = {
                ...record,
                ...others,
                contract: { ...record.contract, ...contract },
                delivery: { ...record.delivery, ...delivery },
              };
              if (JSON.stringify(termsOf(corrected)) === JSON.stringify(termsOf(record)))
                return refuseProblem('INVALID', {
                  code: 'NO_CHANGE',
                  message: 'the correction changes nothing',
                  path: [],
                });
              const problem = checkCorrection(record, corrected, why, { today: today(), rules: stores.arrearRules() });
              if (problem) return refuseProblem('INVALID', problem);
              const versions = planVersions(record, record.principal);
              if (corrected.principal !== record.principal && planInForce(versions, today()) !== null)
                return refuseProblem('ILLEGAL_STATE', {
                  code: 'PLAN_IN_FORCE',
                  message: 'a repayment plan is in force over the present amount',
                  path: ['principal'],
                });
              const same = await stores.arrears.same(corrected, session);
              if (same !== null && same !== record.id) return refuseProblem('DUPLICATE', sameDebt(same));
              return {
                ...corrected,
                corrections: [
                  ...(record.corrections ?? []),
                  { ...why, before: termsOf(record), ...recordedBy(on, clock) },
                ],
              };
            },
            session,
          ),
      ),

    /**
     * Withdraws a debt that was recorded by mistake: it stays on the register and counts no more. Returns its number.
     */
    withdrawArrear: async (on: OnArrear, why: ReversalReason): Promise<CommandOutcome<string>> =>
      runner.run(
        { ...on, name: 'withdrawArrear', request: { arrear: on.arrearId, expectedVersion: on.expectedVersion, why } },
        async (session) =>
          changeArrear(
            tools,
            on,
            { name: 'withdrawn' },
            (record) => {
              const problem = checkWithdrawal(record, why, today());
              if (problem) return refuseProblem(problem.code === 'STILL_PAID' ? 'ILLEGAL_STATE' : 'INVALID', problem);
              return { ...record, withdrawal: { ...why, ...recordedBy(on, clock) } };
            },
            session,
          ),
      ),
  };
}
