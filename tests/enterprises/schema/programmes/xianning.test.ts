import { found, officerOf, programmeYear, type ProgrammeYear } from '../../support/programme-year.js';

/**
 * Xianning's year in a small city. Published: 27,851 entities divided among 4,997 officials; 12,964 visited, 3,245
 * problems, 641 solved (19.8 %); 210 job fairs, 4,133 enterprises served, 111,000 posts, 23,800 hired; 18 and 87
 * indicators; 128 key tasks; 7 key projects and 102 of the platform. The city is about 1:147 in enterprises; what is
 * counted is scaled to 20 visits with 5 problems of which one is solved (20 %), and two fairs with a hundredth of the
 * posts.
 */
let year: ProgrammeYear;
beforeAll(async () => {
  year = await programmeYear(import.meta.url, '2026-03-02');
});
afterAll(async () => year.close());

it('divides the entities among the officials so that no two differ by more than one', async () => {
  // As 27,851 = 4,997 * 5 + 2,866 gives 2,866 officials six entities and the others five: with 30 officials here.
  const officials = year.city.officials.slice(0, 30).map(({ id }) => id);
  const count = year.alive.length;
  await year.press('enterServiceOfficers', 'officers { load }', {
    officers: officials.map((official) => ({ official, roles: ['STEWARD'] })),
  });
  const rule = { role: 'STEWARD' };
  const { planAssignment: plan } = await year.read<{
    planAssignment: { digest: string; assigned: number; assignments: { nodes: { official: { id: string } }[] } };
  }>(
    'query ($rule: AssignmentRuleInput!) { planAssignment(rule: $rule) { digest assigned assignments(first: 200) { nodes { official { id } } } } }',
    { rule },
  );
  expect(plan.assigned).toBe(count);
  const loads = officials.map((id) => plan.assignments.nodes.filter(({ official }) => official.id === id).length);
  expect(loads.filter((load) => load === Math.floor(count / 30) + 1)).toHaveLength(count % 30);
  expect(loads.filter((load) => load === Math.floor(count / 30))).toHaveLength(30 - (count % 30));
  await year.press('applyAssignment', 'applied { assigned }', { rule, digest: plan.digest });
  expect(await year.read('{ serviceCoverage(role: STEWARD) { all { numerator denominator } } }')).toEqual({
    serviceCoverage: { all: { numerator: count, denominator: count } },
  });
});

it('visits them in a campaign of two stages, and tells what was found and solved', async () => {
  const { campaign } = await year.press<{ campaign: { id: string; targetCount: number } }>(
    'openVisitCampaign',
    'campaign { id targetCount }',
    {
      ...{ name: '联点服务市场主体', from: '2026-03-01', until: '2026-12-31' },
      stages: [
        { name: '四上企业', until: '2026-06-30', classes: ['OVER_100_MILLION', 'ABOVE_DESIGNATED_SIZE'] },
        { name: '市场主体', until: '2026-12-31' },
      ],
    },
  );
  const [official = ''] = year.staff('RSJ');
  const visit = async (at: number, visitedOn: string, findings: object[]) =>
    year.press(
      'recordVisit',
      'visit { id }',
      {
        ...{ uscc: year.alive[at]?.uscc, campaign: campaign.id, kind: 'STEWARD_VISIT', officials: [official] },
        ...{ visitedOn, met: '陈厂长', summary: '了解生产经营情况', findings },
      },
      officerOf('RSJ'),
    );
  const service = { service: '组织专场招聘会', dueOn: '2026-11-30' };
  // 10 in May with 2 problems, of which one is solved on the spot; 10 in September with 3, of which none.
  year.on('2026-05-11');
  for (let at = 0; at < 10; at += 1)
    await visit(
      at,
      '2026-05-11',
      at === 0 ? [found('SETTLED_ON_THE_SPOT', { service: '现场讲解稳岗返还' }), found('SERVICE_LIST', service)] : [],
    );
  year.on('2026-09-14');
  for (let at = 10; at < 20; at += 1) await visit(at, '2026-09-14', at < 13 ? [found('SERVICE_LIST', service)] : []);
  const figures = async (asOf: string) =>
    (
      await year.read<{ visitCampaign: { figures: object } }>(
        'query ($id: ID!, $asOf: Date) { visitCampaign(id: $id) { figures(asOf: $asOf) { neverVisited visited { numerator denominator } problems solved { numerator denominator rate } } } }',
        { id: campaign.id, asOf },
      )
    ).visitCampaign.figures;
  const all = year.alive.length;
  expect(campaign.targetCount).toBe(all);
  expect(await figures('2026-09-14')).toEqual({
    ...{ visited: { numerator: 20, denominator: all }, neverVisited: all - 20 },
    ...{ problems: 5, solved: { numerator: 1, denominator: 5, rate: '0.2000' } },
  });
  // What was known at the end of June stays: ten visits, two problems, one solved.
  expect(await figures('2026-06-30')).toEqual({
    ...{ visited: { numerator: 10, denominator: all }, neverVisited: all - 10 },
    ...{ problems: 2, solved: { numerator: 1, denominator: 2, rate: '0.5000' } },
  });
});

