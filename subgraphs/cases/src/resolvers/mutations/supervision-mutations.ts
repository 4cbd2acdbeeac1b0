import { refuse, refuseFaults } from '@zhitong/kit/commands';
import { runningDuties } from '../../domain/case-view.js';
import { asStored } from '../../domain/intake.js';
import { ratingFaults } from '../../domain/satisfaction.js';
import { lastDayFaults } from '../../domain/set-day.js';
import { ESCALATION_LEVELS } from '../../domain/taxonomy.js';
import { said } from '../../domain/refusal-words.js';
import { LEVEL_IN_CHINESE } from '../../domain/words.js';
import type {
  AmendResponsibilitiesInput,
  CaseNoteInput,
  ConcludeSupervisionInput,
  EscalateCaseInput,
  MutationResolvers,
  RateAssistanceInput,
  SuperviseCaseInput,
  UrgeCaseInput,
} from '../../generated/resolvers-types.js';
import type { SpecialSupervisorRecord } from '../../models/oversight-register.js';
import { refuseFor } from '../../usecases/refusals.js';
import { changing, noteFaults } from './changing.js';
import {
  assistingFaults,
  assistingNames,
  codeFaults,
  dutyDayFaults,
  responsibilitiesOf,
  type AssistingInput,
} from './handling-mutations.js';

const keyOf = (one: AssistingInput | undefined): string => `${one?.department ?? ''} ${one?.dueOn ?? ''}`;

/** Mutations of supervision: urge (催办), supervise (督办), escalate (提级). */
export const supervisionMutations: Pick<
  MutationResolvers,
  | 'urgeCase'
  | 'superviseCase'
  | 'reportSupervision'
  | 'concludeSupervision'
  | 'amendResponsibilities'
  | 'reportDuty'
  | 'rateAssistance'
  | 'escalateCase'
