import { endOfDayInShanghai, type LegalDay, type Period, type Rate, type WorkingCalendar } from '@zhitong/values';
import type { DelayShare } from '../../domain/projects/lateness.js';
import { knownOn, lifeOf } from '../../domain/projects/project-life.js';
import { inTime, isScheduled, schedulePeriod, type ScheduleLevel } from '../../domain/projects/schedule.js';
import { standingOf, type StandingStep } from '../../domain/projects/standing.js';
import type { ProjectRecord } from '../../models/project.js';
import type { Stores } from '../../stores.js';

/** Projects that one list covers at most. */
export const MOST_PROJECTS = 2_000;
const MOST_STEPS = 500;

/** A step on the list of a scheduling meeting. */
export interface ScheduledStepView {
  readonly project: ProjectRecord;
  readonly state: StandingStep;
}

/** The list of a scheduling meeting. */
export interface ProjectScheduleView extends Period {
  readonly level: ScheduleLevel;
  readonly asOf: string;
  readonly region: { readonly code: string; readonly name: string } | null;
  readonly projects: number;
  readonly inTime: Rate;
  readonly late: number;
  readonly delays: DelayShare[];
  readonly steps: ScheduledStepView[];
  readonly totalSteps: number;
}

/** What is asked of a schedule. */
export interface ScheduleRequest {
  readonly level: ScheduleLevel;
  readonly on: LegalDay;
  readonly region: { readonly code: string; readonly name: string } | null;
  readonly now: Date;
  readonly today: LegalDay;
  readonly calendar: WorkingCalendar;
}

/**
 * The list of a scheduling meeting, as known at the end of its period, or now while that runs; null when there are more
 * projects than one list covers.
 */
export async function projectSchedule(
  { level, on, region, now, today, calendar }: ScheduleRequest,
  { projects, projectEvents, problems }: Pick<Stores, 'projects' | 'projectEvents' | 'problems'>,
): Promise<ProjectScheduleView | null> {
  const period = schedulePeriod(level, on);
  const isOver = period.to < today;
  const asOf = isOver ? period.to : today;
  const moment = isOver ? endOfDayInShanghai(period.to) : now;
  const records = await projects.all({ regionCode: region?.code }, MOST_PROJECTS + 1);
  if (records.length > MOST_PROJECTS) return null;
  const ids = records.map(({ id }) => id);
  const [histories, reported] = await Promise.all([
    projectEvents.ofMany(ids),
    problems.ofOrigins(ids, { origin: 'PROJECT_BLOCKING_POINT' }),
  ]);
  const steps = records.flatMap((project): ScheduledStepView[] => {
    const { id, signedOn, stage } = project;
    if (stage === 'TERMINATED') return [];
    const cases = new Map((reported.get(id) ?? []).map((problem) => [problem.id, problem.steps]));
    const life = lifeOf(knownOn(histories.get(id) ?? [], asOf));
    return standingOf(life, { signedOn, now: moment, calendar, stepsOf: (problem) => cases.get(problem) ?? [] })
      .steps.filter((state) => isScheduled(state, period))
      .map((state) => ({ project, state }));
  });
  const byDelay = steps.toSorted((a, b) => b.state.daysLate - a.state.daysLate);
  return {
    ...period,
    level,
    asOf,
    region,
    projects: new Set(steps.map(({ project }) => project.id)).size,
    inTime: inTime(
      steps.map(({ state }) => state),
      period,
    ),
    late: steps.filter(({ state }) => state.daysLate > 0).length,
    delays: summed(steps.flatMap(({ state }) => state.delays)),
    steps: byDelay.slice(0, MOST_STEPS),
    totalSteps: steps.length,
  };
}

/** Days by whose fault, the most first. */
function summed(shares: readonly DelayShare[]): DelayShare[] {
  const byFault = new Map<string, DelayShare>();
  for (const share of shares) {
    const key = `${share.fault} ${share.department ?? ''}`;
    byFault.set(key, { ...share, days: share.days + (byFault.get(key)?.days ?? 0) });
  }
  return [...byFault.values()].toSorted((a, b) => b.days - a.days);
}
