import {
  coordinator,
  enterprisesUnderTest,
  officer,
  type EnterprisesUnderTest,
} from '../../support/enterprises-under-test.js';
import { deliveries } from '../../support/deliveries.js';

let under: EnterprisesUnderTest;
let tax: ReturnType<typeof deliveries>;
let uscc: string;
beforeEach(async () => {
  under = await enterprisesUnderTest(import.meta.url, 200);
  tax = deliveries(under, 'enterprise-facts', 'SHUIWJ');
  uscc = under.city.enterprises[0]?.uscc ?? '';
});
afterEach(async () => under.close());

const history = async (code = uscc) => {
  const { data } = await under.ask<{
    enterprise: {
      factHistory: { year: number; values: Record<string, unknown>; recordedBy: { code: string } }[];
      facts: { values: Record<string, unknown> };
    };
  }>(`{ enterprise(uscc: "${code}") { factHistory { year values recordedBy { code } } facts } }`, {
    actor: coordinator,
  });
  return data?.enterprise;
};

it('facts land with year and source, as the mutation records them', async () => {
  const other = under.city.enterprises[1]?.uscc ?? '';
  const { run } = await tax.deliver([
    { uscc, year: 2026, annualRevenueYuan: '123456789', employees: 31, taxArrears: false },
  ]);
  expect(run.counts).toMatchObject({ new: 1 });
  const delivered = await history();
  expect(delivered?.factHistory[0]).toEqual({
    year: 2026,
    values: { annualRevenueYuan: 1_234_568, employees: 31, taxArrears: false },
    recordedBy: { code: 'SHUIWJ' },
  });

  await under.ask(
    `mutation { recordEnterpriseFacts(input: { uscc: "${other}", year: 2026, idempotencyKey: "k-12345678", values: { annualRevenueYuan: 1234568, employees: 31 } }) { refusal { message } } }`,
    { actor: { ...officer, department: 'SHUIWJ' } },
  );
  const recorded = await history(other);
  expect(recorded?.factHistory[0]?.values).toEqual({ annualRevenueYuan: 1_234_568, employees: 31 });
  expect(delivered?.facts.values).toMatchObject({ employees: 31, annualRevenueYuan: 1_234_568 });
  expect(recorded?.facts.values).toMatchObject({ employees: 31, annualRevenueYuan: 1_234_568 });
});

it('two years of one enterprise in one delivery: the newest counts, growth is measured against the one before', async () => {
  await tax.deliver([
    { uscc, year: 2026, employees: 40 },
    { uscc, year: 2025, employees: 30 },
  ]);
  expect((await history())?.facts.values).toMatchObject({ employees: 40, employeesPriorYear: 30 });
});

it('a row that repeats what stands adds no revision', async () => {
  await tax.deliver([{ uscc, year: 2026, employees: 40 }]);
  const again = await deliveries(under, 'enterprise-facts', 'TJJ').deliver([{ uscc, year: 2026, employees: 40 }], {
    source: 'statistics',
  });
  expect(again.run.counts).toMatchObject({ unchanged: 1 });
  expect((await history())?.factHistory.filter(({ year }) => year === 2026)).toHaveLength(1);
});

it('each value says which line of which file brought it, and one that was recorded by hand says nothing', async () => {
  const first = await tax.deliver([{ uscc, year: 2026, employees: 31, taxArrears: false, annualRevenueYuan: '100' }]);
  const other = under.city.enterprises[1]?.uscc ?? '';
  const second = await tax.deliver([
    { uscc: other, year: 2026, employees: 5 },
    { uscc, year: 2026, employees: 32, taxArrears: false, annualRevenueYuan: '100' },
  ]);
  // Another source that says the same has not brought it.
  await deliveries(under, 'enterprise-facts', 'TJJ').deliver([{ uscc, year: 2026, employees: 32 }], {
    source: 'statistics',
  });
  const told = async () => {
    const { data, errors } = await under.ask<{
      enterprise: { factHistory: { provenance: { field: string; file: string; line: number; run: string }[] }[] };
    }>(`{ enterprise(uscc: "${uscc}") { factHistory { provenance { field source column file line run at } } } }`, {
      actor: coordinator,
    });
    expect(errors).toBeUndefined();
    return data?.enterprise.factHistory[0]?.provenance.toSorted((a, b) => (a.field < b.field ? -1 : 1));
  };
  const of = (field: string, run: string, line: number) =>
    expect.objectContaining({ field, run, line, source: 'enterprise-facts-list', file: 'memory.csv' }) as unknown;
  expect(await told()).toEqual([
    of('annualRevenueYuan', first.run._id, 2),
    of('employees', second.run._id, 3),
    of('taxArrears', first.run._id, 2),
  ]);
  await under.ask(
    `mutation { recordEnterpriseFacts(input: { uscc: "${uscc}", year: 2026, idempotencyKey: "k-12345678", values: { employees: 33 } }) { refusal { message } } }`,
    { actor: { ...officer, department: 'SHUIWJ' } },
  );
  expect(await told()).toEqual([of('annualRevenueYuan', first.run._id, 2), of('taxArrears', first.run._id, 2)]);
});

it.each([
  ['a fact of which another department keeps the original', { insuredEmployees: 3 }, 'insuredEmployees', '主管部门'],
  ['a year to come', { year: 2027, employees: 3 }, 'year', '2026'],
  ['an enterprise that is not registered', { uscc: '91110000600037341L', employees: 3 }, 'uscc', '登记库中没有'],
  ['half an employee', { employees: 2.5 }, 'employees', '取值不能接受'],
])('%s is refused', async (_what, part, field, reason) => {
  const { run } = await tax.deliver([{ uscc, year: 2026, ...part }]);
  expect(run.counts).toMatchObject({ refused: 1, new: 0 });
  expect(await tax.refusals()).toEqual([[field, expect.stringContaining(reason) as unknown]]);
});

it('undoing adds a revision that says what was before; newer figures are left', async () => {
  await tax.deliver([{ uscc, year: 2026, employees: 40 }]);
  const second = await tax.deliver([{ uscc, year: 2026, employees: 41, taxArrears: true }]);
  await tax.undo(second.run._id);
  expect((await history())?.factHistory[0]?.values).toEqual({ employees: 40 });
  const third = await tax.deliver([{ uscc, year: 2026, employees: 42 }]);
  await deliveries(under, 'enterprise-facts', 'TJJ').deliver([{ uscc, year: 2026, employees: 43 }], {
    source: 'statistics',
  });
  expect((await tax.undo(third.run._id)).undoing).toMatchObject({ undone: 0, left: 1 });
});
