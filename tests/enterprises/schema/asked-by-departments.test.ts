import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Actor } from '@zhitong/kit';
import { GraphUnreachable, graphRegister, type RegisterSource } from '@zhitong/kit/graph';
import { Types } from 'mongoose';
import { z } from 'zod';
import { deliveries } from '../support/deliveries.js';
import {
  auditor,
  enterprise,
  enterprisesUnderTest,
  type EnterprisesUnderTest,
} from '../support/enterprises-under-test.js';

/**
 * Real codes of the register with a check character other than GB 32100 gives; the third is the first mistyped once
 * more.
 */
const [IRREGULAR, ANOTHER, MISTYPED] = ['91350203M0001QKT19', '91110000600037341M', '91350203M0001QKT18'];
const UNREGISTERED = '91421202MX06RBPU8C';
/** The machine identity of the appeals office's process that handles cases. */
const service: Actor = { sub: 'machine-of-YSB', roles: ['SERVICE'], department: 'YSB', service: 'cases' };

let hub: EnterprisesUnderTest;
let server: Server;
let source: RegisterSource;
let isDown = false;
let asked = 0;
/** The registry as other departments reach it: over HTTP, with one error wherever it is down. */
beforeAll(async () => {
  hub = await enterprisesUnderTest(import.meta.url);
  const collection = hub.database.connection.collection('enterprises');
  const document = await collection.findOne({});
  await collection.insertMany([IRREGULAR, ANOTHER].map((uscc) => ({ ...document, _id: new Types.ObjectId(), uscc })));
  server = createServer((request, response) => {
    asked += 1;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { query, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
        query: string;
        variables: Record<string, unknown>;
      };
      const down = {
        data: { e0: null },
        errors: [{ message: 'enterprises is down', extensions: { code: 'DEPARTMENT_UNAVAILABLE' } }],
      };
      // As the gateway hands on whoever asks.
      const purpose = request.headers['x-purpose'];
      const actor =
        purpose === undefined ? service : { ...service, purpose: decodeURIComponent(z.string().parse(purpose)) };
      const answer = isDown ? Promise.resolve(down) : hub.ask(query, { variables, actor });
      void answer.then((body) => response.end(JSON.stringify(body)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  source = graphRegister({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    token: async () => 'a-token',
  });
});
beforeEach(() => void ([isDown, asked] = [false, 0]));
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await hub.close();
});

describe('the catalogue, asked by other departments', () => {
  it('tells which matters there are, and what is promised for each', async () => {
    await hub.department.stores.serviceItems.addMissing(
      [
        {
          id: 'ZZ-SPJY',
          version: 1,
          name: '食品经营许可',
          departmentCode: 'SCJGJ',
          conditions: [],
          documents: [],
          legalBasis: [],
          promisedHalfDays: 5,
          legalWorkingDays: 20,
          isCityWide: true,
          counters: [{ region: '421202', address: '市政务服务中心' }],
          onlineAddress: null,
          agents: [],
          changedOn: '2026-01-05',
        },
      ],
      [],
    );
    expect(await source.serviceItems(['ZZ-SPJY', 'ZZ-NONE'])).toEqual([{ id: 'ZZ-SPJY', promisedDays: '2.5' }]);
    expect(asked).toBe(1);
  });
});

describe('the registry, asked by other departments which enterprises there are', () => {
  it('tells registered codes from others, whatever their check characters, however they are mixed', async () => {
    const registered = hub.city.enterprises[0]?.uscc ?? '';
    const codes = [MISTYPED, registered, UNREGISTERED, IRREGULAR, ANOTHER];
    expect((await source.enterprises(codes)).toSorted()).toEqual([registered, IRREGULAR, ANOTHER].toSorted());
    expect(asked).toBe(2);
  });

  it('tells what an enterprise is called now, in short, and was called before: a text must not show it by any', async () => {
    const one = hub.city.enterprises.find(
      ({ status, registeredOn }) => status === 'IN_OPERATION' && registeredOn < '2024-01-01',
    );
    const uscc = one?.uscc ?? '';
    await deliveries(hub, 'enterprise', 'SCJGJ').deliver([
      { uscc, name: '湖北新名字集团有限公司', shortName: '鄂新集团', registeredOn: one?.registeredOn ?? '' },
    ]);
    expect(await source.enterpriseNames([uscc])).toMatchObject([
      { uscc, names: ['湖北新名字集团有限公司', '鄂新集团', one?.name] },
    ]);
    const [irregular] = await source.enterpriseNames([IRREGULAR]);
    expect(irregular?.names).toHaveLength(1);
  });

  it('is asked once for codes of one kind', async () => {
    expect(await source.enterprises([MISTYPED])).toEqual([]);
    expect(await source.enterprises([UNREGISTERED])).toEqual([]);
    expect(asked).toBe(2);
  });

  it.each([[IRREGULAR], [UNREGISTERED]])(
    'cannot say that a code is unregistered while it is down: %s',
    async (code) => {
      isDown = true;
      await expect(source.enterprises([code])).rejects.toThrow(GraphUnreachable);
    },
  );
});

describe('what leads to an enterprise in a text', () => {
  const MASKED = '隐去匿名诉求中可指向企业的字词';
  const CONTACT = { name: '李四海', telephone: '0715-8123456', address: '咸安区凤凰大道18号' };
  const WORDS = 'query ($uscc: ID!) { enterprise(uscc: $uscc) { identifyingWords { persons telephones addresses } } }';
  let uscc: string;
  let another: string;
  beforeAll(async () => {
    [uscc, another] = hub.city.enterprises.slice(0, 2).map((one) => one.uscc) as [string, string];
    const collection = hub.database.connection.collection('enterprises');
    await collection.updateOne({ uscc }, { $set: { contact: CONTACT } });
    await collection.updateOne({ uscc: IRREGULAR }, { $set: { contact: { ...CONTACT, name: null, telephone: '' } } });
  });
  beforeEach(async () => hub.database.connection.collection('data_accesses').deleteMany({}));
  const accesses = async (actor: Actor, filter = '') => {
    const { data } = await hub.ask<{ enterpriseDataAccesses: { totalCount: number; nodes: { at: string }[] } }>(
      `{ enterpriseDataAccesses${filter} { totalCount nodes { at account role department { code } enterprise { uscc } datum purpose } } }`,
      { actor },
    );
    return data?.enterpriseDataAccesses;
  };
  const recorded = {
    role: 'SERVICE',
    department: { code: 'YSB' },
    datum: 'Enterprise.identifyingWords',
    purpose: MASKED,
  };

  it('is told in clear to the machine identity that masks texts', async () => {
    expect(await source.identifyingWords([uscc, IRREGULAR])).toEqual([
      { uscc, persons: ['李四海'], telephones: ['0715-8123456'], addresses: ['咸安区凤凰大道18号'] },
      { uscc: IRREGULAR, persons: [], telephones: [], addresses: ['咸安区凤凰大道18号'] },
    ]);
  });

  it.each<[string, Actor]>([
    ['the machine identity of another department', { ...service, department: 'FGW', purpose: MASKED }],
    ['the machine of the same office that matches policies', { ...service, service: 'policies', purpose: MASKED }],
    ['a machine of the same office that does not say which', { ...service, service: undefined, purpose: MASKED }],
    ['a machine identity without a department', { sub: 'x', roles: ['SERVICE'], service: 'cases', purpose: MASKED }],
    ...(['ADMIN', 'AUDITOR', 'OFFICER', 'COORDINATOR'] as const).map((role): [string, Actor] => [
      role,
      { sub: 'x', roles: [role], department: 'YSB', service: 'cases', purpose: MASKED },
    ]),
  ])('is told to nobody else, and nothing is recorded: %s', async (_who, actor) => {
    const { data, errors } = await hub.ask(WORDS, { variables: { uscc }, actor });
    expect(data).toEqual({ enterprise: { identifyingWords: null } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect(JSON.stringify(errors)).not.toContain('PURPOSE_REQUIRED');
    expect(await accesses(enterprise(uscc))).toMatchObject({ totalCount: 0 });
  });

  it('needs a purpose also of the machine that may read it', async () => {
    const { data, errors } = await hub.ask(WORDS, { variables: { uscc }, actor: service });
    expect(data).toEqual({ enterprise: { identifyingWords: null } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'PURPOSE_REQUIRED' });
  });

  it('is recorded for the enterprise itself, as it was read', async () => {
    await source.identifyingWords([uscc]);
    expect(await accesses(enterprise(uscc))).toEqual({
      totalCount: 1,
      nodes: [{ ...recorded, at: expect.any(String) as unknown, account: null, enterprise: { uscc } }],
    });
    expect(await accesses(enterprise(another))).toEqual({ totalCount: 0, nodes: [] });
  });

  it('tells auditors that it was read by the month, once that is over, and never of whom or when', async () => {
    await source.identifyingWords([uscc, another]);
    // Of the running month nothing: not that something was read, nor by a day or an enterprise that is asked for.
    for (const filter of ['', `(filter: { uscc: "${uscc}" })`, '(filter: { department: "YSB" })'])
      expect([filter, await accesses(auditor, filter)]).toEqual([filter, { totalCount: 0, nodes: [] }]);
    const collection = hub.database.connection.collection('data_accesses');
    const over = new Date('2026-01-31T16:00:00Z');
    await collection.updateMany({ toldTo: 'AUDITORS' }, { $set: { at: over } });
    const row = { ...recorded, at: over.toISOString(), account: 'machine-of-YSB', enterprise: null };
    const told = await accesses(auditor);
    expect(told?.nodes.map((node) => ({ ...node, at: new Date(node.at).toISOString() }))).toEqual([row, row]);
    expect(await accesses(auditor, `(filter: { uscc: "${uscc}" })`)).toEqual({ totalCount: 0, nodes: [] });
    const stored = await collection.find({ toldTo: 'AUDITORS' }).toArray();
    expect(JSON.stringify(stored)).not.toContain(uscc);
    expect(stored.map(({ requestId }): unknown => requestId)).toEqual(['', '']);
  });

  it('is stored for auditors under the first moment of the month in Shanghai', async () => {
    await source.identifyingWords([uscc]);
    const [stored] = await hub.database.connection.collection('data_accesses').find({ toldTo: 'AUDITORS' }).toArray();
    const inShanghai = new Date((stored?.['at'] as Date).getTime() + 8 * 3_600_000);
    expect(inShanghai.toISOString()).toMatch(/-01T00:00:00\.000Z$/);
  });
});
