import type { Clock } from '@zhitong/kit';
import type { Job } from '@zhitong/kit/jobs';
import { dayInShanghai, type WorkingCalendar } from '@zhitong/values';
import { caseFigures } from '../domain/case-figures.js';
import { replay } from '../domain/history.js';
import { storedCase } from '../models/stored-case.js';
import type { Stores } from '../stores.js';
import type { CaseCommands } from './case-commands.js';
import type { SpotCheckCommands } from './spot-check-commands.js';

const BATCH = 200;

/** What one round of the job did. */
export interface TickReport {
  /** Draws whose checks a killed process had left unopened. */
  readonly completedDraws: number;
  /** Cases brought to the coordinator by this round; another instance's are not counted. */
  readonly escalated: number;
  /** Cases whose due day has become known because the calendar grew. */
  readonly dated: number;
}

/** What a round works with. */
export interface OverdueTools {
  readonly stores: Stores;
  readonly commands: CaseCommands;
  readonly spotChecks: SpotCheckCommands;
  readonly calendar: WorkingCalendar;
  readonly clock: Clock;
}

/**
 * One round of the overdue job: every case whose clock has run out is brought to the coordinator, once per clock
 * however many instances run (the history's numbers are unique), due days that a grown calendar now reaches are
 * computed, and draws are completed.
 * @param isOver asked between cases; true ends the round where it is, and the next one goes on.
 */
export async function tick(
  { stores, commands, spotChecks, calendar, clock }: OverdueTools,
  isOver = () => false,
): Promise<TickReport> {
  const completedDraws = await spotChecks.finishOpening();
  const dated = await dateWhatIsKnownNow(stores, calendar);
  let escalated = 0;
  const seen = new Set<string>();
  for (;;) {
    const found = (await stores.cases.overdueUnescalated(dayInShanghai(clock.now()), BATCH + seen.size)).filter(
      (caseNumber) => !seen.has(caseNumber),
    );
    if (found.length === 0) return { escalated, dated, completedDraws };
    for (const caseNumber of found) {
      if (isOver()) return { escalated, dated, completedDraws };
      // A view that is ahead of or behind its history must not keep the round from ending.
      seen.add(caseNumber);
      if (await commands.escalateOverdue(caseNumber)) escalated += 1;
    }
  }
}

async function dateWhatIsKnownNow(stores: Stores, calendar: WorkingCalendar): Promise<number> {
  let dated = 0;
  for (const caseNumber of await stores.cases.beyondCalendar(BATCH * 50)) {
    const isDated = await stores.transaction(async (session) => {
      const history = await stores.events.of(caseNumber, session);
      if (history.length === 0) return false;
      const view = replay(history);
      const figures = caseFigures(view, calendar);
      if (figures.isDueDayUnknown) return false;
      await stores.cases.put(storedCase(history, calendar), session);
      return true;
    });
    if (isDated) dated += 1;
  }
  return dated;
}

/** A process that died with the round leaves it to another after so long. */
const LEASE_MS = 5 * 60_000;

/**
 * The overdue job as a department's process runs it; none when it is switched off. @param minutes between two rounds; 0
 * switches it off
 */
export function overdueJobs(tools: OverdueTools, minutes: number): readonly Job[] {
  if (minutes === 0) return [];
  return [
    {
      name: 'overdue-cases',
      everyMs: minutes * 60_000,
      leaseMs: LEASE_MS,
      work: async ({ isOver }) => {
        await tick(tools, isOver);
      },
    },
  ];
}
