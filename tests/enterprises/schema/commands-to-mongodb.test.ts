import type { Actor } from '@zhitong/kit';
import { countCommands } from '@zhitong/kit/testing';
import { departmentDirectory } from '../../../subgraphs/enterprises/src/memory/department-directory.js';
import {
  coordinator,
  enterprise,
  enterprisesUnderTest,
  NOW,
  officer,
  type EnterprisesUnderTest,
} from '../support/enterprises-under-test.js';

let hub: EnterprisesUnderTest;
beforeAll(async () => {
  hub = await enterprisesUnderTest(import.meta.url);
});
afterAll(async () => hub.close());

describe('what the gateway asks', () => {
  const ENTITIES =
    'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Enterprise { uscc name scale factsVersion } ... on Department { code name region { name } } ... on Project { id name enterprise { uscc name } investment { amount } } } }';

  it('answers fifty enterprises and projects with one command each, departments from memory, in the order of the question', async () => {
    await hub.ask('{ department(code: "RSJ") { name } }');
    const usccs = hub.city.enterprises.slice(0, 50).map(({ uscc }) => uscc);
    const of = [
      ...usccs.map((uscc) => ({ __typename: 'Enterprise', uscc })),
      { __typename: 'Department', code: 'RSJ' },
      { __typename: 'Enterprise', uscc: '91110000600037341L' },
      { __typename: 'Project', id: hub.city.projects[0]?.id },
    ];
    const { result, commands } = await countCommands(hub.database.connection, async () =>
      hub.ask<{ _entities: ({ uscc?: string; code?: string; id?: string } | null)[] }>(ENTITIES, {
        variables: { of },
        actor: officer,
      }),
    );
    expect(result.errors).toBeUndefined();
    expect(result.data?._entities.map((entity) => entity && (entity.uscc ?? entity.code ?? entity.id))).toEqual([
      ...usccs,
      'RSJ',
      null,
      hub.city.projects[0]?.id,
    ]);
    expect(commands).toEqual(['find', 'find', 'find']); // enterprises, projects, the enterprises of projects
  });

  it('tells the version of the facts to those who may read the enterprise only, and refuses nobody for it', async () => {
    const [mine, theirs] = hub.city.enterprises;
    const of = [mine, theirs].map((one) => ({ __typename: 'Enterprise', uscc: one?.uscc }));
    const ask = async (actor: Actor) =>
      hub.ask<{ _entities: { factsVersion: unknown }[] }>(
        'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Enterprise { factsVersion } } }',
        { variables: { of }, actor },
      );
    const told = async (actor: Actor) =>
      (await ask(actor)).data?._entities.map(({ factsVersion }) => typeof factsVersion);
    expect(await told(enterprise(mine?.uscc ?? ''))).toEqual(['string', 'object']);
    expect(await told(coordinator)).toEqual(['string', 'string']);
    expect((await ask(enterprise(mine?.uscc ?? ''))).errors).toBeUndefined();
  });
});

describe('the number of commands', () => {
  it('of a list with stewards and projects does not grow with the page', async () => {
    const ask = async (first: number) =>
      countCommands(hub.database.connection, async () =>
        hub.ask(
          'query ($first: Int) { enterprises(first: $first) { totalCount nodes { name scale steward { name department { name } } projects(first: 2) { totalCount nodes { name } } factHistory { year } } } }',
          { variables: { first }, actor: officer },
        ),
      );
    const few = await ask(5);
    const many = await ask(200);
    expect(many.result.errors).toBeUndefined();
    expect(many.commands).toEqual(few.commands);
    expect(many.commands.length).toBeLessThanOrEqual(6);
  });
});

describe('indexes', () => {
  it.each([
    ['enterprises', {}, { uscc: 1 }],
    ['enterprises', { scale: { $in: ['LARGE', 'MEDIUM'] } }, { uscc: 1 }],
    ['enterprises', {}, { name: -1, uscc: -1 }],
    ['enterprises', { namePairs: { $all: ['茶业'] } }, { nameLength: 1, uscc: 1 }],
    ['enterprises', { nameInitials: { $all: ['xnc'] } }, { nameLength: 1, uscc: 1 }],
    ['enterprises', { statisticalCategory: { $gt: '' } }, { uscc: 1 }],
    ['projects', {}, { signedOn: -1, id: -1 }],
  ] as const)('serve a list of %s by %j in the order %j', async (collection, filter, sort) => {
    const plan = JSON.stringify(
      await hub.database.connection.collection(collection).find(filter).sort(sort).limit(51).explain('queryPlanner'),
    );
    expect(plan).toContain('IXSCAN');
    expect(plan).not.toContain('COLLSCAN');
  });
});

describe('a department', () => {
  it('that is added later is found, and a name that is changed shows once the reading is old', async () => {
    let now = new Date(NOW);
    const directory = departmentDirectory({
      departments: hub.department.stores.departments,
      clock: { now: () => now },
    });
    const [known] = await directory.byCode(['RSJ']);
    if (known === undefined) throw new Error('The demo city has a department RSJ.');
    const stored = hub.database.connection.collection('departments');
    await stored.insertOne({ ...known, code: 'XIN', name: '新设部门' });
    await stored.updateOne({ code: 'RSJ' }, { $set: { name: '人社局（更名）' } });
    try {
      expect((await directory.byCode(['XIN', 'NONE'])).map(({ name }) => name)).toEqual(['新设部门']);
      expect((await directory.byCode(['RSJ'])).map(({ name }) => name)).toEqual([known.name]);
      now = new Date(now.getTime() + 5_000);
      expect((await directory.byCode(['RSJ', 'XIN'])).map(({ name }) => name)).toEqual(['人社局（更名）', '新设部门']);
    } finally {
      await stored.updateOne({ code: 'RSJ' }, { $set: { name: known.name } });
      await stored.deleteOne({ code: 'XIN' });
    }
  });
});
