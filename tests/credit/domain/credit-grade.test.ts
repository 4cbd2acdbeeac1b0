import { creditStanding, type CreditHistory } from '../../../subgraphs/credit/src/domain/credit-grade.js';
import { decideRepair, isJudgmentUnfulfilled, isRecordOpen, isRecordShown, type DishonestyRecord, type Seriousness } from '../../../subgraphs/credit/src/domain/dishonesty.js';

const record = (seriousness: Seriousness, changes: Partial<DishonestyRecord> = {}): DishonestyRecord => ({ from: '2024-01-10', until: null, seriousness, repair: null, ...changes });
const repairedOn = (day: string) => ({ repairedOn: day, procedure: '履行行政处罚决定', decisionNumber: '信修〔2024〕3号' });
const standing = (history: Partial<CreditHistory>, on = '2024-03-01') => creditStanding({ records: [], judgments: [], pledgeBreaches: [], ...history }, on);

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
    ['GENERAL', '2024-04-09', 'TOO_EARLY'],
    ['GENERAL', '2024-04-10', 'ok'],
    ['SERIOUS', '2025-01-09', 'TOO_EARLY'],
    ['SERIOUS', '2025-01-10', 'ok'],
    ['GENERAL', '2025-01-11', 'LAPSED'],
    ['SERIOUS', '2025-06-02', 'IN_THE_FUTURE'],
  ])('of seriousness %s repaired on %s → %s', (seriousness, day, expected) => {
    const decision = decideRepair(record(seriousness), repairedOn(day), '2025-06-01');
    expect(decision.ok ? 'ok' : decision.code).toBe(expected);
  });

  it('is repaired once, with a procedure', () => {
    expect(decideRepair(record('MINOR', { repair: repairedOn('2024-02-01') }), repairedOn('2024-02-02'), '2024-03-01')).toMatchObject({ code: 'ALREADY_REPAIRED' });
    expect(decideRepair(record('MINOR'), { ...repairedOn('2024-02-01'), procedure: '' }, '2024-03-01')).toMatchObject({ code: 'NO_EVIDENCE' });
  });

  it('is shown after its repair only to those who need the history, whichever day they ask for', () => {
    const repaired = record('GENERAL', { repair: repairedOn('2024-06-01') });
    const shown = (on: string, today: string, needsHistory: boolean) => isRecordShown(repaired, { on, today }, { needsHistory });
    expect(shown('2024-05-31', '2024-05-31', false)).toBe(true);
    expect(shown('2024-05-31', '2024-06-01', false)).toBe(false); // an earlier day is no way round the repair
    expect(shown('2024-06-01', '2024-06-01', false)).toBe(false);
    expect(shown('2024-06-01', '2024-06-01', true)).toBe(true);
    expect(shown('2024-01-09', '2024-06-01', true)).toBe(false);
  });
});