it('adds the job fairs up', async () => {
  const fair = async (name: string, heldOn: string, enterprises: number, posts: number, hired: number) =>
    year.press('recordJobFair', 'fair { id }', { name, heldOn, enterprises, posts, hired }, officerOf('RSJ'));
  await fair('春风行动专场招聘会', '2026-02-26', 21, 600, 138);
  await fair('金秋招聘月专场', '2026-09-10', 20, 510, 100);
  // A hundredth of the published figures: 4,133 services, 111,000 posts, 23,800 hired.
  expect(
    await year.read(
      '{ jobFairs(from: "2026-01-01", to: "2026-12-31") { count enterprises posts hired { numerator denominator } } }',
      {},
      null,
    ),
  ).toEqual({ jobFairs: { count: 2, enterprises: 41, posts: 1110, hired: { numerator: 238, denominator: 1110 } } });
});

it('keeps 18 indicators with 87 below them, each with its chief, and tracks the projects', async () => {
  const [chief] = year.staff('FGW');
  const indicator = { leadDepartment: 'FGW', chief };
  for (let first = 1; first <= 18; first += 1) {
    await year.press('setIndicator', 'indicator { code }', {
      code: `${first}`,
      name: `一级指标${first}`,
      ...indicator,
    });
    // 15 with five and 3 with four make 87.
    for (let second = 1; second <= (first <= 15 ? 5 : 4); second += 1)
      await year.press('setIndicator', 'indicator { code }', {
        ...{ code: `${first}.${second}`, name: `二级指标${first}之${second}`, ...indicator },
      });
  }
  const { indicators } = await year.read<{ indicators: { chief: { id: string }; below: { code: string }[] }[] }>(
    '{ indicators { chief { id } below { code } } }',
  );
  expect(indicators).toHaveLength(18);
  expect(indicators.flatMap(({ below }) => below)).toHaveLength(87);
  expect(indicators.every((one) => one.chief.id === chief)).toBe(true);
  const count = 'totalCount';
  expect(
    await year.read(
      `{ key: projects(filter: { track: KEY }) { ${count} } platform: projects(filter: { track: PLATFORM }) { ${count} } }`,
    ),
  ).toEqual({
    key: { totalCount: year.city.projects.filter(({ track }) => track === 'KEY').length },
    platform: { totalCount: year.city.projects.filter(({ track }) => track === 'PLATFORM').length },
  });
});

it('keeps 128 key tasks, each with owner and last day, of which those with evidence are struck off', async () => {
  // Every fourth task is each owner's: 32 of each; the first 16 of the first owner are done, of 128 one in eight.
  const OWNERS = ['FGW', 'RSJ', 'CZJ', 'JXJ'] as const;
  year.on('2026-10-12');
  const done: string[] = [];
  for (let at = 0; at < 128; at += 1) {
    const owner = OWNERS[at % 4] ?? 'FGW';
    const { task } = await year.press<{ task: { id: string } }>('enterKeyTask', 'task { id }', {
      ...{ title: `重点任务${at + 1}`, indicator: `${(at % 18) + 1}`, owner },
      dueOn: at < 64 ? '2026-11-30' : '2026-12-31',
    });
    if (owner === 'FGW' && at < 64) done.push(task.id);
  }
  for (const task of done) {
    const reported = {
      task,
      expectedVersion: 1,
      percent: 100,
      note: '已完成',
      evidence: ['https://www.example.cn/1.pdf'],
    };
    await year.press('reportKeyTaskProgress', 'task { id }', reported, officerOf('FGW'));
    await year.press('decideKeyTask', 'task { id }', { task, expectedVersion: 2, strikeOff: true, note: '现场核实' });
  }
  year.on('2026-12-01');
  const figures = 'struckOff { numerator denominator } inTime { numerator denominator } overdue';
  const { keyTaskReport } = await year.read<{ keyTaskReport: object }>(
    `{ keyTaskReport { all { ${figures} } byOwner { owner { code } figures { struckOff { numerator denominator } } } } }`,
  );
  expect(keyTaskReport).toEqual({
    all: {
      struckOff: { numerator: 16, denominator: 128 },
      inTime: { numerator: 16, denominator: 64 },
      overdue: 48,
    },
    byOwner: ['CZJ', 'FGW', 'JXJ', 'RSJ'].map((code) => ({
      owner: { code },
      figures: { struckOff: { numerator: code === 'FGW' ? 16 : 0, denominator: 32 } },
    })),
  });
});
