import { found, officerOf, programmeYear, type ProgrammeYear } from '../../support/programme-year.js';

/**
 * Rudong's “1+2+3”: one platform, two hotlines, three classes of service officers (over 100 million yuan, above
 * designated size, small and micro) with industry teams. Its term of five working days and its monthly meeting are in
 * the cases department's own test; here are the officers, and what they bring in.
 */
const CLASSES = ['OVER_100_MILLION', 'ABOVE_DESIGNATED_SIZE', 'SMALL_AND_MICRO'] as const;
let year: ProgrammeYear;
beforeAll(async () => {
  year = await programmeYear(import.meta.url, '2026-03-02');
});
afterAll(async () => year.close());

interface Shown {
  readonly uscc: string;
  readonly serviceClass: string;
  readonly serviceTeam: string | null;
  readonly steward: { readonly id: string } | null;
}
const enterprises = async (): Promise<Shown[]> =>
  (
    await year.read<{ enterprises: { nodes: Shown[] } }>(
      '{ enterprises(first: 200, filter: { status: [IN_OPERATION, ABNORMAL_LISTED] }) { nodes { uscc serviceClass serviceTeam steward { id } } } }',
    )
  ).enterprises.nodes;

it('has an officer of its own class for each enterprise, by rules of size and industry', async () => {
  const [first = '', second = '', third = '', fourth = ''] = year.city.officials.map(({ id }) => id);
  // One officer for each of the two upper classes; the small ones divided by team: industry, and all others.
  const others = ['AGRICULTURE', 'CONSTRUCTION_AND_REAL_ESTATE', 'SERVICES'];
  await year.press('enterServiceOfficers', 'officers { load }', {
    officers: [
      { official: first, roles: ['STEWARD'], classes: ['OVER_100_MILLION'] },
      { official: second, roles: ['STEWARD'], classes: ['ABOVE_DESIGNATED_SIZE'] },
      { official: third, roles: ['STEWARD'], classes: ['SMALL_AND_MICRO'], teams: ['INDUSTRY'] },
      { official: fourth, roles: ['STEWARD'], classes: ['SMALL_AND_MICRO'], teams: others },
    ],
  });
  const rule = { role: 'STEWARD' };
  const { planAssignment } = await year.read<{ planAssignment: { digest: string } }>(
    'query ($rule: AssignmentRuleInput!) { planAssignment(rule: $rule) { digest } }',
    { rule },
  );
  await year.press('applyAssignment', 'applied { assigned }', { rule, digest: planAssignment.digest });
  const all = await enterprises();
  const expected = ({ serviceClass, serviceTeam }: Shown): string => {
    if (serviceClass === 'OVER_100_MILLION') return first;
    if (serviceClass === 'ABOVE_DESIGNATED_SIZE') return second;
    return serviceTeam === 'INDUSTRY' ? third : fourth;
  };
  expect(all.map(({ uscc, steward }) => [uscc, steward?.id])).toEqual(all.map((one) => [one.uscc, expected(one)]));
  // Numerator and denominator: everybody is looked after, by class as many as the city has of it.
  expect(await year.read('{ serviceCoverage { all { numerator denominator rate } } }')).toEqual({
    serviceCoverage: { all: { numerator: all.length, denominator: all.length, rate: '1.0000' } },
  });
  const { serviceOfficers } = await year.read<{
    serviceOfficers: { nodes: { official: { id: string }; load: number }[] };
  }>('{ serviceOfficers(first: 50, filter: { role: STEWARD }) { nodes { official { id } load } } }');
  const loadOf = (id: string) => serviceOfficers.nodes.find(({ official }) => official.id === id)?.load;
  const ofClass = CLASSES.map((name) => all.filter(({ serviceClass }) => serviceClass === name).length);
  expect([loadOf(first), loadOf(second), (loadOf(third) ?? 0) + (loadOf(fourth) ?? 0)]).toEqual(ofClass);
});

it('takes what an officer hears to the platform, and follows it until it is done', async () => {
  const [one] = await enterprises();
  const steward = one?.steward?.id ?? '';
  const department = year.city.officials.find(({ id }) => id === steward)?.departmentCode ?? '';
  const service = { service: '协调用能指标', dueOn: '2026-03-20' };
  year.on('2026-03-10');
  const { visit } = await year.press<{ visit: { findings: { id: string; state: string }[] } }>(
    'recordVisit',
    'visit { findings { id state } }',
    {
      ...{ uscc: one?.uscc, kind: 'STEWARD_VISIT', officials: [steward], visitedOn: '2026-03-10', met: '总经理' },
      ...{ summary: '服务专员上门', findings: [found('SERVICE_LIST', service), found('CASE'), found('CASE')] },
    },
    officerOf(department),
  );
  // 急事急办 on the list, and two that go to the county's centre as cases.
  expect(visit.findings.map(({ state }) => state)).toEqual(['LISTED', 'SENT', 'SENT']);
  const overdue = async () =>
    (
      await year.read<{ visitFindings: { totalCount: number } }>(
        '{ visitFindings(filter: { isOverdue: true }) { totalCount } }',
      )
    ).visitFindings.totalCount;
  expect(await overdue()).toBe(0);
  year.on('2026-03-23');
  expect(await overdue()).toBe(1);
  await year.press(
    'settleFinding',
    'finding { state }',
    { finding: visit.findings[0]?.id, done: '已落实用能指标' },
    officerOf(department),
  );
  expect(await overdue()).toBe(0);
  // Of three problems one is solved; the two cases wait for their answers.
  expect(
    await year.read(
      '{ visitFigures(from: "2026-03-01", until: "2026-03-31") { visits problems solved { numerator denominator rate } } }',
    ),
  ).toEqual({ visitFigures: { visits: 1, problems: 3, solved: { numerator: 1, denominator: 3, rate: '0.3333' } } });
});
