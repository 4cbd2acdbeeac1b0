import { LEDGER_OFFICE, officer } from '../credit/support/credit-under-test.js';
import { differences, type Way } from './support/try-reads.js';
import type { World } from './support/world.js';
import { creditWorld } from './support/worlds/credit.js';

let world: World;
let asked: Pick<World, 'callers' | 'ask'>;
let uscc: string;
let commitment: string;
beforeAll(async () => {
  world = await creditWorld(import.meta.url);
  asked = { callers: world.callers, ask: world.ask };
  uscc = world.keys['Enterprise']?.found ?? '';
  commitment = world.keys['Commitment']?.found ?? '';
});
afterAll(async () => world.close());

const under = (
  type: string,
  key: object,
  below: string,
  place: readonly (string | number)[],
  name = `${type}.${below}`,
): Way => ({
  name,
  query: (selection) =>
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${below.replace('#', selection)} } } }`,
  variables: { of: [{ __typename: type, ...key }] },
  place: ['_entities', 0, ...place],
});

describe('what callers read of credit', () => {
  it('of a promise is the same by every way to it', async () => {
    const ways: Way[] = [
      {
        name: 'commitment',
        query: (selection) => `query ($id: ID!) { commitment(id: $id) { ${selection} } }`,
        variables: { id: commitment },
        place: ['commitment'],
      },
      {
        name: 'commitments',
        query: (selection) => `{ commitments { nodes { ${selection} } } }`,
        place: ['commitments', 'nodes', 0],
      },
      {
        name: 'commitments(filter)',
        query: (selection) =>
          `{ commitments(filter: { uscc: "${uscc}", promisor: "CZJ" }) { nodes { ${selection} } } }`,
        place: ['commitments', 'nodes', 0],
      },
      under('Enterprise', { uscc }, 'commitments { nodes { # } }', ['commitments', 'nodes', 0]),
      under('Enterprise', { uscc }, 'outstandingCommitments { nodes { # } }', ['outstandingCommitments', 'nodes', 0]),
      under('Commitment', { id: commitment }, '#', [], '_entities'),
    ];
    expect(
      await differences({
        department: 'credit',
        type: 'Commitment',
        ways,
        ...asked,
        args: { onDay: '(asOf: "2026-06-30")' },
      }),
    ).toEqual([]);
  });

  it('of an enterprise, its credit and a department is what the table says', async () => {
    expect(
      await differences({
        department: 'credit',
        type: 'Enterprise',
        ways: [under('Enterprise', { uscc }, '#', [], '_entities')],
        ...asked,
        args: { commitmentApproval: '(department: "CZJ")' },
      }),
    ).toEqual([]);
    expect(
      await differences({
        department: 'credit',
        type: 'CreditStanding',
        ways: [under('Enterprise', { uscc }, 'creditStanding { # }', ['creditStanding'])],
        ask: world.ask,
        callers: { ...world.callers, 'officer, concerned': officer(LEDGER_OFFICE) },
      }),
    ).toEqual([]);
    expect(
      await differences({
        department: 'credit',
        type: 'Department',
        ways: [under('Department', { code: 'CZJ' }, '#', [], '_entities')],
        ...asked,
      }),
    ).toEqual([]);
  });
});
