import {
  decideApplication,
  pledgeText,
} from '../../../../subgraphs/policies/src/domain/grant/commitment-application.js';
import { readPolicy, readPolicyFile } from '../../../../subgraphs/policies/src/domain/format/import-format.js';
import { matchable, type MatchablePolicy } from '../../../../subgraphs/policies/src/domain/matching/match.js';
import type { FactValue } from '../../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { PARAMETERS } from '../../support/parameters.js';
import { TODAY } from '../../support/random-criteria.js';

function policy(change: Record<string, unknown> = {}): MatchablePolicy {
  const { accepted } = readPolicyFile(
    [
      {
        id: 'asked',
        title_zh: '补贴',
        issuer: '局',
        criteria: [
          { fact: 'employees', op: 'gte', value: 10, text_zh: '10人以上' },
          { fact: 'taxArrears', op: 'eq', value: false },
        ],
        benefit: { kind: 'cash', amount_yuan: 100 },
        ...change,
      },
    ],
    TODAY,
  );
  const [content] = accepted;
  if (content === undefined) throw new Error('refused');
  return matchable(
    { id: content.id, version: 1, criteria: content.criteria, benefit: content.benefit, region: content.region },
    TODAY,
  );
}
const clean = { dishonestyRecord: false, hasUnfulfilledJudgment: false };
const decide = (values: Record<string, FactValue>, one = policy()) => decideApplication(one, { values, dates: {} });

describe('decideApplication', () => {
  it('lets the pledge stand in for what nobody has reported, and says for what', () => {
    expect(decide({ ...clean, employees: 10 })).toEqual({
      ok: true,
      part: { amountFen: 10_000, instalmentsFen: [10_000] },
      pledgedFacts: ['taxArrears'],
    });
    expect(decide({ ...clean, employees: 10, taxArrears: false })).toMatchObject({ ok: true, pledgedFacts: [] });
  });

  it('is closed where nothing is left of the difference, not where something is', () => {
    const benefit = { kind: 'cash', amount_yuan: 100, top_up_difference: true };
    const [left, none] = [9_999, 10_000].map((hadFen) =>
      decideApplication(policy({ benefit }), { values: { ...clean, employees: 10 }, dates: {} }, hadFen),
    );
    expect(left).toMatchObject({ ok: true, part: { amountFen: 1 } });
    expect(none).toMatchObject({ ok: false, reason: 'NOTHING_LEFT' });
  });

  it.each<[string, Record<string, FactValue>, string]>([
    ['being struck off the register', { ...clean, isDeregistered: true, employees: 10 }, 'DEREGISTERED'],
    [
      'a revoked licence',
      { ...clean, isLicenceRevoked: true, isDeregistered: false, employees: 10 },
      'LICENCE_REVOKED',
    ],
    ['an open dishonesty record', { ...clean, dishonestyRecord: true, employees: 10 }, 'DISHONESTY_RECORD'],
    ['an unfulfilled judgment', { ...clean, hasUnfulfilledJudgment: true, employees: 10 }, 'UNFULFILLED_JUDGMENT'],
    ['a credit department that does not answer', { employees: 10 }, 'CREDIT_UNKNOWN'],
    ['a credit department that answers by half', { dishonestyRecord: false, employees: 10 }, 'CREDIT_UNKNOWN'],
    ['a fact that is reported and fails', { ...clean, employees: 9 }, 'NOT_ELIGIBLE'],
  ])('is closed by %s', (_what, values, reason) => {
    expect(decide(values)).toMatchObject({ ok: false, reason });
  });

  it('lets no pledge stand in for a year in which the enterprise was not there', () => {
    const lastYear = policy({ criteria: [{ fact: 'employees', year: 'PREVIOUS', op: 'gte', value: 1 }] });
    expect(decide({ ...clean, registeredOn: '2026-01-01' }, lastYear)).toEqual({
      ok: false,
      reason: 'NOT_ELIGIBLE',
      messages: ['2025年度从业人数'],
    });
    expect(decide({ ...clean, registeredOn: '2025-12-31' }, lastYear)).toMatchObject({
      ok: true,
      pledgedFacts: ['employees@2025'],
    });
  });

  it('says what is missing to be eligible', () => {
    expect(decide({ ...clean, employees: 7 })).toMatchObject({ messages: ['10人以上:还差3人'] });
  });

  it('lets no pledge stand in for a figure of the policy that has no value today', () => {
    const { policy: content } = readPolicy(
      {
        id: 'rebate',
        title_zh: '返还',
        issuer: '局',
        criteria: [
          { fact: 'layoffRatePct', op: 'lte', value: '$targetPct' },
          { fact: 'taxArrears', op: 'eq', value: false },
        ],
        benefit: { kind: 'cash', amount_yuan: 100 },
      },
      TODAY,
      PARAMETERS,
    );
    if (content === null) throw new Error('refused');
    const on = (day: string) =>
      matchable(
        { id: content.id, version: 1, criteria: content.criteria, benefit: content.benefit, region: content.region },
        day,
        PARAMETERS,
      );
    expect(decide(clean, on('2025-06-30'))).toEqual({
      ok: false,
      reason: 'PARAMETER_WITHOUT_VALUE',
      messages: ['$targetPct'],
    });
    expect(decide(clean, on(TODAY))).toMatchObject({ ok: true, pledgedFacts: ['layoffRatePct', 'taxArrears'] });
    expect(decide({ ...clean, taxArrears: true }, on('2025-06-30'))).toMatchObject({ reason: 'NOT_ELIGIBLE' });
  });

  it('grants no amount that cannot be worked out', () => {
    expect(
      decide({ ...clean, employees: 10 }, policy({ benefit: { kind: 'cash', formula: '5 * insuredEmployees' } })),
    ).toEqual({ ok: false, reason: 'AMOUNT_UNKNOWN', messages: ['参保职工数'] });
  });
});

describe('pledgeText', () => {
  it('names the enterprise, the policy and what the pledge stands in for', () => {
    expect(pledgeText({ enterprise: '某公司', policyTitle: '补贴', pledgedFacts: ['taxArrears'] })).toMatch(
      /^某公司申请《补贴》.*欠税.*记入信用记录。$/,
    );
  });
});
