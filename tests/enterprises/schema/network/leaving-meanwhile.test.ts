import type { Actor } from '@zhitong/kit';
import { coordinator, enterprisesUnderTest, type EnterprisesUnderTest } from '../../support/enterprises-under-test.js';

let hub: EnterprisesUnderTest;
let staff: readonly { readonly id: string; readonly departmentCode: string }[];
let project: { id: string; leadDepartmentCode: string };
let enterprise: string;
beforeAll(async () => {
  hub = await enterprisesUnderTest(import.meta.url, 200);
  const running = hub.city.projects.find(({ stage }) => stage === 'UNDER_CONSTRUCTION' || stage === 'STARTED');
  if (running === undefined) throw new Error('no project of the demo city is under way');
  project = running;
  enterprise = hub.city.enterprises.find(({ status }) => status !== 'DEREGISTERED')?.uscc ?? '';
  staff = hub.city.officials.filter(({ id }) => id !== running.stewardId);
});
afterAll(async () => hub.close());

const records = (collection: string) => hub.database.connection.collection<Record<string, unknown>>(collection);
let keys = 0;
async function press(mutation: string, input: object, actor: Actor = coordinator) {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await hub.ask<Record<string, { refusal: object | null } | null>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { refusal { code } } }`,
    { variables: { input: { idempotencyKey: `meanwhile-${(keys += 1)}`, ...input } }, actor },
  );
  expect(errors).toBeUndefined();
  return data?.[mutation]?.refusal ?? null;
}
const versionOf = async (): Promise<number> => {
  const { data } = await hub.ask<{ project: { life: { version: number } } }>(
    'query ($id: ID!) { project(id: $id) { life { version } } }',
    { variables: { id: project.id }, actor: coordinator },
  );
  return data?.project.life.version ?? 0;
};
const departmentOf = (official: string) => staff.find(({ id }) => id === official)?.departmentCode ?? '';

interface Kind {
  readonly give: (official: string) => Promise<object | null>;
  /** How much of the kind an official has that somebody still acts on. */
  readonly held: (official: string) => Promise<number>;
}
const KINDS: Record<string, Kind> = {
  task: {
    give: async (official) => {
      const task = { step: 'ACCEPTANCE', official, matter: '代办竣工验收', dueOn: '2026-12-20' };
      const lead: Actor = { sub: 'lead', roles: ['OFFICER'], department: project.leadDepartmentCode };
      return press('giveProjectTask', { project: project.id, expectedVersion: await versionOf(), ...task }, lead);
    },
    held: async (official) => {
      const { data } = await hub.ask<{ project: { life: { tasks: { official: { id: string } }[] } } }>(
        'query ($id: ID!) { project(id: $id) { life { tasks { official { id } } } } }',
        { variables: { id: project.id }, actor: coordinator },
      );
      return data?.project.life.tasks.filter((task) => task.official.id === official).length ?? -1;
    },
  },
  visit: {
    give: async (official) =>
      press('planVisit', {
        ...{ uscc: enterprise, kind: 'STEWARD_VISIT', officials: [official], department: departmentOf(official) },
        plannedOn: '2026-12-10',
      }),
    held: async (official) => records('visits').countDocuments({ officialIds: official, state: 'PLANNED' }),
  },
  steward: {
    give: async (official) => {
      const { version } = (await records('enterprises').findOne({ uscc: enterprise })) as unknown as {
        version: number;
      };
      return press('assignSteward', { uscc: enterprise, official, expectedVersion: version });
    },
    held: async (official) => records('service_links').countDocuments({ officialId: official, until: null }),
  },
  indicator: {
    give: async (official) =>
      press('setIndicator', { code: '77', name: '指标77', leadDepartment: 'FGW', chief: official }),
    held: async (official) => records('indicators').countDocuments({ chiefId: official }),
  },
};

it.each(Object.entries(KINDS))('whoever leaves at the moment of being given a %s keeps none', async (name, kind) => {
  const from = 10 * Object.keys(KINDS).indexOf(name);
  const successor = staff.at(-1)?.id ?? '';
  for (const { id: official } of staff.slice(from, from + 6)) {
    const leave = press('handOverOfficial', { official, successor, reason: '调离' });
    const [left, given] = await Promise.all([leave, kind.give(official)]);
    expect(left).toBeNull();
    expect([official, given, await kind.held(official)]).toEqual([official, given, 0]);
  }
});

it('whoever is named as successor at the moment of leaving takes over nothing', async () => {
  const [first, second, third] = staff.slice(50, 53).map(({ id }) => id);
  const left = await Promise.all([
    press('handOverOfficial', { official: first, successor: second, reason: '调离' }),
    press('handOverOfficial', { official: second, successor: third, reason: '退休' }),
  ]);
  expect(left[1]).toBeNull();
  const openOf = async (official?: string) =>
    records('service_links').countDocuments({ officialId: official, until: null });
  // Either the first was handed over before, and all went on to the third, or not at all.
  expect(await openOf(second)).toBe(0);
  if (left[0] === null) expect(await openOf(first)).toBe(0);
});
