import { createHash } from 'node:crypto';
import { randomStream, type RandomStream } from '@zhitong/demo';
import {
  addDays,
  type LegalDay,
  monthsWithin,
  periodBefore,
  startOfDayInShanghai,
  addWorkingDays,
  type WorkingCalendar,
} from '@zhitong/values';
import type { Author, CaseChange, CaseEvent } from '../domain/case-event.js';
import { isOpen, type CaseView } from '../domain/case-view.js';
import { applyEvent, replay } from '../domain/history.js';
import { judgeMove } from '../domain/lifecycle.js';
import { anonymised, NOTHING_BEHIND } from '../usecases/anonymised.js';
import { meetingPeriod } from '../domain/meeting.js';
import { draw, sha256 } from '../domain/spot-check.js';
import { serviceTermsOn } from '../domain/service-terms.js';
import type { DecisionRecord, MeetingRecord } from '../models/meeting.js';
import type { RepeatableSpotCheck, SeedCommitment } from '../models/spot-check.js';
import type { TypicalCaseRecord } from '../models/typical-case.js';
import { author } from './timeline.js';

/** What the coordinating office has done in the demo city beside the cases themselves, and the histories with it. */
export interface DemoOversight {
  readonly histories: CaseEvent[][];
  readonly spotChecks: RepeatableSpotCheck[];
  readonly seeds: SeedCommitment[];
  readonly meetings: MeetingRecord[];
  readonly typicalCases: TypicalCaseRecord[];
}

const QUARTERS = 7;
const SYMPOSIUMS = 8;
const JOINT_MEETINGS = 6;
const DECIDED_DAYS_AGO = 6;
const COORDINATOR = author('COORDINATOR', { department: 'YSB' });
const MINUTE = 60_000;
const NOON_MINUTES = 12 * 60;

/** A history with the view that it gives, which grows by legal moves only. */
class Growing {
  view: CaseView;
  constructor(readonly events: CaseEvent[]) {
    this.view = replay(events);
  }

  /** Adds a change at noon of a day unless the state machine or the order of time is against it. */
  add(day: LegalDay, by: Author, change: Exclude<CaseChange, { type: 'SUBMITTED' }>): boolean {
    const at = new Date(
      startOfDayInShanghai(day).getTime() + (NOON_MINUTES + this.view.version) * MINUTE,
    ).toISOString();
    if (at < this.view.updatedAt || !judgeMove(this.view, change.type, [by.party]).legal) return false;
    const event: CaseEvent = { caseNumber: this.view.caseNumber, seq: this.view.version + 1, at, by, change };
    this.view = applyEvent(this.view, event);
    this.events.push(event);
    return true;
  }
}

/**
 * Quarterly spot checks, symposiums, monthly joint meetings with decisions, and typical cases, all up to the reference
 * date.
 */
export function demoOversight({
  histories,
  calendar,
  referenceDate,
  seed = 'zhitong-1',
}: {
  histories: readonly CaseEvent[][];
  calendar: WorkingCalendar;
  referenceDate: LegalDay;
  seed?: string;
}): DemoOversight {
  const random = randomStream(seed, 'oversight');
  const cases = histories.map((events) => new Growing([...events]));
  const spotChecks = drawnQuarters(cases, { calendar, referenceDate, random });
  const meetings = [...symposiums(cases, referenceDate, random), ...jointMeetings(cases, referenceDate, calendar)];
  return {
    histories: cases.map(({ events }) => events),
    spotChecks,
    seeds: spotChecks.map(committedBefore),
    meetings,
    typicalCases: typicalCases(cases, referenceDate, random),
  };
}

