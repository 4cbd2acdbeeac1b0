import type { Clock, Logger } from '@zhitong/kit';
import { dayInShanghai } from '@zhitong/values';
import type { WorkingCalendar } from '../domain/calendar.js';
import { caseFigures } from '../domain/case-figures.js';
import { replay } from '../domain/history.js';
import { storedCase } from '../models/case.js';
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

/**
 * One round of the overdue job: every case whose clock has run out is brought to the coordinator, once per clock however many
 * instances run (the history's numbers are unique), due days that a grown calendar now reaches are computed, and draws are completed.
 */
export async function tick({ stores, commands, spotChecks, calendar, clock }: { stores: Stores; commands: CaseCommands; spotChecks: SpotCheckCommands; calendar: WorkingCalendar; clock: Clock }): Promise<TickReport> {
  const completedDraws = await spotChecks.finishOpening();
  const dated = await dateWhatIsKnownNow(stores, calendar);
  let escalated = 0;
  const seen = new Set<string>();
  for (;;) {
    const found = (await stores.cases.overdueUnescalated(dayInShanghai(clock.now()), BATCH + seen.size)).filter((caseNumber) => !seen.has(caseNumber));
    if (found.length === 0) return { escalated, dated, completedDraws };
    for (const caseNumber of found) {
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
      await stores.cases.put(storedCase(view, figures), session);
      return true;
    });
    if (isDated) dated += 1;
  }
  return dated;
}

/** Runs rounds of a `job` with a pause in between until it is stopped; a round that fails is logged and the next one tries again. */
export function runEvery(minutes: number, round: () => Promise<unknown>, logger: Logger, job = 'the overdue job'): { stop: () => Promise<void> } {
  if (minutes === 0) return { stop: async () => undefined };
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let running: Promise<void> = Promise.resolve();
  const once = async (): Promise<void> => {
    try {
      await round();
    } catch (error) {
      logger.error({ err: error }, `a round of ${job} failed`);
    }
    if (!isStopped) timer = setTimeout(begin, minutes * 60_000);
  };
  const begin = (): void => {
    running = once();
  };
  begin();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
