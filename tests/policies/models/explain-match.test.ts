import { explainMatch } from '../../../subgraphs/policies/src/usecases/explain-match.js';
import { loadParameters } from '../../../subgraphs/policies/src/usecases/load-parameters.js';
import { fromGraph, NOW, policiesUnderTest, usccOf, type PoliciesUnderTest } from '../support/policies-under-test.js';

let policies: PoliciesUnderTest;
beforeAll(async () => {
  policies = await policiesUnderTest(import.meta.url);
  await policies.publish({ id: 'staff', title_zh: '2025版', valid_from: '2025-01-01', valid_to: '2025-12-31' });
  await policies.publish({ id: 'staff', title_zh: '2026版', valid_from: '2026-01-01' });
  await policies.know({ [usccOf(1)]: { employees: 40 } });
});
afterAll(async () => policies.close());

const registered = {
  ...fromGraph(usccOf(1), {}),
  facts: { values: { employees: 7 }, dates: { employees: '2024-12-31' } },
};
const source = { enterprisesOn: async (usccs: readonly string[]) => (usccs.includes(usccOf(1)) ? [registered] : []) };
const on = async (day: string, uscc = usccOf(1)) => explainMatch(policies.department, uscc, 'staff', { day, source });

describe('explainMatch', () => {
  it('explains today from the facts that were read last', async () => {
    expect(await explainMatch(policies.department, usccOf(1), 'staff')).toEqual([
      `企业0001 (${usccOf(1)}) under 2026版 (staff, version 2) on 2026-11-20: ELIGIBLE`,
      '  [met]     从业人数不少于10人: asked ≥ 10人, recorded 40人, by 税务局',
      'Amount: 1000.00 yuan',
    ]);
  });

  it('explains an earlier day by the version and the facts of that day', async () => {
    expect(await on('2025-06-30')).toEqual([
      `企业0001 (${usccOf(1)}) under 2025版 (staff, version 1) on 2025-06-30: NOT_ELIGIBLE`,
      '  [not met] 从业人数不少于10人: asked ≥ 10人, recorded 7人 for 2024-12-31, by 税务局',
      'Nearest way to it: 从业人数不少于10人:还差3人',
    ]);
  });

  it('names a parameter that has no value on the day as what is missing', async () => {
    const { connection, stores, shelf } = policies.department;
    await loadParameters(
      [
        {
          name: 'targetPct',
          label: '控制目标',
          meaning: '',
          unit: '%',
          type: 'NUMBER',
          values: [{ from: '2026-01-01', until: null, value: 5, source: '报告', sourceUrl: '' }],
        },
      ],
      { connection, stores, by: 'test', now: NOW },
    );
    await policies.publish({
      id: 'rebate',
      criteria: [{ fact: 'layoffRatePct', op: 'lte', value: '$targetPct', text_zh: '裁员率不高于控制目标' }],
    });
    await shelf.refresh();
    expect(await explainMatch(policies.department, usccOf(1), 'rebate', { day: '2025-06-30', source })).toEqual([
      `企业0001 (${usccOf(1)}) under 测试政策 (rebate, version 1) on 2025-06-30: UNDETERMINED`,
      '  [unknown] 裁员率不高于控制目标[控制目标在2025-06-30没有值]: asked ≤ 控制目标在2025-06-30没有值, nothing recorded',
      'Missing facts that would decide it: 控制目标 ($targetPct)',
    ]);
  });

  it('says when no version applied, and when the enterprise was not registered', async () => {
    expect(await on('2024-06-30')).toEqual({ missing: 'No version of staff applied on 2024-06-30.' });
    expect(await on('2025-06-30', usccOf(2))).toEqual({ missing: `${usccOf(2)} was not registered on 2025-06-30.` });
  });
});
