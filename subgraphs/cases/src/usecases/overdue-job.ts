import type { Clock, Logger } from '@zhitong/kit';
import type { Job } from '@zhitong/kit/jobs';
import { dayInShanghai, type WorkingCalendar } from '@zhitong/values';
import { calendarMark } from '../domain/calendar-mark.js';
import type { Stores } from '../stores.js';
import type { CaseCommands } from './case-commands.js';
import { publishingJob } from './published-statistics.js';
import type { SpotCheckCommands } from './spot-check-commands.js';
import type { UndercoverCommands } from './undercover-commands.js';

const BATCH = 200;
/** So many cases are worked on at the same time. */
const AT_ONCE = 4;

/** Checks of units in one round; the next one goes on. */
const MOST_CHECKS = 1_000;

/** So many are written in one transaction. */
const TOGETHER = 10;

/** A case that a round could not work on, and why. */
export interface FailedCase {
  readonly caseNumber: string;
  readonly reason: string;
}

/** A check of a unit, or the commitment to a seed, that a round could not see to, and why. */
export interface FailedWork {
  readonly work: string;
  readonly reason: string;
}

/** What one round of the job did. */
export interface TickReport {
  /** Draws whose checks a killed process had left unopened. */
  readonly completedDraws: number;
  /** Cases of which a last day has passed, noted by this round; another instance's are not counted. */
  readonly escalated: number;
  /** Cases that a changed calendar has given another last day. */
  readonly dated: number;
  /** Checks of units whose day of rectification has passed, noted by this round. */
  readonly overdueRectifications: number;
  /** Months to come for which a seed of the second look was committed to. */
  readonly sealedSeeds: number;
  /** Cases that failed, with a damaged history for example: they are reported, and the round goes on. */
  readonly failed: readonly FailedCase[];
  /** What failed beside cases. */
  readonly failedOthers: readonly FailedWork[];
}

/** What a round works with. */
export interface OverdueTools {
  readonly stores: Stores;
  readonly commands: CaseCommands;
  readonly spotChecks: SpotCheckCommands;
  readonly undercover: UndercoverCommands;
  readonly calendar: WorkingCalendar;
  readonly clock: Clock;
  readonly logger?: Pick<Logger, 'error'>;
}

/**
 * One round of the overdue job: every case of which a last day has passed gets its note, and what was not done comes
 * before the coordinator, once per clock however many instances run (the history's numbers are unique); cases that were
 * dated by another calendar are dated anew, and draws are completed. A case that fails stops nobody else.
 * @param isOver asked between cases; true ends the round where it is, and the next one goes on.
 */
