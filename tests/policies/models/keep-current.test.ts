import { createHmac, randomUUID } from 'node:crypto';
import { createLogger } from '@zhitong/kit';
import { eventsRoute } from '@zhitong/kit/outbox';
import { heardEvents } from '../../../subgraphs/policies/src/events-inbox.js';
import {
  GraphUnreachable,
  type EnterpriseFromGraph,
  type FactsSource,
} from '../../../subgraphs/policies/src/graph/facts-source.js';
import { readStaleEnterprises } from '../../../subgraphs/policies/src/usecases/facts/keep-current.js';
import { matchAll, matchChangedPolicies } from '../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { fromGraph, NOW, policiesUnderTest, usccOf, type PoliciesUnderTest } from '../support/policies-under-test.js';

const SOURCE = 'urn:zhitong:enterprises';
const KEY = Buffer.alloc(32, 7).toString('base64');
const logger = createLogger({ name: 'test', level: 'silent' });

let policies: PoliciesUnderTest;
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url)));
beforeEach(async () => {
  await policies.publish(
    { id: 'staff', benefit: { kind: 'cash', formula: '100 * employees' } },
    { id: 'insured', criteria: [{ fact: 'insuredEmployees', op: 'gte', value: 5 }] },
  );
  await policies.know({ [usccOf(1)]: { employees: 5, insuredEmployees: 5 }, [usccOf(2)]: { employees: 20 } });
  await matchAll(policies.department);
});
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

const graphOf = (...enterprises: EnterpriseFromGraph[]): FactsSource => ({
  page: () => Promise.reject(new Error('only single enterprises are read here')),
  enterprise: async (uscc) => enterprises.find((one) => one.uscc === uscc) ?? null,
});
const eligible = async (number: number): Promise<readonly string[] | undefined> =>
  (await policies.department.stores.matches.byUscc([usccOf(number)]))[0]?.eligible;

