import { addDays, addMonths, dateInShanghai, daysBetween, endOfDayInShanghai, isCalendarDate } from '../../../subgraphs/credit/src/domain/calendar-date.js';

describe('calendar dates', () => {
  it.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['2024-2-9', false],
    ['2024-13-01', false],
    ['20240101', false],
    ['明天', false],
  ])('knows whether %s is a day: %s', (text, expected) => {
    expect(isCalendarDate(text)).toBe(expected);
  });

  it('counts days over the end of a leap year', () => {
    expect(daysBetween('2023-12-31', '2024-12-31')).toBe(366);
    expect(addDays('2024-12-31', 1)).toBe('2025-01-01');
    expect(daysBetween('2024-03-01', '2024-02-29')).toBe(-1);
  });

  it('keeps to the last day of a shorter month', () => {
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
    expect(addMonths('2024-03-31', -1)).toBe('2024-02-29');
    expect(addMonths('2024-11-30', 3)).toBe('2025-02-28');
  });

  it('begins the day at midnight in Shanghai, not in Greenwich', () => {
    expect(dateInShanghai('2024-06-30T15:59:59.999Z')).toBe('2024-06-30');
    expect(dateInShanghai('2024-06-30T16:00:00.000Z')).toBe('2024-07-01');
    expect(endOfDayInShanghai('2024-06-30')).toBe('2024-06-30T16:00:00.000Z');
  });
});