export async function tick(
  { stores, commands, spotChecks, undercover, calendar, clock, logger }: OverdueTools,
  isOver = () => false,
): Promise<TickReport> {
  const failed = new Map<string, FailedCase>();
  const fail = (caseNumber: string, error: unknown): void => {
    if (!failed.has(caseNumber)) logger?.error({ err: error, caseNumber }, 'a case could not be worked on');
    failed.set(caseNumber, { caseNumber, reason: error instanceof Error ? error.message : String(error) });
  };
  /** Works on one case; false when it fails. */
  const attempt = async (caseNumber: string, work: () => Promise<boolean>): Promise<boolean> => {
    try {
      return await work();
    } catch (error) {
      fail(caseNumber, error);
      return false;
    }
  };
  /** Works on some cases together or, where one of them fails, on each by itself. @returns how many were changed */
  const workOn = async (
    caseNumbers: readonly string[],
    work: (some: readonly string[]) => Promise<number>,
  ): Promise<number> => {
    try {
      return await work(caseNumbers);
    } catch (error) {
      const [only] = caseNumbers;
      if (caseNumbers.length === 1 && only !== undefined) fail(only, error);
      if (caseNumbers.length <= 1) return 0;
      let alone = 0;
      for (const caseNumber of caseNumbers) alone += await workOn([caseNumber], work);
      return alone;
    }
  };
  /**
   * Works on what is found, each case once, until nothing is left.
   * @param work changes some cases in one transaction; where it fails they are worked on one by one
   * @param together so many at most
   * @returns how many were changed
   */
  const each = async (
    find: (limit: number) => Promise<readonly string[]>,
    work: (caseNumbers: readonly string[]) => Promise<number>,
    together: number,
  ): Promise<number> => {
    let changed = 0;
    // A view that is ahead of or behind its history must not keep the round from ending.
    const seen = new Set<string>();
    let limit = BATCH;
    for (;;) {
      const found = await find(limit);
      const fresh = found.filter((caseNumber) => !seen.has(caseNumber));
      if (fresh.length === 0 && found.length < limit) return changed;
      // Those that stay in the way are passed over.
      limit = BATCH + found.length - fresh.length + (fresh.length === 0 ? BATCH : 0);
      const parts = Array.from({ length: Math.ceil(fresh.length / together) }, (_none, at) =>
        fresh.slice(at * together, (at + 1) * together),
      ).values();
      /** Works on what is waiting, one part after another; true when the round is over before that. */
      const workThrough = async (): Promise<boolean> => {
        for (const part of parts) {
          if (isOver()) return true;
          for (const caseNumber of part) seen.add(caseNumber);
          const done = await workOn(part, work);
          changed += done;
        }
        return false;
      };
      // Each writes cases of its own, and mostly waits for the database.
      const ends = await Promise.all(Array.from({ length: AT_ONCE }, workThrough));
      if (ends.includes(true)) return changed;
    }
  };
  const failedDraws: FailedWork[] = [];
  const completedDraws = await spotChecks.finishOpening(attempt, (id, error) => {
    logger?.error({ err: error, draw: id }, 'a draw could not be worked on');
    failedDraws.push({ work: `draw ${id}`, reason: error instanceof Error ? error.message : String(error) });
  });
  const mark = calendarMark(calendar);
  const dated = await each(
    async (limit) => stores.cases.datedOtherwise(mark, limit),
    async ([caseNumber = '']) => ((await commands.redate(caseNumber, calendar)) ? 1 : 0),
    1,
  );
  const escalated = await each(
    async (limit) => stores.cases.overdueUnescalated(dayInShanghai(clock.now()), limit),
    async (caseNumbers) => commands.escalateOverdue(caseNumbers),
    TOGETHER,
  );
  const others = await seeToOthers({ stores, spotChecks, undercover, clock, logger }, isOver);
  const failedOthers = [...failedDraws, ...others.failedOthers];
  return { escalated, dated, completedDraws, failed: [...failed.values()], ...others, failedOthers };
}

/** Sees to what is no case: checks of units whose day has passed, and the seed of the month to come. */
async function seeToOthers(
  { stores, spotChecks, undercover, clock, logger }: Omit<OverdueTools, 'commands' | 'calendar'>,
  isOver: () => boolean,
): Promise<Pick<TickReport, 'overdueRectifications' | 'sealedSeeds' | 'failedOthers'>> {
  const failedOthers: FailedWork[] = [];
  /** Does one thing; 0 when it fails, which stops nothing else. */
  const attempt = async (work: string, done: () => Promise<number>): Promise<number> => {
    try {
      return await done();
    } catch (error) {
      logger?.error({ err: error, work }, 'a round could not see to it');
      failedOthers.push({ work, reason: error instanceof Error ? error.message : String(error) });
      return 0;
    }
  };
  const sealedSeeds = await attempt('seed of the second look', spotChecks.sealSeed);
  let overdueRectifications = 0;
  for (const id of await stores.undercoverChecks.overdueUnnoticed(dayInShanghai(clock.now()), MOST_CHECKS)) {
    if (isOver()) break;
    overdueRectifications += await attempt(`check ${id}`, async () => Number(await undercover.noteOverrun(id)));
  }
  return { overdueRectifications, sealedSeeds, failedOthers };
}

/** A process that died with the round leaves it to another after so long. */
const LEASE_MS = 5 * 60_000;

const FIGURES_EVERY_MS = 60_000;

/**
 * The department's jobs as its process runs them: the overdue job, the counting of figures, and their
 * publishing; none when they are switched off.
 * @param minutes between two rounds of the overdue job; 0 switches all of them off
 */
export function caseJobs(tools: OverdueTools, minutes: number): readonly Job[] {
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
    {
      // What this round has not counted yet is counted by every reader, so it need not be often.
      name: 'kept-figures',
      everyMs: FIGURES_EVERY_MS,
      leaseMs: LEASE_MS,
      work: async ({ isOver }) => {
        await tools.stores.figures.count(isOver, (caseNumber, error) =>
          tools.logger?.error({ err: error, caseNumber }, 'a case could not be counted'),
        );
      },
    },
    publishingJob(tools),
  ];
}
