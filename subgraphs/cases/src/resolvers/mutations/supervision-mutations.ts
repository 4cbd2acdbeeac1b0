import { refuse, refuseFaults } from '@zhitong/kit/commands';
import { asStored } from '../../domain/intake.js';
import { lastDayFaults } from '../../domain/set-day.js';
import { ESCALATION_LEVELS } from '../../domain/taxonomy.js';
import type {
  EscalateCaseInput,
  MutationResolvers,
  SuperviseCaseInput,
  UrgeCaseInput,
} from '../../generated/resolvers-types.js';
import { changing, noteFaults } from './changing.js';

/** Mutations of supervision: urge (催办), supervise (督办), escalate (提级). */
export const supervisionMutations: Pick<MutationResolvers, 'urgeCase' | 'superviseCase' | 'escalateCase'> = {
  urgeCase: changing<UrgeCaseInput>({
    name: 'urgeCase',
    faults: ({ note }) => noteFaults('note', note),
    decide: ({ note }) => ({ type: 'URGED', note: asStored(note) }),
  }),
  superviseCase: changing<SuperviseCaseInput>({
    name: 'superviseCase',
    faults: ({ instruction }) => noteFaults('instruction', instruction),
    // Decided with the case: the repeat of an order that was given returns the first result, also after its day.
    decide: ({ instruction, dueOn }, { calendar, today }) => {
      const faults = lastDayFaults(dueOn, { calendar, today });
      return faults.length > 0
        ? refuseFaults(faults)
        : { type: 'SUPERVISED', instruction: asStored(instruction), dueOn };
    },
  }),
  escalateCase: changing<EscalateCaseInput>({
    name: 'escalateCase',
    faults: ({ reason, level }) => [
      ...noteFaults('reason', reason),
      ...(level === 'NONE' ? [{ path: ['level'], message: 'NONE is no level to bring a case to' }] : []),
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
          `The case is before ${view.escalation} already; it can be brought to ${higher.join(' or ') || 'no higher level'}.`,
          ['level'],
          { escalation: view.escalation, levels: higher },
        );
      }
      if (!higher.includes(level))
        return refuse('CONFLICT', 'The leadership is reached through the coordinator.', ['level'], {
          escalation: view.escalation,
          levels: higher,
        });
      return { type: 'ESCALATED', level, reason: asStored(reason) };
    },
  }),
};
