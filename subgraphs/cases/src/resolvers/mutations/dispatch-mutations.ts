import { asStored, textFaults } from '../../domain/intake.js';
import { MOST_TRANSFERS } from '../../domain/moves/hand-over.js';
import { laneVerdict } from '../../domain/moves/lane.js';
import { higherLevel } from '../../domain/moves/oversight-steps.js';
import { serviceTermsOn } from '../../domain/service-terms.js';
import type {
  AssignCaseInput,
  ChangeCaseLaneInput,
  DeclineCaseInput,
  InternalNoteInput,
  MutationResolvers,
  ReasonedCaseInput,
  RecategoriseCaseInput,
} from '../../generated/resolvers-types.js';
import { refuseFor } from '../../usecases/refusals.js';
import { changing, noteFaults } from './changing.js';
import { assignedDepartments, assignmentFaults, assignmentOf, matterNamed } from './handling-mutations.js';

const COMPETENT = { longest: 200, shortest: 2 } as const;

/** Mutations of the desk and the coordinator on a case whose way was chosen already. */
export const dispatchMutations: Pick<
  MutationResolvers,
  'transferCase' | 'recategoriseCase' | 'addInternalNote' | 'declineCase' | 'changeCaseLane' | 'undoCaseClosing'
> = {
  transferCase: changing<AssignCaseInput>({
    name: 'transferCase',
    faults: assignmentFaults,
    names: assignedDepartments,
    serviceItem: ({ serviceItem }) => serviceItem,
    decide: (input, on) => {
      const { view } = on;
      const reason = asStored(input.reason ?? '');
      if (reason === '') return refuseFor('REASON_MISSING', ['reason']);
      if (view.assignment?.lead === input.lead) return refuseFor('SAME_DEPARTMENT', ['lead'], { lead: input.lead });
      const isBeforeMeeting = higherLevel(view.escalation, 'JOINT_MEETING') === view.escalation;
      if (view.transfers >= MOST_TRANSFERS)
        return refuseFor('TRANSFERRED_OFTEN', ['caseNumber'], { most: String(MOST_TRANSFERS) });
      const transferred = { change: { type: 'TRANSFERRED', assignment: assignmentOf(input, on) } } as const;
      const matter = matterNamed(input, on);
      return view.transfers + 1 < MOST_TRANSFERS || isBeforeMeeting
        ? [...matter, transferred]
        : [...matter, transferred, { change: { type: 'ESCALATED', level: 'JOINT_MEETING', reason } }];
    },
  }),
  recategoriseCase: changing<RecategoriseCaseInput>({
    name: 'recategoriseCase',
    faults: ({ reason }) => noteFaults('reason', reason),
    decide: ({ category, reason }, { view }) =>
      view.category === category
        ? refuseFor('SAME_CATEGORY', ['category'], { category })
        : { type: 'RECATEGORISED', category, reason: asStored(reason) },
  }),
  addInternalNote: changing<InternalNoteInput>({
    name: 'addInternalNote',
    faults: ({ note }) => noteFaults('note', note),
    decide: ({ note }) => ({ type: 'NOTED', note: asStored(note) }),
  }),
  declineCase: changing<DeclineCaseInput>({
    name: 'declineCase',
    faults: ({ competent, reason }) => [
      ...textFaults(competent, ['competent'], COMPETENT),
      ...noteFaults('reason', reason),
    ],
    decide: ({ competent, reason }) => ({
      type: 'DECLINED',
      competent: asStored(competent),
      reason: asStored(reason),
    }),
  }),
  changeCaseLane: changing<ChangeCaseLaneInput>({
    name: 'changeCaseLane',
    faults: ({ reason }) => noteFaults('reason', reason),
    decide: ({ lane, reason }, { view, calendar, today }) => {
      const verdict = laneVerdict(view, lane, { terms: serviceTermsOn(today), calendar, today });
      return verdict.ok
        ? { type: 'LANE_CHANGED', lane, clock: verdict.clock, reason: asStored(reason) }
        : refuseFor('LANE', [verdict.path], { why: verdict.why.message, whyInChinese: verdict.why.zh });
    },
  }),
  undoCaseClosing: changing<ReasonedCaseInput>({
    name: 'undoCaseClosing',
    faults: ({ reason }) => noteFaults('reason', reason),
    decide: ({ reason }) => ({ type: 'CLOSE_UNDONE', reason: asStored(reason) }),
  }),
};
