import { creditStanding, type CreditHistory } from '../../../../subgraphs/credit/src/domain/standing/credit-grade.js';
import {
  decideRepair,
  isJudgmentUnfulfilled,
  isRecordOpen,
  isRecordShown,
  type DishonestyRecord,
  type Seriousness,
} from '../../../../subgraphs/credit/src/domain/standing/dishonesty.js';

const record = (seriousness: Seriousness, changes: Partial<DishonestyRecord> = {}): DishonestyRecord => ({
  from: '2024-01-10',
  until: null,
  seriousness,
  repair: null,
  ...changes,
});
const repairedOn = (day: string) => ({
  repairedOn: day,
  procedure: '履行行政处罚决定',
  decisionNumber: '信修〔2024〕3号',
});
const standing = (history: Partial<CreditHistory>, on = '2024-03-01') =>
  creditStanding({ records: [], judgments: [], pledgeBreaches: [], ...history }, on);

describe('a dishonesty record', () => {
  it.each([
    ['2024-01-09', false],
    ['2024-01-10', true],
    ['2024-05-31', true],
    ['2024-06-01', false],
  ])('from 2024-01-10, repaired on 2024-06-01, is open on %s: %s', (on, open) => {
    expect(isRecordOpen(record('GENERAL', { repair: repairedOn('2024-06-01') }), on)).toBe(open);
  });

  it.each<[Seriousness, string, string]>([
    ['MINOR', '2024-04-10', '2024-04-11'],
    ['GENERAL', '2025-01-10', '2025-01-11'],
    ['SERIOUS', '2027-01-10', '2027-01-11'],
  ])('of seriousness %s lapses after %s by itself', (seriousness, last, next) => {
    expect(isRecordOpen(record(seriousness), last)).toBe(true);
    expect(isRecordOpen(record(seriousness), next)).toBe(false);
  });

  it.each<[Seriousness, string, string]>([
    ['MINOR', '2024-01-10', 'ok'],
    ['GENERAL', '2024-04-09', 'TOO_EARLY at repairedOn'],
    ['GENERAL', '2024-04-10', 'ok'],
    ['SERIOUS', '2025-01-09', 'TOO_EARLY at repairedOn'],
    ['SERIOUS', '2025-01-10', 'ok'],
    ['GENERAL', '2025-01-11', 'LAPSED at repairedOn'],
    ['SERIOUS', '2025-06-02', 'IN_THE_FUTURE at repairedOn'],
  ])('of seriousness %s repaired on %s → %s', (seriousness, day, expected) => {
    const decision = decideRepair(record(seriousness), repairedOn(day), '2025-06-01');
    expect(decision.ok ? 'ok' : `${decision.code} at ${decision.path.join('.')}`).toBe(expected);
  });

  it('is repaired once, with a procedure', () => {
    expect(
      decideRepair(record('MINOR', { repair: repairedOn('2024-02-01') }), repairedOn('2024-02-02'), '2024-03-01'),
    ).toMatchObject({ code: 'ALREADY_REPAIRED', path: ['record'] });
    for (const missing of ['procedure', 'decisionNumber'])
      expect(decideRepair(record('MINOR'), { ...repairedOn('2024-02-01'), [missing]: '' }, '2024-03-01')).toMatchObject(
        {
          code: 'NO_EVIDENCE',
          path: [missing],
        },
      );
  });

  it('of 2026-05-10, general, is repaired from 08-10 on and counts through 2027-05-10: 国办发〔2025〕22号', () => {
    const general = record('GENERAL', { from: '2026-05-10' });
    expect(decideRepair(general, repairedOn('2026-08-09'), '2026-11-20')).toMatchObject({
      code: 'TOO_EARLY',
      earliest: '2026-08-10',
    });
    expect(decideRepair(general, repairedOn('2026-08-10'), '2026-11-20').ok).toBe(true);
    expect([isRecordOpen(general, '2027-05-10'), isRecordOpen(general, '2027-05-11')]).toEqual([true, false]);
  });

  it('is shown after its repair only to those who need the history, whichever day they ask for', () => {
    const repaired = record('GENERAL', { repair: repairedOn('2024-06-01') });
    const shown = (on: string, today: string, needsHistory: boolean) =>
      isRecordShown(repaired, { on, today }, { needsHistory });
    expect(shown('2024-05-31', '2024-05-31', false)).toBe(true);
    expect(shown('2024-05-31', '2024-06-01', false)).toBe(false); // an earlier day is no way round the repair
    expect(shown('2024-06-01', '2024-06-01', false)).toBe(false);
    expect(shown('2024-06-01', '2024-06-01', true)).toBe(true);
    expect(shown('2024-01-09', '2024-06-01', true)).toBe(false);
  });
});