> = {
  urgeCase: changing<UrgeCaseInput>({
    name: 'urgeCase',
    faults: ({ note }) => noteFaults('note', note),
    decide: ({ note }) => ({ type: 'URGED', note: asStored(note) }),
  }),
  superviseCase: changing<SuperviseCaseInput, SpecialSupervisorRecord | null>({
    name: 'superviseCase',
    prepare: async ({ specialSupervisor }, { stores }) =>
      typeof specialSupervisor === 'string' ? stores.oversight.supervisor(specialSupervisor) : null,
    faults: ({ instruction }) => noteFaults('instruction', instruction),
    // Decided with the case: the repeat of an order that was given returns the first result, also after its day.
    decide: ({ instruction, dueOn, specialSupervisor }, { calendar, today }, found = null) => {
      const faults = lastDayFaults(dueOn, { calendar, today });
      if (faults.length > 0) return refuseFaults(faults);
      const order = { type: 'SUPERVISED', instruction: asStored(instruction), dueOn } as const;
      if (typeof specialSupervisor !== 'string') return order;
      if (found === null || found.endedOn !== null || found.until < today)
        return refuseFor('NO_SUCH_SUPERVISOR', ['specialSupervisor'], { id: specialSupervisor.slice(0, 40) });
      const { id, name, organisation } = found;
      return { ...order, supervisor: { id, name, organisation } };
    },
  }),
  reportSupervision: changing<CaseNoteInput>({
    name: 'reportSupervision',
    faults: ({ note }) => noteFaults('note', note),
    decide: ({ note }) => ({ type: 'SUPERVISION_REPORTED', note: asStored(note) }),
  }),
  concludeSupervision: changing<ConcludeSupervisionInput>({
    name: 'concludeSupervision',
    faults: ({ note }) => noteFaults('note', note),
    decide: ({ fulfilled, note }) => ({ type: 'SUPERVISION_CONCLUDED', fulfilled, note: asStored(note) }),
  }),
  amendResponsibilities: changing<AmendResponsibilitiesInput>({
    name: 'amendResponsibilities',
    faults: ({ assisting, reason }) => [...assistingFaults(assisting), ...noteFaults('reason', reason)],
    names: ({ assisting }) => assistingNames(assisting),
    decide: ({ assisting, reason }, { view, calendar, today }) => {
      const lead = view.assignment?.lead ?? '';
      if (assisting.some(({ department }) => department === lead))
        return refuseFor('LEAD_ASSISTS', ['assisting'], { lead });
      if (assisting.length === 0 && view.assignment?.lane === 'JOINT') return refuseFor('JOINT_ALONE', ['assisting']);
      // What stays as it is may have a day that has passed.
      const kept = new Set(runningDuties(view).map(({ department, dueOn }) => `${department} ${dueOn ?? ''}`));
      const faults = dutyDayFaults(assisting, { calendar, today }).filter(
        ({ path }) => !kept.has(keyOf(assisting[Number(path[1])])),
      );
      if (faults.length > 0) return refuseFaults(faults);
      return { type: 'DUTIES_AMENDED', responsibilities: responsibilitiesOf(assisting), reason: asStored(reason) };
    },
  }),
  reportDuty: changing<CaseNoteInput>({
    name: 'reportDuty',
    faults: ({ note }) => noteFaults('note', note),
    // Whoever does not assist is turned away by the lifecycle.
    decide: ({ note }, { view, parties, department }) =>
      parties.includes('ASSISTING') && !runningDuties(view).some((duty) => duty.department === department)
        ? refuseFor('NO_DUTY', ['caseNumber'], { department: department ?? '' })
        : { type: 'DUTY_REPORTED', result: asStored(note) },
  }),
  rateAssistance: changing<RateAssistanceInput>({
    name: 'rateAssistance',
    faults: ({ department, grade, reason }) => [
      ...codeFaults(department, ['department']),
      ...ratingFaults({ process: grade, result: grade, reason: reason ?? null })
        .slice(0, 1)
        .map((fault) => ({ ...fault, path: fault.path[0] === 'process' ? ['grade'] : fault.path })),
      ...(typeof reason === 'string' && reason.trim() !== '' ? noteFaults('reason', reason) : []),
    ],
    decide: ({ department, grade, reason }, { view }) => {
      const isOpen = view.duties.some(
        (duty) => duty.department === department && duty.endedOn === null && duty.grade === null,
      );
      if (!isOpen) return refuseFor('NOT_TO_RATE', ['department'], { department });
      const words = typeof reason === 'string' && reason.trim() !== '' ? asStored(reason) : null;
      return { type: 'ASSISTANCE_RATED', department, grade, reason: words };
    },
  }),
  escalateCase: changing<EscalateCaseInput>({
    name: 'escalateCase',
    faults: ({ reason, level }) => [
      ...noteFaults('reason', reason),
      ...(level === 'NONE' ? [{ path: ['level'], ...said('NO_LEVEL') }] : []),
    ],
    decide: ({ level, reason }, { view, parties }) => {
      const rank = ESCALATION_LEVELS.indexOf(level);
      const higher = ESCALATION_LEVELS.filter(
        (candidate) =>
          ESCALATION_LEVELS.indexOf(candidate) > ESCALATION_LEVELS.indexOf(view.escalation) &&
          (candidate !== 'LEADERSHIP' || parties.includes('COORDINATOR')),
      );
      if (rank <= ESCALATION_LEVELS.indexOf(view.escalation)) {
        return refuse(
          'CONFLICT',
          said('BROUGHT_ALREADY', {
            escalation: view.escalation,
            escalationInChinese: LEVEL_IN_CHINESE[view.escalation],
            possible: higher.join(' or ') || 'no higher level',
            possibleInChinese: higher.map((one) => LEVEL_IN_CHINESE[one]).join('、') || '已无更高层级',
          }),
          ['level'],
          { escalation: view.escalation, levels: higher },
        );
      }
      if (!higher.includes(level))
        return refuse('CONFLICT', said('THROUGH_COORDINATOR'), ['level'], {
          escalation: view.escalation,
          levels: higher,
        });
      return { type: 'ESCALATED', level, reason: asStored(reason) };
    },
  }),
};
