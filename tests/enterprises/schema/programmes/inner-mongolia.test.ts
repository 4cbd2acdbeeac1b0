import { officerOf, programmeYear, type ProgrammeYear } from '../../support/programme-year.js';

/**
 * The project stewards of the Inner Mongolian city in a small one. Published: every enterprise above designated size
 * has a steward (100 %), one secretary stationed in an enterprise, 1+1+N, ten directs, market entry and approvals in
 * 0.5 working days, one or two agents of each department from 立项 to 竣工验收.
 */
let year: ProgrammeYear;
let project: string;
beforeAll(async () => {
  year = await programmeYear(import.meta.url, '2026-03-02');
});
afterAll(async () => year.close());

const versionOf = async (uscc: string) =>
  (
    await year.read<{ enterprise: { version: number } }>('query ($uscc: ID!) { enterprise(uscc: $uscc) { version } }', {
      uscc,
    })
  ).enterprise.version;
const fill = async (uscc: string, role: string, more: object) =>
  year.press('assignServiceRole', 'enterprise { uscc }', {
    ...{ uscc, role, expectedVersion: await versionOf(uscc), ...more },
  });

it('gives every enterprise above designated size a steward, and lists those without one until then', async () => {
  const large = year.alive.filter(({ isAboveSize }) => isAboveSize);
  const without = async () =>
    (
      await year.read<{ enterprises: { totalCount: number } }>(
        '{ enterprises(filter: { withoutRole: STEWARD, isAboveDesignatedSize: true, status: [IN_OPERATION, ABNORMAL_LISTED] }) { totalCount } }',
      )
    ).enterprises.totalCount;
  expect(large.length).toBeGreaterThan(0);
  expect(await without()).toBe(large.length);
  const stewards = year.staff('JXJ');
  for (const [at, { uscc }] of large.entries())
    await fill(uscc, 'STEWARD', { official: stewards[at % stewards.length] });
  expect(await without()).toBe(0);
  // 100 % of those above designated size, and of all as many.
  expect(
    await year.read(
      '{ serviceCoverage(role: STEWARD) { all { numerator denominator } aboveDesignatedSize { numerator denominator rate } } }',
    ),
  ).toEqual({
    serviceCoverage: {
      all: { numerator: large.length, denominator: year.alive.length },
      aboveDesignatedSize: { numerator: large.length, denominator: large.length, rate: '1.0000' },
    },
  });
});

it('makes 1+1+N of an enterprise, with a secretary in it, and ten directs', async () => {
  const uscc = year.alive.find(({ isAboveSize }) => isAboveSize)?.uscc ?? '';
  await fill(uscc, 'PROJECT_SECRETARY', { official: year.staff('GXQGWH')[0] ?? year.staff('FGW')[0] });
  for (const department of ['FGW', 'ZGJ', 'STHJJ'])
    await fill(uscc, 'DEPARTMENT_CONTACT', { official: year.staff(department)[0] });
  const { enterprise } = await year.read<{ enterprise: { serviceNetwork: { role: string }[] } }>(
    'query ($uscc: ID!) { enterprise(uscc: $uscc) { serviceNetwork { role } } }',
    { uscc },
  );
  // One steward, one secretary, and N = 3 contacts; the enterprise's own contact is the other 1.
  expect(enterprise.serviceNetwork.map(({ role }) => role).toSorted()).toEqual([
    ...['DEPARTMENT_CONTACT', 'DEPARTMENT_CONTACT', 'DEPARTMENT_CONTACT'],
    ...['PROJECT_SECRETARY', 'STEWARD'],
  ]);
  for (const [at, kind] of [
    ...['HOTLINE_12345', 'COMMERCE_FEDERATION_LINE', 'PORTAL', 'SECRETARY', 'MAYOR'],
    ...['SERVICE_CENTRE', 'DEPARTMENT', 'PARK', 'AGENT', 'SUPERVISION'],
  ].entries())
    await year.press('setDirectLine', 'line { id }', {
      ...{ id: `direct-${at + 1}`, kind, name: `直通${at + 1}`, reach: `0470-811000${at}`, department: 'YSB' },
    });
  const { whomToCall } = await year.read<{ whomToCall: { line: object | null; official: object | null }[] }>(
    'query ($uscc: ID!) { whomToCall(uscc: $uscc) { line { id } official { id } } }',
    { uscc },
  );
  expect(whomToCall.filter(({ line }) => line !== null)).toHaveLength(10);
  expect(whomToCall.filter(({ official }) => official !== null)).toHaveLength(5);
});

