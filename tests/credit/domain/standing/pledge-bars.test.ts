import type { LegalDay } from '@zhitong/values';
import { creditStanding } from '../../../../subgraphs/credit/src/domain/standing/credit-grade.js';
import { decideSigning, type PledgeEvent } from '../../../../subgraphs/credit/src/domain/standing/pledge.js';
import { pledgeBars, type PledgeHistory } from '../../../../subgraphs/credit/src/domain/standing/pledge-bars.js';

const TODAY = '2026-11-20';
const record = (from: LegalDay, more: Partial<PledgeHistory['records'][number]> = {}) => ({
  id: 'SX-1',
  recordedBy: 'STHJJ',
  from,
  until: null,
  seriousness: 'GENERAL' as const,
  repair: null,
  ...more,
});
const breach: PledgeEvent = {
  kind: 'BREACHED',
  on: '2026-06-01',
  by: 'officer-1',
  finding: '未按承诺办理',
  consequence: 'RECTIFICATION',
};
const pledge = (...events: PledgeEvent[]) => ({ id: 'CNS-1', department: 'FGW', events });
const history = (part: Partial<PledgeHistory> = {}): PledgeHistory => ({
  records: [],
  judgments: [],
  pledges: [],
  ...part,
});
const bars = (part: Partial<PledgeHistory>) => pledgeBars(history(part), { today: TODAY, ledgerOffice: 'FGW' });

describe('what bars an enterprise from pledging', () => {
  it('is an open record until it lapses, general ones after 12 months', () => {
    expect(bars({ records: [record('2026-02-01')] })).toEqual([
      { kind: 'DISHONESTY_RECORD', number: 'SX-1', keptBy: 'STHJJ', until: '2027-02-01' },
    ]);
    // The last day is 20 November itself; a day later it has lapsed.
    expect(bars({ records: [record('2025-11-20')] })).toMatchObject([{ until: '2026-11-20' }]);
    expect(bars({ records: [record('2025-11-19')] })).toEqual([]);
  });

  it('is no record that was repaired by the day', () => {
    const repair = { repairedOn: TODAY, procedure: '已整改', decisionNumber: '1' };
    expect(bars({ records: [record('2026-02-01', { repair })] })).toEqual([]);
    expect(bars({ records: [record('2026-02-01', { repair: { ...repair, repairedOn: '2026-11-21' } })] })).toHaveLength(
      1,
    );
  });

  it('is a judgment until it is fulfilled, kept by the office of the records', () => {
    const judgment = { caseNumber: '(2026)鄂1202执1号', effectiveOn: '2026-05-01' };
    expect(bars({ judgments: [{ ...judgment, fulfilledOn: null }] })).toEqual([
      { kind: 'UNFULFILLED_JUDGMENT', number: '(2026)鄂1202执1号', keptBy: 'FGW', until: null },
    ]);
    expect(bars({ judgments: [{ ...judgment, fulfilledOn: TODAY }] })).toEqual([]);
  });

  it('is a breached pledge until it is withdrawn, or closed', () => {
    expect(bars({ pledges: [pledge(breach)] })).toEqual([
      { kind: 'BREACHED_PLEDGE', number: 'CNS-1', keptBy: 'FGW', until: null },
    ]);
    const closed: PledgeEvent = { kind: 'CLOSED', on: '2026-07-01', by: 'officer-1', finding: '已整改' };
    expect(bars({ pledges: [pledge(breach, closed)] })).toEqual([]);
    expect(bars({ pledges: [pledge()] })).toEqual([]);
  });

  it('is the same for which a signature is refused', () => {
    const cases: Partial<PledgeHistory>[] = [
      {},
      { records: [record('2026-02-01')] },
      { records: [record('2025-02-01')] },
      { judgments: [{ caseNumber: '1', effectiveOn: '2026-05-01', fulfilledOn: null }] },
      { pledges: [pledge(breach)] },
    ];
    const signed = {
      matter: '备案',
      signedOn: TODAY,
      digest: 'a'.repeat(64),
      textVersion: '1',
      signature: 'SM2:ab',
      events: [],
    };
    for (const part of cases) {
      const { records, judgments, pledges } = history(part);
      const standing = creditStanding({ records, judgments, pledgeBreaches: [] }, TODAY);
      const openBreach = pledges.length > 0 ? 'CNS-1' : null;
      expect(bars(part).length === 0).toBe(decideSigning(signed, standing, { openBreach, today: TODAY }).ok);
    }
  });
});