describe('a judgment', () => {
  it.each([
    ['2024-01-31', false],
    ['2024-02-01', true],
    ['2024-02-29', true],
    ['2024-03-01', false],
  ])('effective 2024-02-01 and fulfilled 2024-03-01 is unfulfilled on %s: %s', (on, expected) => {
    expect(isJudgmentUnfulfilled({ effectiveOn: '2024-02-01', fulfilledOn: '2024-03-01' }, on)).toBe(expected);
  });
});

describe('the credit grade', () => {
  it.each<[string, Partial<CreditHistory>, string, string]>([
    ['nothing', {}, 'A', 'A'],
    ['one minor record', { records: [record('MINOR')] }, 'B', 'B1'],
    ['two minor records', { records: [record('MINOR'), record('MINOR')] }, 'C', 'C2'],
    ['a general record', { records: [record('GENERAL')] }, 'C', 'C1'],
    ['a serious record', { records: [record('SERIOUS')] }, 'D', 'D1'],
    ['an unfulfilled judgment', { judgments: [{ effectiveOn: '2024-02-01', fulfilledOn: null }] }, 'D', 'D2'],
    [
      'a general record repaired last month',
      { records: [record('GENERAL', { from: '2023-06-01', repair: repairedOn('2024-02-01') })] },
      'B',
      'B2',
    ],
    [
      'a general record repaired two years ago',
      { records: [record('GENERAL', { from: '2021-06-01', repair: repairedOn('2022-02-01') })] },
      'A',
      'A',
    ],
    ['a minor record that is repaired', { records: [record('MINOR', { repair: repairedOn('2024-02-01') })] }, 'A', 'A'],
    ['a pledge breached half a year ago', { pledgeBreaches: ['2023-09-01'] }, 'C', 'C3'],
    ['a pledge breached two years ago', { pledgeBreaches: ['2022-03-01'] }, 'B', 'B3'],
    ['a breach of tomorrow', { pledgeBreaches: ['2024-03-02'] }, 'A', 'A'],
  ])('with %s is %s by rule %s', (_what, history, grade, rule) => {
    expect(standing(history)).toMatchObject({ grade, reasons: [{ rule }] });
  });

  it('counts a breach of 29 February until its twelve months are over on the 28th of the next one', () => {
    const on = (day: string) => creditStanding({ records: [], judgments: [], pledgeBreaches: ['2024-02-29'] }, day);
    expect(on('2025-02-27').reasons[0]?.rule).toBe('C3');
    expect(on('2025-02-28').reasons[0]?.rule).toBe('B3');
  });

  it('is that of the worst rule, and lists every rule that applies', () => {
    const result = standing({ records: [record('MINOR'), record('SERIOUS')] });
    expect(result.grade).toBe('D');
    expect(result.reasons.map(({ rule }) => rule)).toEqual(['D1', 'B1']);
  });

  it('is that of the day asked for', () => {
    const records = [record('SERIOUS', { from: '2022-01-10', repair: repairedOn('2023-06-01') })];
    expect(standing({ records }, '2022-01-09').grade).toBe('A');
    expect(standing({ records }, '2023-05-31').grade).toBe('D');
    expect(standing({ records }, '2023-06-01').grade).toBe('B');
    expect(standing({ records }, '2024-06-01').grade).toBe('A');
  });

  it.each<[string, Partial<CreditHistory>, boolean]>([
    ['nothing', {}, true],
    ['an open record', { records: [record('MINOR')] }, false],
    ['an unfulfilled judgment', { judgments: [{ effectiveOn: '2024-02-01', fulfilledOn: null }] }, false],
    [
      'a repaired record',
      { records: [record('GENERAL', { from: '2023-06-01', repair: repairedOn('2024-02-01') })] },
      true,
    ],
  ])('with %s opens commitment-based approval: %s', (_what, history, expected) => {
    expect(standing(history).mayUseCommitmentApproval).toBe(expected);
  });
});