it('admits a project, and carries it from 立项 to 竣工验收 with approvals of half a day and agents', async () => {
  const opinion = (aspect: string, department: string) => ({ aspect, department, opinion: 'FOR', text: '同意准入' });
  const { lead } = await year.press<{ lead: { id: string } }>('registerProjectLead', 'lead { id }', {
    ...{ name: '绿色建材产业园', investor: '某建材集团', region: '421202', leadDepartment: 'ZSZX' },
    ...{ investment: '300000000.00', summary: '建设建材生产线两条' },
  });
  year.on('2026-03-05');
  await year.press('holdAdmissionMeeting', 'lead { state }', {
    ...{ lead: lead.id, expectedVersion: 1, heldOn: '2026-03-05', chairedBy: '分管副市长', decision: 'ADMITTED' },
    ...{ reason: '符合规划和产业政策' },
    opinions: [opinion('PLANNING', 'ZGJ'), opinion('PARK_POSITIONING', 'GXQGWH'), opinion('INDUSTRY_POLICY', 'FGW')],
  });
  year.on('2026-03-09');
  const uscc = year.alive[0]?.uscc ?? '';
  const [steward] = year.staff('ZSZX');
  const signed = await year.press<{ lead: { project: { id: string } } }>('signProject', 'lead { project { id } }', {
    ...{ lead: lead.id, expectedVersion: 2, uscc, signedOn: '2026-03-09', track: 'KEY', steward },
  });
  project = signed.lead.project.id;
  let version = 0;
  const move = async (mutation: string, input: object, actor = officerOf('ZSZX')) => {
    await year.press(mutation, 'project { id }', { project, expectedVersion: version, ...input }, actor);
    version += 1;
  };
  const steps = [
    ...['INITIATION', 'SITE_SELECTION', 'LAND_SUPPLY', 'ENVIRONMENT_AND_ENERGY', 'LAND_USE_PLANNING'],
    ...['WORKS_PLANNING', 'DRAWING_REVIEW', 'CONSTRUCTION_PERMIT', 'ACCEPTANCE'],
  ];
  // One step a month, planned for the 20th and done on the 16th, the last but one three days late.
  const month = (at: number) => String(at + 3).padStart(2, '0');
  await move('planProject', { steps: steps.map((step, at) => ({ step, plannedOn: `2026-${month(at)}-20` })) });
  await move('giveProjectTask', {
    ...{ step: 'INITIATION', official: steward, matter: '代办项目备案', dueOn: '2026-03-16' },
  });
  // Tuesday the 10th at 9 in Shanghai, half a working day: due by the end of the day.
  year.on('2026-03-10');
  await move('openProjectApproval', {
    ...{ step: 'INITIATION', matter: '企业投资项目备案', owner: 'FGW', promisedDays: '0.5' },
    receivedAt: '2026-03-10T01:00:00Z',
  });
  await move('decideProjectApproval', { approval: 1, outcome: 'GRANTED', note: '当场办结' }, officerOf('FGW'));
  for (const [at, step] of steps.entries()) {
    const completedOn = `2026-${month(at)}-${step === 'CONSTRUCTION_PERMIT' ? '23' : '16'}`;
    year.on(completedOn);
    await move('completeProjectStep', { step, completedOn, note: '已办结' });
  }
  const { project: told } = await year.read<{
    project: {
      stage: string;
      life: {
        steps: { step: string; completedOn: string | null; daysLate: number | null }[];
        approvals: object[];
        tasks: object[];
      };
    };
  }>(
    'query ($id: ID!) { project(id: $id) { stage life { steps { step completedOn daysLate } approvals { promisedDays dueAt isLate } tasks { number } } } }',
    { id: project },
  );
  expect(told.stage).toBe('IN_PRODUCTION');
  expect(told.life.steps.filter(({ completedOn }) => completedOn !== null)).toHaveLength(9);
  // Late against plan: eight of nine on time, one by three days.
  expect(told.life.steps.filter(({ daysLate }) => (daysLate ?? 0) > 0)).toMatchObject([
    { step: 'CONSTRUCTION_PERMIT', daysLate: 3 },
  ]);
  expect(told.life.approvals).toEqual([{ promisedDays: '0.5', dueAt: '2026-03-10T16:00:00.000Z', isLate: false }]);
  expect(told.life.tasks).toHaveLength(1);
});
