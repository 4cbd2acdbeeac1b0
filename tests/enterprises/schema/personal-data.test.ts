import type { Actor } from '@zhitong/kit';
import { countCommands } from '@zhitong/kit/testing';
import {
  auditor,
  coordinator,
  enterprise,
  enterprisesUnderTest,
  type EnterprisesUnderTest,
} from '../support/enterprises-under-test.js';

const NO_PURPOSE_HELPS: unknown = expect.not.stringContaining('PURPOSE_REQUIRED');

let hub: EnterprisesUnderTest;
beforeAll(async () => {
  hub = await enterprisesUnderTest(import.meta.url);
});
afterAll(async () => hub.close());

const PURPOSE = '核实一次性扩岗补助的申报材料';
const officer = (department: string, purpose?: string): Actor => ({
  sub: `officer-of-${department}`,
  roles: ['OFFICER'],
  department,
  ...(purpose === undefined ? {} : { purpose }),
});

interface Contacts {
  enterprise: { contact: { name: string; telephone: string } | null };
}
const CONTACT = 'query ($uscc: ID!) { enterprise(uscc: $uscc) { contact { name telephone } } }';
const contactOf = async (uscc: string, actor: Actor) => hub.ask<Contacts>(CONTACT, { variables: { uscc }, actor });
const accesses = async (actor: Actor, filter = '') =>
  hub.ask<{
    enterpriseDataAccesses: {
      totalCount: number;
      nodes: {
        id: string;
        at: string;
        account: string | null;
        role: string;
        department: { code: string };
        enterprise: { uscc: string; name: string };
        datum: string;
        purpose: string;
      }[];
    } | null;
  }>(
    `{ enterpriseDataAccesses(first: 50 ${filter}) { totalCount nodes { id at account role department { code } enterprise { uscc name } datum purpose } } }`,
    { actor },
  );

/** An enterprise that no project of ours belongs to, and the department of its steward. */
function stewarded(): { uscc: string; name: string; contact: { name: string; telephone: string }; department: string } {
  const withProjects = new Set(hub.city.projects.map(({ uscc }) => uscc));
  const one = hub.city.enterprises.find(({ uscc, stewardship }) => stewardship !== null && !withProjects.has(uscc));
  const department = hub.city.officials.find(({ id }) => id === one?.stewardship?.stewardId)?.departmentCode;
  if (one === undefined || department === undefined)
    throw new Error('The small city has no enterprise with a steward and without a project.');
  return { ...one, department };
}

