import type { Actor } from '@zhitong/kit';
import { aHistory, assigned, USCC } from '../cases/support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../cases/support/cases-under-test.js';
import { differences, type Way } from './support/try-reads.js';

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url);
  await cases.given(aHistory('2026-03-02', [['2026-03-03', assigned()]], {}, 'SQ2026-000001'));
});
afterAll(async () => cases.close());

const { admin, auditor, coordinator, officer, owner, stranger } = people;
const callers: Record<string, Actor | null> = {
  nobody: null, 'enterprise, own': owner, 'enterprise, another': stranger, 'officer, concerned': officer('JRB'), 'officer, another': officer('RSJ'), 'officer, bank': officer('RMYH'), 'officer, no such department': officer('GHOST'),
  coordinator, auditor, admin, service: { sub: 'machine', roles: ['SERVICE'], department: 'YSB' },
};
const ask = async (query: string, variables: Record<string, unknown>, actor: Actor | null) => cases.ask<unknown>(query, variables, actor);
const ENTERPRISE = { of: [{ __typename: 'Enterprise', uscc: USCC }] };

describe('what callers read of cases', () => {
  it('of a case is the same by every way to it', async () => {
    const ways: Way[] = [
      { name: 'case', query: (selection) => `{ case(caseNumber: "SQ2026-000001") { ${selection} } }`, place: ['case'] },
      { name: 'cases', query: (selection) => `{ cases { nodes { ${selection} } } }`, place: ['cases', 'nodes', 0] },
      { name: 'cases(filter)', query: (selection) => `{ cases(filter: { uscc: "${USCC}", handler: "JRB" }) { nodes { ${selection} } } }`, place: ['cases', 'nodes', 0] },
      { name: 'Enterprise.cases', query: (selection) => `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Enterprise { cases { nodes { ${selection} } } } } }`, variables: ENTERPRISE, place: ['_entities', 0, 'cases', 'nodes', 0] },
      { name: '_entities', query: (selection) => `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Case { ${selection} } } }`, variables: { of: [{ __typename: 'Case', caseNumber: 'SQ2026-000001' }] }, place: ['_entities', 0] },
    ];
    expect(await differences({ department: 'cases', type: 'Case', callers, ways, ask })).toEqual([]);
  });

  it('of an enterprise and of a department is what the table says', async () => {
    const entity = (type: string, key: object): Way => ({ name: '_entities', query: (selection) => `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${selection} } } }`, variables: { of: [{ __typename: type, ...key }] }, place: ['_entities', 0] });
    expect(await differences({ department: 'cases', type: 'Enterprise', callers, ways: [entity('Enterprise', { uscc: USCC })], ask })).toEqual([]);
    cases.register(['JRB']);
    expect(await differences({ department: 'cases', type: 'Department', callers, ways: [entity('Department', { code: 'JRB' })], ask, args: { scorecard: '(from: "2026-03-01", to: "2026-03-31")' } })).toEqual([]);
  });
});
