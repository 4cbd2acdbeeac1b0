import type { Actor } from '@zhitong/kit';
import { auditor, BANK, coordinator, creditUnderTest, enterprise, LEDGER_OFFICE, officer, type CreditUnderTest } from '../credit/department.js';
import { differences, type Way } from './support/try-reads.js';

const OWN = '91110000600037341L';
const OTHER = '91110108551385082Q';

let credit: CreditUnderTest;
let commitment: string;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
  credit.register({ FGW: '咸宁市发展和改革委员会', CZJ: '咸宁市财政局', RSJ: '咸宁市人力资源和社会保障局', [BANK]: '中国人民银行咸宁市分行' });
  const made = await write('recordCommitment', 'commitment { id }', {
    uscc: OWN, promisor: 'CZJ', title: '奖励资金', kind: 'CASH', districtCode: '421202', promisedOn: '2026-01-05', instalments: [{ dueOn: '2026-06-30', amount: '100000.00' }], official: { name: '张三', post: '局长' }, document: null,
  });
  commitment = (made['commitment'] as { id: string }).id;
  await write('recordJudgment', 'creditStanding { grade }', { uscc: OWN, caseNumber: '(2026)鄂12民终1号', court: '咸宁市中级人民法院', amount: '50000.00', effectiveOn: '2026-06-01' }, LEDGER_OFFICE);
  await write('recordDishonesty', 'creditStanding { grade }', { uscc: OWN, category: '逾期', seriousness: 'GENERAL', documentNumber: '咸财罚〔2026〕1号', from: '2026-02-01' });
});
afterAll(async () => credit.close());

async function write(mutation: string, fields: string, input: Record<string, unknown>, department = 'CZJ'): Promise<Record<string, unknown>> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await credit.ask<Record<string, Record<string, unknown>>>(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} refusal { message } } }`, { variables: { input: { idempotencyKey: `matrix-${mutation}`, ...input } }, actor: officer(department) });
  const payload = data?.[mutation];
  if (errors !== undefined || payload === undefined || payload['refusal'] !== null) throw new Error(JSON.stringify({ errors, payload }));
  return payload;
}

const callers: Record<string, Actor | null> = {
  nobody: null, 'enterprise, own': enterprise(OWN), 'enterprise, another': enterprise(OTHER), 'officer, concerned': officer('CZJ'), 'officer, another': officer('RSJ'), 'officer, bank': officer(BANK), 'officer, no such department': officer('GHOST'),
  coordinator, auditor, admin: { sub: 'admin', roles: ['ADMIN'] }, service: { sub: 'machine', roles: ['SERVICE'], department: 'YSB' },
};
const ask = async (query: string, variables: Record<string, unknown>, actor: Actor | null) => credit.ask<unknown>(query, { variables, actor });
const under = (type: string, key: object, below: string, place: readonly (string | number)[], name = `${type}.${below}`): Way => ({
  name, query: (selection) => `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${below.replace('#', selection)} } } }`, variables: { of: [{ __typename: type, ...key }] }, place: ['_entities', 0, ...place],
});

describe('what callers read of credit', () => {
  it('of a promise is the same by every way to it', async () => {
    const ways: Way[] = [
      { name: 'commitment', query: (selection) => `query ($id: ID!) { commitment(id: $id) { ${selection} } }`, variables: { id: commitment }, place: ['commitment'] },
      { name: 'commitments', query: (selection) => `{ commitments { nodes { ${selection} } } }`, place: ['commitments', 'nodes', 0] },
      { name: 'commitments(filter)', query: (selection) => `{ commitments(filter: { uscc: "${OWN}", promisor: "CZJ" }) { nodes { ${selection} } } }`, place: ['commitments', 'nodes', 0] },
      under('Enterprise', { uscc: OWN }, 'commitments { nodes { # } }', ['commitments', 'nodes', 0]),
      under('Enterprise', { uscc: OWN }, 'outstandingCommitments { nodes { # } }', ['outstandingCommitments', 'nodes', 0]),
      under('Commitment', { id: commitment }, '#', [], '_entities'),
    ];
    expect(await differences({ department: 'credit', type: 'Commitment', callers, ways, ask, args: { onDay: '(asOf: "2026-06-30")' } })).toEqual([]);
  });

  it('of an enterprise, its credit and a department is what the table says', async () => {
    expect(await differences({ department: 'credit', type: 'Enterprise', callers, ways: [under('Enterprise', { uscc: OWN }, '#', [], '_entities')], ask })).toEqual([]);
    expect(await differences({ department: 'credit', type: 'CreditStanding', callers: { ...callers, 'officer, concerned': officer(LEDGER_OFFICE) }, ways: [under('Enterprise', { uscc: OWN }, 'creditStanding { # }', ['creditStanding'])], ask })).toEqual([]);
    expect(await differences({ department: 'credit', type: 'Department', callers, ways: [under('Department', { code: 'CZJ' }, '#', [], '_entities')], ask })).toEqual([]);
  });
});