describe("an enterprise's contact", () => {
  it("is shown without a purpose to officers of its steward's department and of the leaders of its projects", async () => {
    const { uscc, contact, department } = stewarded();
    expect(await contactOf(uscc, officer(department))).toEqual({
      data: { enterprise: { contact: { name: contact.name, telephone: contact.telephone } } },
    });
    const [project] = hub.city.projects;
    expect((await contactOf(project?.uscc ?? '', officer(project?.leadDepartmentCode ?? ''))).errors).toBeUndefined();
  });

  it('is refused to other officers, who are told that a purpose is needed', async () => {
    const { uscc, department } = stewarded();
    const { data, errors } = await contactOf(uscc, officer(department === 'TJJ' ? 'YBJ' : 'TJJ'));
    expect(data).toEqual({ enterprise: { contact: null } });
    expect(errors).toMatchObject([
      {
        path: ['enterprise', 'contact'],
        message: expect.stringContaining('x-purpose') as unknown,
        extensions: { code: 'FORBIDDEN', reason: 'PURPOSE_REQUIRED' },
      },
    ]);
  });

  it('is shown for a purpose, which is recorded for the auditor and, without the account, for the enterprise', async () => {
    const { uscc, name, contact, department } = stewarded();
    const other = department === 'TJJ' ? 'YBJ' : 'TJJ';
    const before = Date.now();
    expect(await contactOf(uscc, officer(other, PURPOSE))).toEqual({
      data: { enterprise: { contact: { name: contact.name, telephone: contact.telephone } } },
    });
    const record = {
      account: `officer-of-${other}`,
      role: 'OFFICER',
      department: { code: other },
      enterprise: { uscc, name },
      datum: 'Enterprise.contact',
      purpose: PURPOSE,
    };
    const { data } = await accesses(auditor, `filter: { uscc: "${uscc}" }`);
    expect(data?.enterpriseDataAccesses?.nodes).toEqual([expect.objectContaining(record)]);
    // By the database's clock, on this machine: not the department's fixed one.
    expect(Math.abs(Date.parse(data?.enterpriseDataAccesses?.nodes[0]?.at ?? '') - before)).toBeLessThan(600_000);
    expect((await accesses(enterprise(uscc))).data?.enterpriseDataAccesses?.nodes).toEqual([
      expect.objectContaining({ ...record, account: null }),
    ]);
    const stranger = hub.city.enterprises.find((one) => one.uscc !== uscc)?.uscc ?? '';
    expect((await accesses(enterprise(stranger))).data?.enterpriseDataAccesses).toMatchObject({
      totalCount: 0,
      nodes: [],
    });
    expect((await accesses(enterprise(stranger), `filter: { uscc: "${uscc}" }`)).errors?.[0]?.extensions).toMatchObject(
      { code: 'FORBIDDEN' },
    );
    for (const actor of [officer(other), coordinator])
      expect((await accesses(actor)).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('takes a purpose as it is written, also one that looks like a command to the database', async () => {
    const { uscc } = stewarded();
    await contactOf(uscc, officer('YJGLJ', '$$ROOT.name'));
    expect((await accesses(auditor, 'filter: { department: "YJGLJ" }')).data?.enterpriseDataAccesses?.nodes).toEqual([
      expect.objectContaining({ purpose: '$$ROOT.name' }),
    ]);
  });

  it.each([
    ['a bank', 'RMYH'],
    ['a department that the city does not have', 'GHOST'],
  ])('is never shown to an officer of %s, whatever the purpose', async (_whose, department) => {
    const { uscc } = stewarded();
    const { data, errors } = await contactOf(uscc, officer(department, PURPOSE));
    expect(data).toEqual({ enterprise: { contact: null } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: NO_PURPOSE_HELPS });
    expect(
      (await accesses(auditor, `filter: { department: "${department}" }`)).data?.enterpriseDataAccesses,
    ).toMatchObject({ totalCount: 0 });
  });

  it('is recorded for a whole list with one command, and for nobody whose enterprise concerns the reader', async () => {
    const { result, commands } = await countCommands(hub.database.connection, async () =>
      hub.ask<{ enterprises: { nodes: { uscc: string; contact: unknown }[] } }>(
        '{ enterprises(first: 20) { nodes { uscc contact { telephone } } } }',
        { actor: officer('XFJ', PURPOSE) },
      ),
    );
    expect(result.errors).toBeUndefined();
    expect(commands.filter((command) => command === 'update')).toEqual(['update']);
    expect(commands).toHaveLength(4); // enterprises, stewards, leaders of projects, the record
    const noted = (await accesses(auditor, 'filter: { department: "XFJ" }')).data?.enterpriseDataAccesses;
    expect(new Set(noted?.nodes.map(({ enterprise: { uscc } }) => uscc))).toEqual(
      new Set(result.data?.enterprises.nodes.map(({ uscc }) => uscc)),
    );
  });

  it('costs an auditor and an enterprise nothing', async () => {
    const { uscc } = stewarded();
    for (const actor of [auditor, enterprise(uscc)])
      expect((await countCommands(hub.database.connection, async () => contactOf(uscc, actor))).commands).toEqual([
        'find',
      ]);
  });

  it('is not answered when its reading cannot be recorded', async () => {
    const { uscc, department } = stewarded();
    const { connection } = hub.database;
    // A record that the rules of the collection refuse, as a full or broken database would.
    await connection.db?.command({ collMod: 'data_accesses', validator: { purpose: { $ne: '写不下来的目的' } } });
    const { data, errors } = await contactOf(uscc, officer(department === 'TJJ' ? 'YBJ' : 'TJJ', '写不下来的目的'));
    expect(data).toBeNull();
    expect(errors).toEqual([
      expect.objectContaining({ extensions: { code: 'INTERNAL', reference: expect.any(String) as unknown } }),
    ]);
  });
});

describe('projects', () => {
  const BY_LIST =
    'query ($uscc: ID!) { projects(filter: { uscc: $uscc }) { totalCount nodes { id steward { name } } } }';
  const OWN_EDGE = 'query ($uscc: ID!) { enterprise(uscc: $uscc) { projects { totalCount nodes { id } } } }';
  const BY_ID = 'query ($id: ID!) { project(id: $id) { name } }';
  const BY_REFERENCE = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Project { name } } }';

  it.each([
    ['nobody', null, 'UNAUTHENTICATED'],
    ['another enterprise', 'OTHER', 'FORBIDDEN'],
    ['a bank', officer('RMYH', PURPOSE), 'FORBIDDEN'],
  ] as const)('are hidden from %s by every way', async (_who, who, code) => {
    const [project] = hub.city.projects;
    const { uscc = '', id = '' } = project ?? {};
    const actor = who === 'OTHER' ? enterprise(hub.city.enterprises.find((one) => one.uscc !== uscc)?.uscc ?? '') : who;
    for (const query of [BY_LIST, OWN_EDGE, BY_ID, BY_REFERENCE]) {
      const { data, errors } = await hub.ask(query, {
        variables: { uscc, id, of: [{ __typename: 'Project', id }] },
        actor,
      });
      expect([query, errors?.[0]?.extensions?.['code']]).toEqual([query, code]);
      expect(JSON.stringify(data)).not.toContain(project?.name ?? 'a project');
    }
  });

  it('are listed for an enterprise as far as they are its own, with a count to match', async () => {
    const [project] = hub.city.projects;
    const own = hub.city.projects.filter(({ uscc }) => uscc === project?.uscc);
    const { data, errors } = await hub.ask<{ projects: { totalCount: number; nodes: { id: string }[] } }>(
      '{ projects(first: 200) { totalCount nodes { id } } }',
      { actor: enterprise(project?.uscc ?? '') },
    );
    expect(errors).toBeUndefined();
    expect(data?.projects.totalCount).toBe(own.length);
    expect(new Set(data?.projects.nodes.map(({ id }) => id))).toEqual(new Set(own.map(({ id }) => id)));
  });

  it("do not tell an enterprise whether another's number exists", async () => {
    const theirs = hub.city.projects.find(({ uscc }) => uscc !== hub.city.projects[0]?.uscc)?.id ?? '';
    const told = async (id: string) =>
      (await hub.ask(BY_ID, { variables: { id }, actor: enterprise(hub.city.projects[0]?.uscc ?? '') })).errors?.map(
        ({ message, extensions }): unknown => JSON.parse(JSON.stringify({ message, extensions }).replaceAll(id, '#')),
      );
    expect(await told(theirs)).toEqual(await told('XN-1999-9999'));
  });
});