function drawnQuarters(
  cases: readonly Growing[],
  { calendar, referenceDate, random }: { calendar: WorkingCalendar; referenceDate: LegalDay; random: RandomStream },
): RepeatableSpotCheck[] {
  const { spotCheckPercent, rectificationDays } = serviceTermsOn(referenceDate);
  const later = (day: LegalDay, count: number): LegalDay => {
    const found = addWorkingDays(calendar, day, count);
    return found.known ? found.value : addDays(day, count);
  };
  const checks: RepeatableSpotCheck[] = [];
  let quarter = periodBefore(meetingPeriod('QUARTERLY_SYMPOSIUM', referenceDate));
  for (let count = 0; count < QUARTERS; count += 1, quarter = periodBefore(quarter)) {
    const { from, to } = quarter;
    const drawnOn = later(to, 5);
    if (drawnOn >= referenceDate) continue;
    const population = cases
      .filter(({ view }) => view.resolvedOn !== null && view.resolvedOn >= from && view.resolvedOn <= to)
      .map(({ view }) => view.caseNumber);
    if (population.length === 0) continue;
    const id = `HTK-${from.slice(0, 7)}-${to.slice(0, 7)}`;
    const checkSeed = createHash('sha256').update(`demo ${id}`).digest('hex').slice(0, 32);
    const { drawn, populationSize, populationDigest } = draw({
      seed: checkSeed,
      population,
      percent: spotCheckPercent,
    });
    const byNumber = new Map(cases.map((one) => [one.view.caseNumber, one]));
    for (const caseNumber of drawn) {
      const one = byNumber.get(caseNumber);
      const foundOn = later(drawnOn, random.int(3, 15));
      if (
        one?.add(drawnOn, author('SYSTEM'), { type: 'CHECK_OPENED', cause: 'SPOT_CHECK', drawId: id }) !== true ||
        foundOn >= referenceDate
      )
        continue;
      one.add(foundOn, COORDINATOR, {
        type: 'CHECK_FOUND',
        outcome: 'CONFIRMED',
        finding: '已回访企业，办理结果属实，企业无新的诉求。',
        answerDays: rectificationDays,
      });
    }
    checks.push({
      id,
      from,
      to,
      months: monthsWithin({ from, to }),
      seed: checkSeed,
      percent: spotCheckPercent,
      population: [...population].sort(),
      populationSize,
      populationDigest,
      drawn,
      drawnAt: new Date(`${drawnOn}T04:00:00.000Z`),
      drawnBy: COORDINATOR.sub,
      isOpened: true,
      seedCommittedAt: new Date(`${addDays(from, -10)}T04:00:00.000Z`),
    });
  }
  return checks;
}

/** The commitment that a draw's seed keeps. */
const committedBefore = ({
  id,
  from,
  to,
  months,
  seed,
  seedCommittedAt,
  drawnAt,
}: RepeatableSpotCheck): SeedCommitment => ({
  id,
  from,
  to,
  months,
  seedHash: sha256(seed),
  committedAt: seedCommittedAt ?? drawnAt,
  committedBy: COORDINATOR.sub,
});

function symposiums(cases: readonly Growing[], referenceDate: LegalDay, random: RandomStream): MeetingRecord[] {
  const held: MeetingRecord[] = [];
  let quarter = periodBefore(meetingPeriod('QUARTERLY_SYMPOSIUM', referenceDate));
  for (let count = 0; count < SYMPOSIUMS; count += 1, quarter = periodBefore(quarter)) {
    const date = addDays(quarter.from, 44);
    const agenda = cases
      .filter(
        ({ view }) => view.channel === 'SYMPOSIUM' && view.receivedOn >= quarter.from && view.receivedOn <= quarter.to,
      )
      .map(({ view }) => view.caseNumber);
    held.push({
      id: `demo-symposium-${quarter.from.slice(0, 7)}`,
      version: 2,
      kind: 'QUARTERLY_SYMPOSIUM',
      date,
      title: `${quarter.from.slice(0, 4)}年第${Math.ceil(Number(quarter.from.slice(5, 7)) / 3)}季度民营企业家座谈会`,
      chairedBy: random.pick(['市委书记', '市长']),
      agenda,
      decisions: [],
      plannedBy: COORDINATOR.sub,
    });
  }
  return held;
}

