import { nationalCalendar } from '@zhitong/kit';
import { demoCity } from '@zhitong/demo';
import { addDays } from '@zhitong/values';

import { demoCases, LATELY_DAYS } from '../../../subgraphs/cases/src/demo/demo-cases.js';
import { demoOversight } from '../../../subgraphs/cases/src/demo/demo-oversight.js';
import { caseFigures } from '../../../subgraphs/cases/src/domain/case-figures.js';
import { isOpen } from '../../../subgraphs/cases/src/domain/case-view.js';
import { replay } from '../../../subgraphs/cases/src/domain/history.js';
import { draw } from '../../../subgraphs/cases/src/domain/spot-check.js';
import { factsOf, figuresOf } from '../../../subgraphs/cases/src/domain/figures/case-facts.js';
import { CATEGORIES, CHANNELS } from '../../../subgraphs/cases/src/domain/taxonomy.js';

const TODAY = '2026-11-22';
const calendar = nationalCalendar();

describe('the demo cases of a full city', () => {
  const city = demoCity({ referenceDate: TODAY });
  const histories = demoCases({ city, calendar });
  const views = histories.map(replay);

  it('are 3,245 in two years, 641 of them solved in the last 150 days', () => {
    expect(views).toHaveLength(3_245);
    expect(views.every(({ receivedOn }) => receivedOn >= addDays(TODAY, -734) && receivedOn < TODAY)).toBe(true);
    expect(
      views.filter(({ resolvedOn }) => resolvedOn !== null && resolvedOn >= addDays(TODAY, -LATELY_DAYS)),
    ).toHaveLength(641);
  });

  it('come in all nine categories and through the channels of the demo city', () => {
    expect(new Set(views.map(({ category }) => category))).toEqual(new Set(CATEGORIES));
    // Four doors that the demo city does not have.
    const shut = ['LEADERS_LINE', 'LEADER_ON_DUTY', 'COMPLAINT_CENTRE', 'CHAMBER'];
    expect(new Set(views.map(({ channel }) => channel))).toEqual(
      new Set(CHANNELS.filter((channel) => !shut.includes(channel))),
    );
  });

  it('leave a realistic share open, overdue, escalated, rated and reopened', () => {
    const { counts, rates } = figuresOf(
      histories.flatMap((history) => factsOf(history, calendar)),
      { from: '2024-01-01', to: TODAY, knownOn: TODAY, today: TODAY },
    );
    const open = views.filter(({ status }) => isOpen(status)).length;
    const share = ({ numerator, denominator }: { numerator: number; denominator: number }): number =>
      numerator / denominator;
    expect(open).toBeGreaterThan(200);
    expect(open).toBeLessThan(400);
    expect(counts.overdue).toBeGreaterThan(30);
    expect(counts.overdue).toBeLessThan(open / 2);
    expect(counts.escalated).toBeGreaterThan(100);
    expect(share(rates.onTime)).toBeGreaterThan(0.8);
    expect(share(rates.onTime)).toBeLessThan(0.97);
    expect(share(rates.satisfaction)).toBeGreaterThan(0.9);
    expect(rates.satisfaction.denominator).toBeGreaterThan(1_500);
    expect(views.some(({ reopenings }) => reopenings > 0)).toBe(true);
  });

  it('number the cases in the order of receipt, without gaps, and nothing happens after the reference day begins', () => {
    const lastOf2025 = views.filter(({ caseNumber }) => caseNumber.startsWith('SQ2025-')).length;
    expect(views.some(({ caseNumber }) => caseNumber === `SQ2025-${String(lastOf2025).padStart(6, '0')}`)).toBe(true);
    expect(histories.flat().every(({ at }) => at <= `${addDays(TODAY, -1)}T16:00:00.000Z`)).toBe(true);
  });

  it('give the first large enterprise at least six cases in several states', () => {
    const flagship = city.enterprises.find(({ scale }) => scale === 'LARGE');
    const own = views.filter(({ complainant }) => complainant.uscc === flagship?.uscc);
    expect(own.length).toBeGreaterThanOrEqual(6);
    expect(new Set(own.map(({ status }) => status)).size).toBeGreaterThanOrEqual(4);
    expect(own.some((view) => (caseFigures(view, calendar).lastDayInTime ?? TODAY) < TODAY)).toBe(true);
  });

  it('let a department be recognised by its work: clusters of words, not one text repeated', () => {
    expect(new Set(views.map(({ text }) => text)).size).toBeGreaterThan(1_500);
    expect(views.every(({ keywords }) => keywords.length >= 2)).toBe(true);
  });
});

describe('the demo cases of a small city', () => {
  it('are the same each time, and other ones for another seed', () => {
    const city = demoCity({ referenceDate: TODAY, enterprises: 300 });
    const once = demoCases({ city, calendar });
    expect(demoCases({ city, calendar })).toEqual(once);
    expect(demoCases({ city, calendar, seed: 'another' })).not.toEqual(once);
  });

  it('can stand on a day after the published calendar', () => {
    const city = demoCity({ referenceDate: '2027-03-15', enterprises: 300 });
    expect(demoCases({ city, calendar }).length).toBeGreaterThan(20);
  });
});

describe("the coordinating office's work in the demo city", () => {
  const city = demoCity({ referenceDate: TODAY, enterprises: 4_000 });
  const before = demoCases({ city, calendar });
  const { histories, spotChecks, meetings, typicalCases } = demoOversight({
    histories: before,
    calendar,
    referenceDate: TODAY,
  });
  const views = new Map(histories.map(replay).map((view) => [view.caseNumber, view]));

  it('adds to the histories and changes nothing in them', () => {
    expect(histories.map((history, index) => history.slice(0, before[index]?.length))).toEqual(before);
    expect(histories.flat().every(({ at }) => at < `${TODAY}T00:00:00.000Z`)).toBe(true);
  });

  it('has drawn ten per cent of each quarter, so that anyone can repeat it', () => {
    expect(spotChecks.length).toBeGreaterThanOrEqual(6);
    for (const { seed, population, percent, drawn, populationDigest } of spotChecks)
      expect(draw({ seed, population, percent })).toMatchObject({ drawn, populationDigest });
    const looked = spotChecks.flatMap(({ id, drawn }) =>
      drawn.filter((caseNumber) => views.get(caseNumber)?.checks.some((check) => check.drawId === id)),
    );
    expect(looked.length).toBeGreaterThan(spotChecks.flatMap(({ drawn }) => drawn).length * 0.9);
  });

  it('has held eight symposiums, and a joint meeting whose decisions supervise what was brought to it', () => {
    expect(meetings.filter(({ kind }) => kind === 'QUARTERLY_SYMPOSIUM')).toHaveLength(8);
    const decisions = meetings.flatMap((meeting) => meeting.decisions);
    expect(decisions.length).toBeGreaterThan(0);
    for (const { caseNumber, dueOn } of decisions) expect(views.get(caseNumber)?.supervision?.dueOn).toBe(dueOn);
  });

  it('shows typical cases without their enterprise', () => {
    expect(typicalCases.map(({ status }) => status).sort()).toEqual([
      'PROPOSED',
      'PUBLISHED',
      'PUBLISHED',
      'PUBLISHED',
    ]);
    for (const { caseNumber, title, text } of typicalCases) {
      expect(`${title}${text}`).not.toContain(views.get(caseNumber)?.complainant.contactName);
      expect(`${title}${text}`).not.toContain(views.get(caseNumber)?.complainant.uscc ?? 'none');
    }
  });
});
