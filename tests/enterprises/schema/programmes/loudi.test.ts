import { found, officerOf, programmeYear, type ProgrammeYear } from '../../support/programme-year.js';

/**
 * Loudi's seven directs as far as the registry does them: two hotlines, leaders who visit and help one to one, services
 * that reach everybody as one thing done at once. The programme publishes no figure of visits; those here are counted
 * by hand. Its 69 cases are in the cases department's own test.
 */
let year: ProgrammeYear;
beforeAll(async () => {
  year = await programmeYear(import.meta.url, '2026-01-05');
});
afterAll(async () => year.close());

it('tells anybody the seven directs, the two hotlines among them', async () => {
  const lines = [
    ['rexian-12345', 'HOTLINE_12345', '12345政企通', '12345'],
    ['rexian-gsl', 'COMMERCE_FEDERATION_LINE', '民营企业服务热线', '0738-8223456'],
    ['xinxi-zhibao', 'PORTAL', '营商环境直通车', 'https://www.example.cn/ztc'],
    ['goutong-zhimian', 'MAYOR', '企业家座谈会', '0738-8312345'],
    ['suqiu-zhiban', 'SERVICE_CENTRE', '营商环境组', '0738-8312346'],
    ['fuwu-zhida', 'AGENT', '一件事一次办', '0738-8312347'],
    ['wenze-zhichu', 'SUPERVISION', '监督投诉', '0738-8312348'],
  ];
  for (const [id, kind, name, reach] of lines)
    await year.press('setDirectLine', 'line { id }', { id, kind, name, reach, department: 'YSB' });
  const { whomToCall } = await year.read<{ whomToCall: { line: { id: string; kind: string } | null }[] }>(
    '{ whomToCall { line { id kind } } }',
    {},
    null,
  );
  expect(whomToCall.map(({ line }) => line?.id).toSorted()).toEqual(lines.map(([id]) => id).toSorted());
  expect(whomToCall.filter(({ line }) => /HOTLINE|FEDERATION/.test(line?.kind ?? ''))).toHaveLength(2);
});

it('has leaders visit in every quarter, and counts what they heard and what came of it', async () => {
  const [leader = ''] = year.staff('SZFB');
  const office = officerOf('SZFB');
  const visit = async (at: number, visitedOn: string, findings: object[]) => {
    year.on(visitedOn);
    return year.press<{ visit: { findings: { id: string }[] } }>(
      'recordVisit',
      'visit { findings { id } }',
      {
        ...{ uscc: year.alive[at]?.uscc, kind: 'LEADER_VISIT', officials: [leader], visitedOn },
        ...{ met: '董事长', summary: '上门直访，听取意见', findings },
      },
      office,
    );
  };
  // Four visits to three enterprises; four problems: one solved at once, one by May, one a case, one still listed.
  await visit(0, '2026-02-10', [found('SETTLED_ON_THE_SPOT', { service: '当场协调用电增容' })]);
  const promised = { service: '协调续贷', dueOn: '2026-06-30' };
  const { visit: second } = await visit(1, '2026-05-12', [found('SERVICE_LIST', promised), found('CASE')]);
  await visit(2, '2026-08-11', [found('SERVICE_LIST', { service: '开通定制公交', dueOn: '2026-12-31' })]);
  await visit(0, '2026-11-10', []);
  await year.press(
    'settleFinding',
    'finding { state }',
    { finding: second.findings[0]?.id, done: '银行已续贷' },
    office,
  );
  const figures = async (from: string, until: string) =>
    (
      await year.read<{ visitFigures: object }>(
        `{ visitFigures(from: "${from}", until: "${until}") { visits enterprises problems solved { numerator denominator } byKind { kind visits } } }`,
      )
    ).visitFigures;
  expect(await figures('2026-01-01', '2026-12-31')).toMatchObject({
    ...{ visits: 4, enterprises: 3, problems: 4, solved: { numerator: 2, denominator: 4 } },
    byKind: [
      { kind: 'LEADER_VISIT', visits: 4 },
      { kind: 'STEWARD_VISIT', visits: 0 },
      { kind: 'SURVEY', visits: 0 },
      { kind: 'DEPARTMENT_VISIT', visits: 0 },
    ],
  });
  for (const [from, until] of [
    ['2026-01-01', '2026-03-31'],
    ['2026-04-01', '2026-06-30'],
    ['2026-07-01', '2026-09-30'],
    ['2026-10-01', '2026-12-31'],
  ] as const)
    expect(await figures(from, until)).toMatchObject({ visits: 1, enterprises: 1 });
  // One to one: the enterprise sees the leader who helps it, and the case goes on where cases are handled.
  const uscc = year.alive[1]?.uscc ?? '';
  const { enterprise } = await year.read<{ enterprise: { version: number } }>(
    'query ($uscc: ID!) { enterprise(uscc: $uscc) { version } }',
    { uscc },
  );
  await year.press('assignServiceRole', 'enterprise { uscc }', {
    ...{ uscc, role: 'LEADER', official: leader, expectedVersion: enterprise.version },
  });
  expect(
    await year.read(
      'query ($uscc: ID!) { enterprise(uscc: $uscc) { lastVisitedOn serviceNetwork { role official { id } } } }',
      { uscc },
      { sub: 'contact', roles: ['ENTERPRISE'], uscc },
    ),
  ).toEqual({
    enterprise: { lastVisitedOn: '2026-05-12', serviceNetwork: [{ role: 'LEADER', official: { id: leader } }] },
  });
});

it('does one thing at once: three matters, each document once, the longest promise', async () => {
  const item = async (id: string, name: string, department: string, promisedDays: string, documents: string[]) =>
    year.press(
      'setServiceItem',
      'item { id }',
      {
        ...{ id, expectedVersion: 0, name, department, documents, promisedDays, isCityWide: true },
        counters: [{ region: '421202', address: '政务服务中心一楼综合窗口' }],
      },
      officerOf(department),
    );
  await item('KB-ZZ', '企业设立登记', 'SCJGJ', '0.5', ['身份证明', '住所证明']);
  await item('KB-SW', '发票领用', 'SHUIWJ', '1', ['身份证明']);
  await item('KB-SB', '社保登记', 'RSJ', '1', ['身份证明', '职工名册']);
  await year.press('setServiceBundle', 'bundle { id }', {
    ...{ id: 'KB-QY', expectedVersion: 0, name: '企业开办一件事', items: ['KB-ZZ', 'KB-SW', 'KB-SB'] },
  });
  expect(
    await year.read('{ serviceBundle(id: "KB-QY") { items { id } documents promisedDays } }', {}, null),
  ).toMatchObject({
    serviceBundle: {
      items: [{ id: 'KB-ZZ' }, { id: 'KB-SW' }, { id: 'KB-SB' }],
      documents: ['身份证明', '住所证明', '职工名册'],
      promisedDays: '1.0',
    },
  });
});