/** Joint meetings of the last months; the latest one decides on what was brought to it. */
function jointMeetings(cases: readonly Growing[], referenceDate: LegalDay, calendar: WorkingCalendar): MeetingRecord[] {
  const meetings: MeetingRecord[] = [];
  let month = meetingPeriod('MONTHLY_JOINT_MEETING', referenceDate);
  for (let count = 0; count < JOINT_MEETINGS; count += 1, month = periodBefore(month)) {
    const isLatest = count === 0;
    const date = isLatest ? addDays(referenceDate, -DECIDED_DAYS_AGO) : addDays(month.from, 19);
    const brought = isLatest
      ? cases.filter(({ view }) => isOpen(view.status) && view.escalation === 'JOINT_MEETING')
      : [];
    const decisions: DecisionRecord[] = [];
    for (const one of brought) {
      const department = one.view.assignment?.lead;
      const due = addWorkingDays(calendar, addDays(date, 14), 1);
      const dueOn = due.known ? due.value : addDays(date, 15);
      const decision = '由牵头单位主要负责人包案，半个月内办结并报营商办销号。';
      if (department === undefined || !one.add(date, COORDINATOR, { type: 'SUPERVISED', instruction: decision, dueOn }))
        continue;
      decisions.push({
        number: decisions.length + 1,
        caseNumber: one.view.caseNumber,
        department,
        decision,
        dueOn,
        becameMove: 'SUPERVISED',
        followUps:
          decisions.length % 3 === 0
            ? [{ day: addDays(date, 3), note: '已召开专题会，正在推进。', done: false, by: COORDINATOR.sub }]
            : [],
      });
    }
    meetings.push({
      id: `demo-joint-meeting-${month.from.slice(0, 7)}`,
      version: 2 + decisions.length,
      kind: 'MONTHLY_JOINT_MEETING',
      date,
      title: `${month.from.slice(0, 4)}年${Number(month.from.slice(5, 7))}月优化营商环境联席会议`,
      chairedBy: '分管副市长',
      agenda: brought.map(({ view }) => view.caseNumber),
      decisions,
      plannedBy: COORDINATOR.sub,
    });
  }
  return meetings;
}

function typicalCases(cases: readonly Growing[], referenceDate: LegalDay, random: RandomStream): TypicalCaseRecord[] {
  const closed = cases.filter(
    ({ view }) =>
      view.status === 'CLOSED' &&
      view.rating !== null &&
      view.rating.result >= 4 &&
      !view.answeredDirectly &&
      view.resolvedOn !== null &&
      view.resolvedOn < addDays(referenceDate, -60),
  );
  if (closed.length === 0) return [];
  return [0, 1, 2, 3].map((index): TypicalCaseRecord => {
    const { view } = random.pick(closed);
    const names = [view.complainant.uscc, view.complainant.name, view.complainant.contactName].filter(
      (name) => name !== null,
    );
    const behind = { ...NOTHING_BEHIND, names };
    const isPublished = index > 0;
    return {
      id: `demo-typical-case-${index + 1}`,
      caseNumber: view.caseNumber,
      category: view.category,
      title: anonymised(view.title, behind),
      text: anonymised(`${view.text}\n\n${view.answer ?? ''}`, behind),
      status: isPublished ? 'PUBLISHED' : 'PROPOSED',
      proposedBy: COORDINATOR.sub,
      proposedAt: new Date(`${addDays(referenceDate, -20)}T04:00:00.000Z`),
      reviewedBy: isPublished ? 'demo-auditor' : null,
      reviewNote: isPublished ? '内容属实，已去除个人信息。' : null,
      publishedOn: isPublished ? addDays(referenceDate, -20 + index * 4) : null,
    };
  });
}
