import { demoCity } from '@zhitong/demo';

import { demoCases, LATELY_DAYS } from '../../../subgraphs/cases/src/demo/demo-cases.js';
import { caseFigures } from '../../../subgraphs/cases/src/domain/case-figures.js';
import { isOpen } from '../../../subgraphs/cases/src/domain/case-view.js';
import { replay } from '../../../subgraphs/cases/src/domain/history.js';
import { addCalendarDays } from '../../../subgraphs/cases/src/domain/legal-day.js';
import { figuresOf } from '../../../subgraphs/cases/src/domain/statistics.js';
import { CATEGORIES, CHANNELS } from '../../../subgraphs/cases/src/domain/taxonomy.js';
import { nationalCalendar } from '../../../subgraphs/cases/src/national-calendar.js';

const TODAY = '2026-11-22';
const calendar = nationalCalendar();

describe('the demo cases of a full city', () => {
  const city = demoCity({ referenceDate: TODAY });
  const histories = demoCases({ city, calendar });
  const views = histories.map(replay);
  const stored = views.map((view) => ({ ...view, ...caseFigures(view, calendar) }));

  it('are 3,245 in two years, 641 of them solved in the last 150 days', () => {
    expect(views).toHaveLength(3_245);
    expect(views.every(({ receivedOn }) => receivedOn >= addCalendarDays(TODAY, -734) && receivedOn < TODAY)).toBe(true);
    expect(views.filter(({ resolvedOn }) => resolvedOn !== null && resolvedOn >= addCalendarDays(TODAY, -LATELY_DAYS))).toHaveLength(641);
  });

  it('come in all nine categories and through all channels', () => {
    expect(new Set(views.map(({ category }) => category))).toEqual(new Set(CATEGORIES));
    expect(new Set(views.map(({ channel }) => channel))).toEqual(new Set(CHANNELS));
  });

  it('leave a realistic share open, overdue, escalated, rated and reopened', () => {
    const { counts, rates } = figuresOf(stored, { from: '2024-01-01', to: TODAY, today: TODAY });
    const open = views.filter(({ status }) => isOpen(status)).length;
    const share = ({ numerator, denominator }: { numerator: number; denominator: number }): number => numerator / denominator;
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
    expect(histories.flat().every(({ at }) => at <= `${addCalendarDays(TODAY, -1)}T16:00:00.000Z`)).toBe(true);
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
