import { countCommands } from '@zhitong/kit/testing';
import { enterprisesUnderTest, officer, type EnterprisesUnderTest } from '../support/enterprises-under-test.js';

let hub: EnterprisesUnderTest;
beforeAll(async () => void (hub = await enterprisesUnderTest(import.meta.url, 200)));
afterAll(async () => hub.close());

const enterprises = () => hub.database.connection.collection('enterprises');
const versionOf = async (uscc: string): Promise<string | undefined> =>
  (
    await hub.ask<{ enterprise: { factsVersion: string } }>(
      'query ($uscc: ID!) { enterprise(uscc: $uscc) { factsVersion } }',
      { variables: { uscc }, actor: officer },
    )
  ).data?.enterprise.factsVersion;
const usccAt = (at: number): string => hub.city.enterprises[at]?.uscc ?? '';
let keys = 0;
async function record(uscc: string, values: Record<string, unknown>, year = 2025): Promise<void> {
  const input = { idempotencyKey: `version-key-${String((keys += 1))}`, uscc, year, values };
  const { data } = await hub.ask<{ recordEnterpriseFacts: { refusal: unknown } }>(
    'mutation ($input: RecordEnterpriseFactsInput!) { recordEnterpriseFacts(input: $input) { refusal { code } } }',
    { variables: { input }, actor: officer },
  );
  expect(data?.recordEnterpriseFacts.refusal).toBeNull();
}
const LIST = '{ enterprises(first: 50) { nodes { uscc factsVersion } } }';

describe('Enterprise.factsVersion', () => {
  it('is another one as soon as a record of other facts is acknowledged, and the same one after a record of equal ones', async () => {
    const uscc = usccAt(0);
    await record(uscc, { employees: 77 });
    const before = await versionOf(uscc);
    await record(uscc, { employees: 78 });
    expect(await versionOf(uscc)).not.toBe(before);
    await record(uscc, { employees: 77 });
    expect(await versionOf(uscc)).toBe(before);
  });

  it('is another one when figures change against which growth is measured', async () => {
    const uscc =
      hub.city.enterprises
        .slice(20)
        .find(({ factYears }) => factYears[0]?.year === 2025 && factYears[1]?.values['employees'] !== undefined)
        ?.uscc ?? '';
    const before = await versionOf(uscc);
    await record(uscc, { employees: 4321 }, 2024);
    expect(await versionOf(uscc)).not.toBe(before);
  });

  it('stays as it is when somebody else looks after the enterprise', async () => {
    const [uscc, before] = [usccAt(2), await versionOf(usccAt(2))];
    const { data } = await hub.ask<{ assignSteward: { refusal: unknown } }>(
      'mutation ($input: AssignStewardInput!) { assignSteward(input: $input) { refusal { code message } } }',
      {
        variables: {
          input: { idempotencyKey: 'version-steward', uscc, official: hub.city.officials[0]?.id, expectedVersion: 1 },
        },
        actor: { sub: 'coordinator', roles: ['COORDINATOR'] },
      },
    );
    expect(data?.assignSteward.refusal).toBeNull();
    expect(await versionOf(uscc)).toBe(before);
  });

  it('is told of a page without reading the facts', async () => {
    const read: unknown[] = [];
    const client = hub.database.connection.getClient();
    const listener = ({ command }: { command: Record<string, unknown> }): void => void read.push(command['projection']);
    client.on('commandStarted', listener);
    await hub.ask(LIST, { actor: officer });
    client.off('commandStarted', listener);
    expect(read).toEqual([{ _id: 0, uscc: 1, name: 1, industry: 1, region: 1, factsVersions: 1 }]);
  });

  it('is worked out for records that an earlier release wrote, as it would have been stored, with one more command', async () => {
    const before = await hub.ask(LIST, { actor: officer });
    const stored = await enterprises()
      .find({}, { projection: { uscc: 1, factsVersions: 1 } })
      .toArray();
    await enterprises().updateMany({}, { $unset: { factsVersions: 1 } });
    const { result, commands } = await countCommands(hub.database.connection, async () =>
      hub.ask(LIST, { actor: officer }),
    );
    expect(result).toEqual(before);
    expect(commands).toEqual(['find', 'find']);
    const withFacts = await countCommands(hub.database.connection, async () =>
      hub.ask('{ enterprises(first: 50) { nodes { factsVersion facts } } }', { actor: officer }),
    );
    expect(withFacts.commands).toEqual(['find']);
    await enterprises().bulkWrite(
      stored.map(({ _id, factsVersions }) => ({
        updateOne: { filter: { _id }, update: { $set: { factsVersions: factsVersions as unknown } } },
      })),
    );
  });

  it('is made anew once, when the department starts, for records whose sheets had another form', async () => {
    const before = await hub.ask(LIST, { actor: officer });
    const { stores } = hub.department;
    const renew = async () =>
      stores.enterprises.renewFacts(async (usccs) => stores.factYears.newestOfYears(usccs, null));
    await enterprises().updateMany({}, { $set: { factsVersions: [{ from: '0001-01-01', version: 'earlier' }] } });
    await renew();
    expect(await hub.ask(LIST, { actor: officer })).not.toEqual(before);
    await hub.database.connection.collection('derived_forms').deleteMany({});
    await renew();
    expect(await hub.ask(LIST, { actor: officer })).toEqual(before);
  });
});
