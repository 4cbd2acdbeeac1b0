import { nationalCalendar } from '@zhitong/kit';
import { calendarMark } from '../../../subgraphs/cases/src/domain/calendar-mark.js';
import { desksInstead } from '../../../subgraphs/cases/src/domain/channel-desks.js';
import type { InputFault } from '../../../subgraphs/cases/src/domain/satisfaction.js';
import { lastDayFaults } from '../../../subgraphs/cases/src/domain/set-day.js';
import { telephoneForms, telephoneHash } from '../../../subgraphs/cases/src/domain/telephone.js';
import { typicalCaseMoves } from '../../../subgraphs/cases/src/domain/typical-case.js';
import { checkFaults, hasFindings, type CheckItem } from '../../../subgraphs/cases/src/domain/undercover-check.js';

describe('a telephone number', () => {
  it.each<[string, string[]]>([
    ['138 1234 5678', ['13812345678']],
    ['＋86-138-1234-5678', ['13812345678']],
    ['0086 13812345678', ['13812345678']],
    ['8613812345678', ['13812345678']],
    ['0715-8123456', ['07158123456', '8123456']],
    ['+86 (0715) 8123456', ['07158123456', '8123456']],
    ['010 66554433', ['01066554433', '66554433']],
    ['027-8765432', ['0278765432', '8765432']],
    ['8123456', ['8123456']],
    // Area codes: 010, 020 to 029, and four digits that begin with 03 to 09; seven or eight digits follow.
    ['0101234567', ['0101234567', '1234567']],
    ['02112345678', ['02112345678', '12345678']],
    ['0212345678', ['0212345678', '2345678']],
    ['03111234567', ['03111234567', '1234567']],
    ['098912345678', ['098912345678', '12345678']],
    ['0715123456', ['0715123456']],
    ['0715123456789', ['0715123456789']],
    ['010123456', ['010123456']],
    ['01101234567', ['01101234567']],
    ['1010 1234567', ['10101234567']],
    // A country code before a mobile number alone may stand without its plus.
    ['+8602712345678', ['02712345678', '12345678']],
    ['+ 86 0715 8123456', ['07158123456', '8123456']],
    ['86138123456', ['86138123456']],
    ['8623812345678', ['8623812345678']],
    ['861381234567', ['861381234567']],
    ['13812345678转86', ['1381234567886']],
    ['1+23456', ['123456']],
    ['12345', ['12345']],
    ['1234', []],
    ['无', []],
    ['', []],
  ])('%s is found by %j', (telephone, forms) => expect(telephoneForms(telephone)).toEqual(forms));

  it('is kept as keyed hashes of its forms', () => {
    // printf 13812345678 | openssl dgst -sha256 -hmac key -binary | base64
    expect(telephoneHash('key')('138-1234-5678')).toEqual(['oxT5FJweCAg5GAuG0YVCwfr-RntAvx-8-FE6WQMwlwM']);
    expect(telephoneHash('key')('0715-8123456')).toHaveLength(2);
    expect(telephoneHash('other')('138-1234-5678')).not.toEqual(telephoneHash('key')('138-1234-5678'));
    expect(telephoneHash('key')(null)).toEqual([]);
  });
});

describe('the desk of a channel', () => {
  const desks = { CHAMBER: ['GSL', 'TZB'] };
  it('takes in what comes by it, and every desk what comes by a channel without one', () => {
    expect(desksInstead(desks, 'CHAMBER', 'GSL')).toBeNull();
    expect(desksInstead(desks, 'CHAMBER', 'RSJ')).toEqual(['GSL', 'TZB']);
    expect(desksInstead(desks, 'CHAMBER', null)).toEqual(['GSL', 'TZB']);
    expect(desksInstead(desks, 'PORTAL', 'RSJ')).toBeNull();
    expect(desksInstead(desks, 'PORTAL', null)).toBeNull();
  });
});

/** Place and English words of each fault; all have Chinese words beside them. */
const worded = (faults: readonly InputFault[]): { path: readonly string[]; message: string }[] => {
  for (const { zh } of faults) expect(zh).toMatch(/[\u4E00-\u9FFF]{3}/);
  return faults.map(({ path, message }) => ({ path, message }));
};

