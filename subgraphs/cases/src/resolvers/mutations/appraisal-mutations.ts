import { asStored, textFaults, TEXT_LIMITS } from '../../domain/intake.js';
import { opensCheck, ratingFaults, type RatingInput } from '../../domain/satisfaction.js';
import { serviceTermsOn } from '../../domain/service-terms.js';
import type {
  EvaluateCaseInput,
  MutationResolvers,
  RateCaseInput,
  ReasonedCaseInput,
  RecordCheckFindingInput,
} from '../../generated/resolvers-types.js';
import { changing, noteFaults } from './changing.js';

const ratingOf = ({ process, result, reason }: RateCaseInput): RatingInput => ({
  process,
  result,
  reason: typeof reason === 'string' && reason.trim() !== '' ? asStored(reason) : null,
});

/** Mutations of what comes after the answer: rating, check, reopening, evaluation, closing, withdrawal. */
export const appraisalMutations: Pick<
  MutationResolvers,
  'rateCase' | 'recordCheckFinding' | 'reopenCase' | 'evaluateCase' | 'closeCase' | 'withdrawCase'
> = {
  rateCase: changing<RateCaseInput>({
    name: 'rateCase',
    faults: (input) => [
      ...ratingFaults(ratingOf(input)),
      ...(input.reason ? textFaults(input.reason, ['reason'], { longest: TEXT_LIMITS.note, shortest: 1 }) : []),
    ],
    decide: (input, { view }) => {
      const rating = ratingOf(input);
      const isCheckOpen = view.checks.some(({ outcome }) => outcome === null);
      return [
        { change: { type: 'RATED', ...rating } },
        ...(opensCheck(rating) && !isCheckOpen
          ? [{ change: { type: 'CHECK_OPENED', cause: 'BAD_RATING', drawId: null }, bySystem: true } as const]
          : []),
      ];
    },
  }),
  recordCheckFinding: changing<RecordCheckFindingInput>({
    name: 'recordCheckFinding',
    faults: ({ finding }) => noteFaults('finding', finding),
    decide: ({ outcome, finding }, { today }) => ({
      type: 'CHECK_FOUND',
      outcome,
      finding: asStored(finding),
      answerDays: serviceTermsOn(today).rectificationDays,
    }),
  }),
  reopenCase: changing<ReasonedCaseInput>({
    name: 'reopenCase',
    faults: ({ reason }) => noteFaults('reason', reason),
    decide: ({ reason }, { view, today }) => {
      const { triageDays, rectificationDays } = serviceTermsOn(today);
      // An objection to a case that was declined is triaged; nothing is there yet to put right.
      const answerDays = view.status === 'DECLINED' ? triageDays : rectificationDays;
      return { type: 'REOPENED', reason: asStored(reason), answerDays };
    },
  }),
  evaluateCase: changing<EvaluateCaseInput>({
    name: 'evaluateCase',
    faults: ({ note, measure }) => [
      ...noteFaults('note', note),
      ...(typeof measure === 'string' ? noteFaults('measure', measure) : []),
    ],
    decide: ({ settlement, cause, isCommon, measure, note }) => ({
      type: 'EVALUATED',
      settlement,
      cause,
      isCommon,
      measure: typeof measure === 'string' ? asStored(measure) : null,
      note: asStored(note),
    }),
  }),
  closeCase: changing<ReasonedCaseInput>({
    name: 'closeCase',
    faults: ({ reason }) => noteFaults('reason', reason),
    decide: ({ reason }) => ({ type: 'CLOSED', reason: asStored(reason) }),
  }),
  withdrawCase: changing<ReasonedCaseInput>({
    name: 'withdrawCase',
    faults: ({ reason }) => noteFaults('reason', reason),
    decide: ({ reason }) => ({ type: 'WITHDRAWN', reason: asStored(reason) }),
  }),
};
