import type { Actor } from '@zhitong/kit';
import { coordinator, enterprisesUnderTest, type EnterprisesUnderTest } from '../../support/enterprises-under-test.js';

/** What a hand-over does with a place that names an official. `open`: the records of it that somebody still acts on. */
type Fate = { readonly moves: object } | { readonly stays: string };
const FATES: Readonly<Record<string, Fate>> = {
  'service_links.officialId': { moves: { until: null } },
  'enterprises.stewardId': { moves: {} },
  'projects.stewardId': { moves: {} },
  'visits.officialIds': { moves: { state: 'PLANNED' } },
  'campaign_targets.officialId': { moves: { visitedOn: null } },
  'service_items.agents': { moves: {} },
  'indicators.chiefId': { moves: {} },
  'project_events.change.official': { stays: 'a history is never changed; the task itself moves, see below' },
  'service_officers.officialId': { stays: 'the roster keeps who left, with the day' },
  'officials.id': { stays: 'the person' },
};
/** Fields that sound like a person's and name none. */
const NO_PERSONS = ['departments.isCoordinator', 'enterprises.contact'];
const PERSON = /official|steward|chief|agent|secretar|leader|contact|staff|person|inspector|coordinator/i;

let hub: EnterprisesUnderTest;
let leaver: string;
let heir: string;
let visited: string;
let project: { id: string; uscc: string; leadDepartmentCode: string };
beforeAll(async () => {
  hub = await enterprisesUnderTest(import.meta.url, 200);
  const running = hub.city.projects.find(({ stage }) => stage === 'UNDER_CONSTRUCTION' || stage === 'STARTED');
  if (running === undefined) throw new Error('no project of the demo city is under way');
  project = running;
  const served = hub.city.enterprises.find(
    ({ stewardship, status }) => stewardship !== null && status !== 'DEREGISTERED',
  );
  leaver = served?.stewardship?.stewardId ?? '';
  visited = served?.uscc ?? '';
  heir = hub.city.officials.find(({ id }) => id !== leaver && id !== running.stewardId)?.id ?? '';
});
afterAll(async () => hub.close());

