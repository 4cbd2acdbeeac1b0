import { randomStream, type DemoCity, type DemoEnterprise } from '@zhitong/demo';
import { addDays, startOfDayInShanghai, type WorkingCalendar } from '@zhitong/values';
import type { CaseEvent } from '../domain/case-event.js';
import { keywordExtractor } from '../memory/keywords.js';
import { demoCaseMaker, type DemoCourse } from './demo-case.js';
import { caseTemplates } from './templates.js';
import type { Timeline } from './timeline.js';

/** Xianning's published figure: problems recorded in the campaign. A smaller city has fewer, in proportion. */
const FULL_CITY = { enterprises: 27_851, cases: 3_245, solvedLately: 641, open: 190, stuck: 62, withdrawn: 48 };
/** "Lately": the days up to the reference date in which the 641 were solved. */
export const LATELY_DAYS = 150;
const HISTORY_DAYS = 730;
const MOST_TRIES = 200;
/**
 * What the flagship enterprise's cases have come to: open, overdue, waiting, reopened and done, so that its page shows
 * every state.
 */
const FLAGSHIP: readonly (readonly [DemoCourse, number])[] = [
  ['DONE', 400],
  ['DONE', 210],
  ['DONE', 60],
  ['DONE', 30],
  ['REOPENED', 24],
  ['STUCK', 21],
  ['WAITING', 9],
  ['OPEN', 3],
  ['OPEN', 1],
];

interface Wish {
  readonly course: DemoCourse;
  readonly enterprise: DemoEnterprise;
  /** Received this many days before the reference date, at least and at most. */
  readonly age: readonly [number, number];
  readonly accept: (line: Timeline) => boolean;
}

/**
 * The histories of the demo city's cases: 3,245 in two years for a full city, 641 of them solved in the last 150 days,
 * about 250 open. The same city gives the same cases, byte for byte.
 */
export function demoCases({
  city,
  calendar,
  seed = 'zhitong-1',
}: {
  city: DemoCity;
  calendar: WorkingCalendar;
  seed?: string;
}): CaseEvent[][] {
  const endsAt = startOfDayInShanghai(city.referenceDate);
  const make = demoCaseMaker({
    city,
    calendar,
    seed,
    endsAt,
    templates: caseTemplates(),
    keywords: keywordExtractor(),
  });
  const random = randomStream(seed, 'cases');
  const latelyFrom = addDays(city.referenceDate, -LATELY_DAYS);

  const lines = wishes(city, random, latelyFrom).map((wish) => {
    for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
      const line = make({
        enterprise: wish.enterprise,
        course: wish.course,
        random,
        receivedOn: addDays(city.referenceDate, -random.int(wish.age[0], wish.age[1])),
      });
      line.wait(city.referenceDate);
      if (wish.accept(line)) return line;
    }
    throw new Error(`No demo case that is ${wish.course} came of ${MOST_TRIES} tries.`);
  });
  return numbered(lines);
}

function wishes(city: DemoCity, random: ReturnType<typeof randomStream>, latelyFrom: string): Wish[] {
  const share = (figure: number): number =>
    Math.max(1, Math.round((figure * city.enterprises.length) / FULL_CITY.enterprises));
  const total = share(FULL_CITY.cases);
  const large = city.enterprises.filter(
    ({ scale, statCategory }) => scale === 'LARGE' || scale === 'MEDIUM' || statCategory !== null,
  );
  const anyone = (): DemoEnterprise =>
    large.length > 0 && random.bool(0.3) ? random.pick(large) : random.pick(city.enterprises);
  const isOpen = (line: Timeline): boolean => line.view.resolvedOn === null && line.view.status !== 'WITHDRAWN';
  const solvedBefore = (line: Timeline): boolean => line.view.resolvedOn !== null && line.view.resolvedOn < latelyFrom;
  const solvedLately = (line: Timeline): boolean => line.view.resolvedOn !== null && line.view.resolvedOn >= latelyFrom;

  const flagship = city.enterprises.find(({ scale }) => scale === 'LARGE');
  const isNamed = (line: Timeline): boolean => line.view.complainant.uscc !== null && !line.view.complainant.anonymous;
  const forFlagship: Wish[] = flagship
    ? FLAGSHIP.map(([course, days]) => ({
        course,
        enterprise: flagship,
        age: [days, days + 3],
        accept: (line) =>
          isNamed(line) &&
          (course === 'DONE'
            ? line.view.resolvedOn !== null && solvedBefore(line) === days > LATELY_DAYS
            : isOpen(line)),
      }))
    : [];
  const mine = (accept: (line: Timeline) => boolean, course: DemoCourse): number =>
    FLAGSHIP.filter(
      ([its, days]) =>
        flagship && its === course && (course !== 'DONE' || (accept === solvedLately) === days <= LATELY_DAYS),
    ).length;

  const many = (
    count: number,
    course: DemoCourse,
    age: readonly [number, number],
    accept: (line: Timeline) => boolean,
  ): Wish[] => Array.from({ length: Math.max(0, count) }, () => ({ course, enterprise: anyone(), age, accept }));
  const rest: Wish[] = [
    ...many(share(FULL_CITY.solvedLately) - mine(solvedLately, 'DONE'), 'DONE', [3, LATELY_DAYS + 10], solvedLately),
    ...many(share(FULL_CITY.open), 'OPEN', [1, 14], isOpen),
    ...many(share(FULL_CITY.stuck), 'STUCK', [8, 75], isOpen),
    ...many(Math.ceil(share(FULL_CITY.open) / 12), 'WAITING', [4, 25], isOpen),
    ...many(Math.ceil(share(FULL_CITY.open) / 16), 'REOPENED', [12, 30], isOpen),
    ...many(share(FULL_CITY.withdrawn), 'WITHDRAWN', [2, HISTORY_DAYS], (line) => line.view.status === 'WITHDRAWN'),
  ];
  const old = many(total - rest.length - forFlagship.length, 'DONE', [LATELY_DAYS + 12, HISTORY_DAYS], solvedBefore);
  return [...forFlagship, ...rest, ...old];
}

/** Numbers the cases in the order of receipt, by year, as the desk would have. */
function numbered(lines: readonly Timeline[]): CaseEvent[][] {
  const inOrder = lines.toSorted((a, b) =>
    a.view.receivedAt < b.view.receivedAt ? -1 : a.view.receivedAt > b.view.receivedAt ? 1 : 0,
  );
  const lastOfYear = new Map<string, number>();
  return inOrder.map(({ view, events }) => {
    const year = view.receivedOn.slice(0, 4);
    const place = (lastOfYear.get(year) ?? 0) + 1;
    lastOfYear.set(year, place);
    const caseNumber = `SQ${year}-${String(place).padStart(6, '0')}`;
    return events.map((event) => ({ ...event, caseNumber }));
  });
}