async function deliver(
  event: { id: string; subject: string; data: unknown; time?: string },
  key = KEY,
): Promise<number> {
  const { department } = policies;
  const route = await eventsRoute({
    connection: department.connection,
    secrets: { [SOURCE]: `whsec_${KEY}` },
    logger,
    clock: department.clock,
    handle: heardEvents(department.stores),
  });
  const rawBody = JSON.stringify({
    specversion: '1.0',
    source: SOURCE,
    type: 'cn.zhitong.enterprise.facts-recorded',
    time: NOW.toISOString(),
    datacontenttype: 'application/json',
    ...event,
  });
  const timestamp = String(Math.floor(NOW.getTime() / 1000));
  const signature = createHmac('sha256', Buffer.from(key, 'base64'))
    .update(`${event.id}.${timestamp}.${rawBody}`)
    .digest('base64');
  return (
    await route.handle({
      headers: { 'webhook-id': event.id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` },
      rawBody,
    })
  ).status;
}

describe('events of other departments', () => {
  it('bring the facts and the matches of their enterprise up to date, and say how late', async () => {
    expect(await deliver({ id: randomUUID(), subject: usccOf(1), data: {}, time: '2026-11-20T03:59:30Z' })).toBe(200);
    expect(await policies.department.stores.matchState.countStale()).toBe(1);
    expect(
      await readStaleEnterprises({
        ...policies.department,
        logger,
        source: graphOf(fromGraph(usccOf(1), { employees: 12, insuredEmployees: 5 })),
      }),
    ).toBe(1);
    expect(await eligible(1)).toEqual(['insured', 'staff']);
    expect(await policies.department.stores.matchState.countStale()).toBe(0);
    expect(await policies.department.stores.matchState.lagSeconds()).toBe(30);
  });

  it('may name the enterprise in their data', async () => {
    await deliver({ id: randomUUID(), subject: 'PLEDGE-1', data: { uscc: usccOf(2) } });
    expect(await policies.department.stores.matchState.longestStale(5)).toMatchObject([{ uscc: usccOf(2) }]);
  });

  it('count once, however often they are delivered, and not at all with a wrong signature', async () => {
    const event = { id: randomUUID(), subject: usccOf(1), data: {} };
    await deliver(event);
    await deliver(event);
    expect(await policies.department.stores.matchState.longestStale(5)).toMatchObject([{ events: 1 }]);
    expect(
      await deliver({ ...event, id: randomUUID(), subject: usccOf(2) }, Buffer.alloc(32, 8).toString('base64')),
    ).toBe(401);
    expect(await policies.department.stores.matchState.countStale()).toBe(1);
  });

  it('of one that is struck off take every policy from it, whatever the policies ask', async () => {
    await deliver({ id: randomUUID(), subject: usccOf(2), data: {} });
    const source = graphOf(fromGraph(usccOf(2), { employees: 20, isDeregistered: true }));
    await readStaleEnterprises({ ...policies.department, logger, source });
    expect(await policies.department.stores.matches.byUscc([usccOf(2)])).toMatchObject([
      { eligible: [], undetermined: [], amounts: {}, struckOff: ['staff'] },
    ]);
  });

  it('of one whose industry and region the register does not state match it like any other', async () => {
    await deliver({ id: randomUUID(), subject: usccOf(3), data: {} });
    const nowhere = { industry: { code: '', name: '' }, region: { code: '', name: '' } };
    const source = graphOf({ ...fromGraph(usccOf(3), { employees: 9, insuredEmployees: 6 }), ...nowhere });
    expect(await readStaleEnterprises({ ...policies.department, logger, source })).toBe(1);
    expect(await policies.department.stores.facts.byUscc([usccOf(3)])).toMatchObject([nowhere]);
    expect(await eligible(3)).toEqual(['insured']);
  });

  it('of one whose data are broken cost no other: it waits, the others are read', async () => {
    for (const number of [1, 2]) await deliver({ id: randomUUID(), subject: usccOf(number), data: {} });
    const both = [1, 2].map((number) => fromGraph(usccOf(number), { employees: 9 }));
    // What is told of it can neither be compared nor stored.
    const broken = { ...both[0], uscc: usccOf(1), facts: { values: { employees: 9n }, dates: {} } };
    const source = graphOf(...both);
    const enterprise = async (uscc: string) => (uscc === usccOf(1) ? (broken as never) : source.enterprise(uscc));
    expect(await readStaleEnterprises({ ...policies.department, logger, source: { ...source, enterprise } })).toBe(1);
    expect(await eligible(2)).toEqual([]);
    expect(await policies.department.stores.matchState.longestStale(5)).toMatchObject([{ uscc: usccOf(1) }]);
  });

  it('store facts with the matches that they make, or neither', async () => {
    const { stores } = policies.department;
    await deliver({ id: randomUUID(), subject: usccOf(2), data: {} });
    const source = graphOf(fromGraph(usccOf(2), { employees: 9 }));
    const runs = { ...stores.runs, addChanges: () => Promise.reject(new Error('killed')) };
    const once = { ...policies.department, stores: { ...stores, runs }, logger, source };
    expect(await readStaleEnterprises(once)).toBe(0);
    expect((await stores.facts.byUscc([usccOf(2)]))[0]?.values).toEqual({ employees: 20 });
    expect(await readStaleEnterprises({ ...policies.department, logger, source })).toBe(1);
    expect(await eligible(2)).toEqual([]);
  });

  it('wait while the graph is down', async () => {
    await deliver({ id: randomUUID(), subject: usccOf(1), data: {} });
    const down: FactsSource = { ...graphOf(), enterprise: () => Promise.reject(new GraphUnreachable('down')) };
    expect(await readStaleEnterprises({ ...policies.department, logger, source: down })).toBe(0);
    expect(await policies.department.stores.matchState.countStale()).toBe(1);
  });

  it('let go of an enterprise that is registered no longer', async () => {
    await deliver({ id: randomUUID(), subject: usccOf(2), data: {} });
    await readStaleEnterprises({ ...policies.department, logger, source: graphOf() });
    expect(await policies.department.stores.facts.count()).toBe(1);
    expect(await eligible(2)).toBeUndefined();
  });

  it('do not lose one that arrives while the enterprise is being read', async () => {
    await deliver({ id: randomUUID(), subject: usccOf(1), data: {} });
    const source: FactsSource = {
      ...graphOf(),
      enterprise: async () => {
        await deliver({ id: randomUUID(), subject: usccOf(1), data: {} });
        return fromGraph(usccOf(1), { employees: 1 });
      },
    };
    let reads = 0;
    const once: FactsSource = {
      ...source,
      enterprise: async (uscc) => ((reads += 1) === 1 ? source.enterprise(uscc) : fromGraph(uscc, { employees: 40 })),
    };
    await readStaleEnterprises({ ...policies.department, logger, source: once });
    expect(reads).toBe(2);
    expect(await eligible(1)).toEqual(['staff']);
  });
});

describe('matchChangedPolicies', () => {
  it('matches only the policies that changed', async () => {
    expect(await matchChangedPolicies(policies.department)).toBeNull();
    await policies.publish({ id: 'fresh', criteria: [{ fact: 'employees', op: 'gte', value: 20 }] });
    const outcome = await matchChangedPolicies(policies.department);
    expect(outcome?.run).toMatchObject({
      kind: 'INCREMENTAL',
      policies: [{ id: 'fresh', version: 1 }],
      done: 2,
      counts: { NEWLY_ELIGIBLE: 1 },
    });
    expect(await eligible(2)).toEqual(['fresh', 'staff']);
    expect(await matchChangedPolicies(policies.department)).toBeNull();
  });
});