const records = (collection: string) => hub.database.connection.collection<Record<string, unknown>>(collection);
let keys = 0;
async function press(mutation: string, input: object, selection = '', actor: Actor = coordinator) {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await hub.ask<Record<string, Record<string, unknown> | null>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} refusal { code path } } }`,
    { variables: { input: { idempotencyKey: `persons-${(keys += 1)}`, ...input } }, actor },
  );
  expect(errors).toBeUndefined();
  return data?.[mutation];
}
const leads = (): Actor => ({ sub: 'lead', roles: ['OFFICER'], department: project.leadDepartmentCode });
async function life(): Promise<{ version: number; tasks: { official: { id: string }; doneOn: string | null }[] }> {
  const { data } = await hub.ask<{ project: { life: Awaited<ReturnType<typeof life>> } }>(
    'query ($id: ID!) { project(id: $id) { life { version tasks { official { id } doneOn } } } }',
    { variables: { id: project.id }, actor: coordinator },
  );
  if (data === undefined || data === null) throw new Error('no project');
  return data.project.life;
}
async function giveTask(official: string) {
  const task = { step: 'ACCEPTANCE', official, matter: '代办竣工验收', dueOn: '2026-12-20' };
  const { version } = await life();
  return press('giveProjectTask', { project: project.id, expectedVersion: version, ...task }, '', leads());
}
const refusal = null;

/** Something of each kind, of the leaver. */
async function burden(): Promise<void> {
  const departmentCode = hub.city.officials.find(({ id }) => id === leaver)?.departmentCode ?? '';
  await records('projects').updateOne({ id: project.id }, { $set: { stewardId: leaver } });
  const visit = { uscc: visited, kind: 'STEWARD_VISIT', officials: [leaver], department: departmentCode };
  expect(await press('planVisit', { ...visit, plannedOn: '2026-12-10' })).toEqual({ refusal });
  const stages = [{ name: '全覆盖', until: '2026-12-31' }];
  const campaign = { name: '年末走访', from: '2026-12-01', until: '2026-12-31', stages };
  expect(await press('openVisitCampaign', campaign)).toEqual({ refusal });
  expect(
    await press(
      'setServiceItem',
      {
        ...{ id: 'DB-1', expectedVersion: 0, agents: [leaver], name: '代办事项', department: 'SCJGJ' },
        ...{ isCityWide: true, documents: ['营业执照'], legalBasis: ['《中华人民共和国食品安全法》第三十五条'] },
        ...{ promisedDays: '2.5', legalWorkingDays: 20, onlineAddress: null },
        counters: [{ region: '421202', address: '咸安区政务服务中心二楼A12窗口' }],
      },
      '',
      { sub: 'officer-SCJGJ', roles: ['OFFICER'], department: 'SCJGJ' },
    ),
  ).toEqual({ refusal });
  const indicator = { code: '77', name: '指标77', leadDepartment: 'FGW', chief: leaver };
  expect(await press('setIndicator', indicator)).toEqual({ refusal });
  expect(await giveTask(leaver)).toEqual({ refusal });
  expect(await giveTask(leaver)).toEqual({ refusal });
  const { version, tasks } = await life();
  const done = { project: project.id, expectedVersion: version, task: tasks.length, note: '已办结' };
  const agent: Actor = { sub: 'agent', roles: ['OFFICER'], department: departmentCode };
  expect(await press('finishProjectTask', done, '', agent)).toEqual({ refusal });
}

/** Where any record of the department holds one of the officials' staff numbers. */
async function namingPlaces(): Promise<string[]> {
  const ids = new Set(hub.city.officials.map(({ id }) => id));
  const places = new Set<string>();
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string' && ids.has(value)) places.add(path);
    else if (Array.isArray(value)) for (const one of value) walk(one, path);
    else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value)) walk(one, `${path}.${name}`);
  };
  for (const { collection } of Object.values(hub.database.connection.models))
    for (const record of await records(collection.name).find({}).toArray())
      walk(JSON.parse(JSON.stringify(record)), collection.name);
  return [...places].sort();
}

it('every place that names an official is handed over or kept for a reason', async () => {
  await burden();
  expect(await namingPlaces()).toEqual(Object.keys(FATES).sort());

  const moving = Object.entries(FATES).flatMap(([place, fate]) => {
    const [collection, field] = [place.slice(0, place.indexOf('.')), place.slice(place.indexOf('.') + 1)];
    return 'moves' in fate ? [{ place, collection, field, open: fate.moves }] : [];
  });
  const held = async (official: string) =>
    new Map(
      await Promise.all(
        moving.map(async ({ place, collection, field, open }): Promise<[string, number]> => [
          place,
          await records(collection).countDocuments({ ...open, [field]: official }),
        ]),
      ),
    );
  const before = await held(leaver);
  const heirs = await held(heir);
  for (const { place } of moving) expect([place, before.get(place)]).not.toEqual([place, 0]);

  const tasks = (await life()).tasks.map(({ official }) => official.id);
  const handed = await press(
    'handOverOfficial',
    { official: leaver, successor: heir, reason: '调离' },
    'handOver { tasksMoved tasksLeft }',
  );
  expect(handed).toEqual({ handOver: { tasksMoved: 1, tasksLeft: 0 }, refusal });
  expect(await held(leaver)).toEqual(new Map(moving.map(({ place }) => [place, 0])));
  expect(await held(heir)).toEqual(
    new Map(moving.map(({ place }) => [place, (before.get(place) ?? 0) + (heirs.get(place) ?? 0)])),
  );
  // Of the two tasks the one that is done stays with whoever did it.
  expect(tasks.slice(-2)).toEqual([leaver, leaver]);
  expect((await life()).tasks.slice(-2)).toEqual([
    { official: { id: heir }, doneOn: null },
    { official: { id: leaver }, doneOn: '2026-11-20' },
  ]);
  const told = await records('outbox').findOne({ 'event.type': 'cn.zhitong.project.task-handed-over' });
  expect(told).toMatchObject({ event: { subject: project.id, data: { uscc: project.uscc } } });
});

it('without a successor a task stays, except where the enterprise has a new agent; at a terminated project it rests', async () => {
  const give = await giveTask(heir);
  expect(give).toEqual({ refusal });
  const other = hub.city.officials.find(({ id }) => ![leaver, heir].includes(id))?.id ?? '';
  const byRoster = async (official: string) =>
    press('handOverOfficial', { official, reason: '退休' }, 'handOver { tasksMoved tasksLeft }');
  await records('service_officers').updateMany({}, { $set: { roles: ['LEADER'] } });
  expect(await byRoster(heir)).toEqual({ handOver: { tasksMoved: 0, tasksLeft: 2 }, refusal });
  expect((await life()).tasks.at(-1)).toEqual({ official: { id: heir }, doneOn: null });

  const [departing, agent] = hub.city.officials.filter(
    ({ id, departmentCode }) =>
      ![leaver, heir, other].includes(id) &&
      hub.city.officials.filter((one) => one.departmentCode === departmentCode && one.id !== leaver).length > 2,
  );
  const colleague = hub.city.officials.find(
    ({ id, departmentCode }) =>
      departmentCode === departing?.departmentCode && ![departing.id, leaver, heir].includes(id),
  );
  expect(agent).toBeDefined();
  await records('service_links').deleteMany({ uscc: project.uscc, role: 'AGENT' });
  const { version } = (await records('enterprises').findOne({ uscc: project.uscc })) as unknown as { version: number };
  const role = { uscc: project.uscc, role: 'AGENT', official: departing?.id, expectedVersion: version };
  expect(await press('assignServiceRole', role)).toEqual({ refusal });
  expect(await giveTask(departing?.id ?? '')).toEqual({ refusal });
  await records('service_officers').deleteMany({});
  const roster = { officers: [{ official: colleague?.id, roles: ['AGENT'] }] };
  expect(await press('enterServiceOfficers', roster)).toEqual({ refusal });
  expect(await byRoster(departing?.id ?? '')).toEqual({ handOver: { tasksMoved: 1, tasksLeft: 0 }, refusal });
  expect((await life()).tasks.at(-1)).toEqual({ official: { id: colleague?.id }, doneOn: null });

  await records('projects').updateOne({ id: project.id }, { $set: { stage: 'TERMINATED' } });
  expect(await byRoster(colleague?.id ?? '')).toEqual({ handOver: { tasksMoved: 0, tasksLeft: 0 }, refusal });
});

it('who has left is given no task and no project', async () => {
  await records('projects').updateOne({ id: project.id }, { $set: { stage: 'STARTED' } });
  await press('handOverOfficial', { official: leaver, reason: '再次' });
  expect(await giveTask(leaver)).toEqual({ refusal: { code: 'INVALID', path: ['official'] } });
});

it('no field that sounds like a person is left out', () => {
  const named = Object.values(hub.database.connection.models).flatMap(({ collection, schema }) =>
    Object.keys(schema.paths).map((path) => `${collection.name}.${path}`),
  );
  const persons = named.filter((path) => PERSON.test(path.slice(path.indexOf('.') + 1)));
  const known = [...Object.keys(FATES), ...NO_PERSONS];
  expect(persons.filter((path) => !known.includes(path))).toEqual([]);
});
