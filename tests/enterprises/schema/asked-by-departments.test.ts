import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Actor } from '@zhitong/kit';
import { GraphUnreachable, graphRegister, type RegisterSource } from '@zhitong/kit/graph';
import { Types } from 'mongoose';
import { deliveries } from '../support/deliveries.js';
import { enterprisesUnderTest, type EnterprisesUnderTest } from '../support/enterprises-under-test.js';

/**
 * Real codes of the register with a check character other than GB 32100 gives; the third is the first mistyped once
 * more.
 */
const [IRREGULAR, ANOTHER, MISTYPED] = ['91350203M0001QKT19', '91110000600037341M', '91350203M0001QKT18'];
const UNREGISTERED = '91421202MX06RBPU8C';
const service: Actor = { sub: 'cases', roles: ['SERVICE'], department: 'cases' };

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
      const answer = isDown ? Promise.resolve(down) : hub.ask(query, { variables, actor: service });
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

  it('tells machine identities alone, and in clear, what else leads to an enterprise: a text must not show it', async () => {
    const uscc = hub.city.enterprises[0]?.uscc ?? '';
    const collection = hub.database.connection.collection('enterprises');
    const contact = { name: '李四海', telephone: '0715-8123456', address: '咸安区凤凰大道18号' };
    await collection.updateOne({ uscc }, { $set: { contact } });
    await collection.updateOne({ uscc: IRREGULAR }, { $set: { contact: { ...contact, name: null, telephone: '' } } });
    expect(await source.identifyingWords([uscc, IRREGULAR])).toEqual([
      { uscc, persons: ['李四海'], telephones: ['0715-8123456'], addresses: ['咸安区凤凰大道18号'] },
      { uscc: IRREGULAR, persons: [], telephones: [], addresses: ['咸安区凤凰大道18号'] },
    ]);
    for (const role of ['ADMIN', 'AUDITOR', 'OFFICER', 'COORDINATOR'] as const) {
      const { data, errors } = await hub.ask(`{ enterprise(uscc: "${uscc}") { identifyingWords { persons } } }`, {
        actor: { sub: 'x', roles: [role], department: 'SCJGJ' },
      });
      expect(JSON.stringify(data)).not.toContain('李四海');
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    }
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