describe('the form of a check', () => {
  const inOrder: CheckItem = { aspect: 'ATTITUDE', isInOrder: true, finding: null };
  const found: CheckItem = { aspect: 'CHARGES', isInOrder: false, finding: '违规收费' };
  const form = { place: '政务大厅', checkers: ['李四'], items: [inOrder], hasLastDay: false };
  const paths = (part: Partial<typeof form>): string[] =>
    checkFaults({ ...form, ...part }).map(({ path }) => path.join('.'));

  it('is taken in order, or with findings and a day', () => {
    expect(paths({})).toEqual([]);
    expect(paths({ items: [inOrder, found], hasLastDay: true })).toEqual([]);
    expect(paths({ items: [{ ...inOrder, finding: '热情周到' }] })).toEqual([]);
    expect(paths({ checkers: Array.from({ length: 20 }, () => '李四') })).toEqual([]);
    expect([hasFindings([inOrder]), hasFindings([inOrder, found]), hasFindings([])]).toEqual([false, true, false]);
  });

  it('names what is wrong with it', () => {
    expect(paths({ place: '' })).toEqual(['place']);
    expect(worded(checkFaults({ ...form, checkers: [] }))).toEqual([
      { path: ['checkers'], message: '1 to 20 persons, not 0' },
    ]);
    expect(paths({ checkers: Array.from({ length: 21 }, () => '李四') })).toEqual(['checkers']);
    expect(paths({ checkers: ['李四', ''] })).toEqual(['checkers.1']);
    expect(paths({ items: [] })).toEqual(['items']);
    expect(worded(checkFaults({ ...form, items: [inOrder, inOrder] }))).toEqual([
      { path: ['items', '1', 'aspect'], message: 'ATTITUDE is looked at once' },
    ]);
    expect(worded(checkFaults({ ...form, items: [{ ...found, finding: null }], hasLastDay: true }))).toEqual([
      { path: ['items', '0', 'finding'], message: 'what is not in order is described' },
    ]);
    expect(paths({ items: [{ ...found, finding: '' }], hasLastDay: true })).toEqual(['items.0.finding']);
    expect(worded(checkFaults({ ...form, hasLastDay: true }))).toEqual([
      { path: ['rectifyBy'], message: 'nothing is to be rectified' },
    ]);
    expect(worded(checkFaults({ ...form, items: [found] }))).toEqual([
      { path: ['rectifyBy'], message: 'what was found is rectified by a day' },
    ]);
  });
});

describe('a last day that somebody sets', () => {
  const calendar = nationalCalendar();
  const message = (dueOn: string): string | null =>
    lastDayFaults(dueOn, { calendar, today: '2026-09-29' })
      .map(({ path, message: words }) => `${path.join('.')}: ${words}`)
      .join() || null;

  // The National Day holiday of 2026 is 1 to 7 October; Saturday 10 October is worked for it.
  it.each<[string, string | null]>([
    ['2026-09-28', 'dueOn: 2026-09-28 lies in the past'],
    ['2026-09-26', 'dueOn: 2026-09-26 lies in the past'],
    ['2026-09-29', null],
    ['2026-10-01', 'dueOn: 2026-10-01 is no working day; the next one is 2026-10-08'],
    ['2026-10-10', null],
    ['2026-10-11', 'dueOn: 2026-10-11 is no working day; the next one is 2026-10-12'],
    // Beyond the published calendar it is taken as it is.
    ['2027-01-02', null],
  ])('%s: %s', (dueOn, expected) => expect(message(dueOn)).toBe(expected));

  it('is refused without another where the calendar ends with days off', () => {
    const short = { ...calendar, knownThrough: '2026-10-07' };
    expect(worded(lastDayFaults('2026-10-03', { calendar: short, today: '2026-09-29' }))).toEqual([
      { path: ['dueOn'], message: '2026-10-03 is no working day' },
    ]);
  });
});

describe('a typical case', () => {
  const moves = (status: string, caller: Parameters<typeof typicalCaseMoves>[1]) =>
    typicalCaseMoves({ status, proposedBy: 'officer-1' }, caller);
  const of = (sub: string, ...roles: string[]) => ({ sub, roles });

  it('is read by a second person of the coordinator’s office, which takes back what is published', () => {
    expect(moves('PROPOSED', of('officer-2', 'COORDINATOR'))).toEqual(['REVIEW']);
    expect(moves('PROPOSED', of('officer-1', 'COORDINATOR'))).toEqual([]);
    expect(moves('PUBLISHED', of('officer-1', 'COORDINATOR'))).toEqual(['RETRACT']);
    expect(moves('REJECTED', of('officer-2', 'COORDINATOR'))).toEqual([]);
    expect(moves('PROPOSED', of('officer-2', 'OFFICER', 'AUDITOR'))).toEqual([]);
    expect(moves('PUBLISHED', null)).toEqual([]);
  });
});

describe('the mark of a calendar', () => {
  const days = (...list: string[]) => new Set(list);
  const calendar = {
    ...{ knownFrom: '2026-01-01', knownThrough: '2026-12-31' },
    ...{ daysOff: days('2026-10-01', '2026-10-02'), workingWeekends: days('2026-10-10', '2026-09-27') },
  };

  it('is that of another one with the same days, in whatever order', () => {
    expect(calendarMark(calendar)).toMatch(/^[0-9a-f]{16}$/);
    expect(calendarMark(calendar)).toBe(calendarMark(calendar));
    expect(
      calendarMark({
        ...calendar,
        ...{ daysOff: days('2026-10-02', '2026-10-01'), workingWeekends: days('2026-09-27', '2026-10-10') },
      }),
    ).toBe(calendarMark(calendar));
  });

  it.each<[string, Partial<typeof calendar>]>([
    ['another beginning', { knownFrom: '2025-01-01' }],
    ['another end', { knownThrough: '2027-12-31' }],
    ['another day off', { daysOff: days('2026-10-01', '2026-10-03') }],
    ['another make-up day', { workingWeekends: days('2026-10-10') }],
  ])('is another one with %s', (_what, part) => {
    expect(calendarMark({ ...calendar, ...part })).not.toBe(calendarMark(calendar));
  });
});
