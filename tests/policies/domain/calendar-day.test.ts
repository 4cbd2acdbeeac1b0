import { daysBack, isDay, type CalendarUnit } from '../../../subgraphs/policies/src/domain/calendar-day.js';

describe('daysBack', () => {
  it.each<[string, number, CalendarUnit, string]>([
    ['2026-11-20', 3, 'YEARS', '2023-11-20'],
    ['2024-02-29', 1, 'YEARS', '2023-02-28'],
    ['2026-03-31', 1, 'MONTHS', '2026-02-28'],
    ['2026-01-15', 2, 'MONTHS', '2025-11-15'],
    ['2026-03-01', 1, 'DAYS', '2026-02-28'],
    ['2026-12-31', -1, 'DAYS', '2027-01-01'],
    ['2026-12-31', -2, 'MONTHS', '2027-02-28'],
  ])('%s, %d %s back, is %s', (day, count, unit, expected) => {
    expect(daysBack(day, count, unit)).toBe(expected);
  });
});

describe('isDay', () => {
  it.each([['2024-02-29', true], ['2023-02-29', false], ['2026-13-01', false], ['2026-1-1', false], ['1899-12-31', false], ['2199-12-31', true], ['2200-01-01', false], ['2000-02-29', true], ['1900-02-29', false], ['2026-04-31', false], ['2026-00-10', false], ['2026-01-00', false], ['2026/01/01', false], ['2026-1a-01', false], ['20 6-01-01', false], ['2026-01-010', false], [20260101, false]])('%s: %s', (value, expected) => {
    expect(isDay(value)).toBe(expected);
  });
});
