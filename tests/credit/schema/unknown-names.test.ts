import { CITY_DEPARTMENTS } from '../../support/told-register.js';
import { creditScenarios, OTHER, OWN } from '../../rights/scenarios/credit.js';
import { freshKey } from '../../rights/write-rights.js';
import { auditor, creditUnderTest, keeper, type CreditUnderTest } from '../support/credit-under-test.js';

let credit: CreditUnderTest;
beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
  credit.registry.isRegistered = (uscc) => uscc === OWN;
  credit.registry.projects = { 'XN-2024-0007': OWN, 'XN-2024-0008': OTHER };
});
afterAll(async () => credit.close());

/**
 * A real code of the register whose check character is another than GB 32100 gives (F), and the same mistyped once
 * more.
 */
const IRREGULAR = '91350203M0001QKT19';
const MISTYPED = '91350203M0001QKT18';

const scenarios = creditScenarios(() => credit);
interface Payload {
  refusal: { code: string; message: string; path: string[] } | null;
}
/** Runs a mutation as the office that keeps the ledger (an auditor's as an auditor), with some of its input changed. */
async function write(mutation: string, change: Record<string, unknown>, input?: Record<string, unknown>) {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const whole = { idempotencyKey: freshKey(), ...(input ?? (await scenarios[mutation]?.prepare())), ...change };
  const { data, errors } = await credit.ask<Record<string, Payload | null>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { refusal { code message path } } }`,
    {
      variables: { input: whole },
      actor: mutation === 'referCommitment' ? auditor : keeper,
    },
  );
  return { refusal: data?.[mutation]?.refusal, code: errors?.[0]?.extensions?.['code'], errors, input: whole };
}
/** How much is stored, in every collection but what is kept of the registry. */
const stored = async (): Promise<Record<string, number>> => {
  const collections = ((await credit.database.connection.db?.collections()) ?? []).filter(
    ({ collectionName }) => collectionName !== 'register_lists',
  );
  return Object.fromEntries(
    await Promise.all(
      collections.map(async (collection) => [collection.collectionName, await collection.countDocuments()] as const),
    ),
  );
};

describe('a name that the registry does not know', () => {
  it.each([
    ['recordCommitment', { promisor: 'XYZ' }, ['promisor']],
    ['recordCommitment', { uscc: OTHER }, ['uscc']],
    ['recordCommitment', { districtCode: '110101' }, ['districtCode']],
    ['recordCommitment', { project: 'XN-1999-0001' }, ['project']],
    ['recordCommitment', { project: 'XN-2024-0008' }, ['project']],
    ['transferCommitment', { to: 'XYZ' }, ['to']],
    ['succeedDepartment', { to: 'XYZ' }, ['to']],
    ['succeedDepartment', { from: 'XYZ' }, ['from']],
    ['referCommitment', { referredTo: 'XYZ' }, ['referredTo']],
    ['recordArrear', { debtor: 'XYZ' }, ['debtor']],
    ['recordArrear', { uscc: OTHER }, ['uscc']],
    ['recordDishonesty', { uscc: OTHER }, ['uscc']],
    ['recordJudgment', { uscc: OTHER }, ['uscc']],
    ['signPledge', { uscc: OTHER }, ['uscc']],
    ['signPledge', { department: 'XYZ' }, ['department']],
    ['openApprovalItem', { uscc: OTHER }, ['uscc']],
    ['openApprovalItem', { department: 'XYZ' }, ['department']],
    ['openApprovalItem', { project: 'XN-1999-0001' }, ['project']],
  ])('is refused with its place, and nothing is written: %s %j', async (mutation, change, path) => {
    const input = await scenarios[mutation]?.prepare();
    const before = await stored();
    const { refusal } = await write(mutation, change, input);
    expect(refusal).toMatchObject({
      code: 'INVALID',
      path,
      message: expect.stringContaining(String(Object.values(change)[0])) as unknown,
    });
    expect(await stored()).toEqual(before);
  });

  it('may be that of a dissolved department, as long as it owes something here', async () => {
    const input = await scenarios['succeedDepartment']?.prepare();
    const { ZJJ, ...left } = CITY_DEPARTMENTS;
    credit.register(left);
    expect((await write('succeedDepartment', {}, input)).refusal).toBeNull();
    credit.register({ ...left, ZJJ: ZJJ ?? '' });
  });

  it('takes a project of the enterprise itself', async () => {
    expect((await write('recordCommitment', { project: 'XN-2024-0007' })).refusal).toBeNull();
  });
});

describe('a code with an irregular check character', () => {
  // The pledge first: whoever has a dishonesty record may sign none.
  const NAMED_BY = [
    'signPledge',
    'recordCommitment',
    'recordArrear',
    'recordDishonesty',
    'recordJudgment',
    'openApprovalItem',
  ];
  beforeEach(() => void (credit.registry.isRegistered = (uscc) => uscc === OWN || uscc === IRREGULAR));
  afterAll(() => void (credit.registry.isRegistered = (uscc) => uscc === OWN));

  it.each(NAMED_BY)('is taken where the register has it, in any spelling: %s', async (mutation) => {
    const { refusal, errors } = await write(mutation, { uscc: ' 91350203m0001qkt19' });
    expect({ refusal, errors }).toEqual({ refusal: null, errors: undefined });
  });

  it.each(NAMED_BY)('is mistyped where the register does not have it, and nothing is written: %s', async (mutation) => {
    const input = await scenarios[mutation]?.prepare();
    const before = await stored();
    const { refusal } = await write(mutation, { uscc: MISTYPED }, input);
    expect(refusal).toMatchObject({
      code: 'INVALID',
      path: ['uscc'],
      message: expect.stringContaining('must be F') as unknown,
    });
    expect(await stored()).toEqual(before);
  });

  it('filters the ledger, and is refused as mistyped where nobody has it', async () => {
    const list = async (uscc: string) =>
      credit.ask('query ($uscc: ID!) { commitments(filter: { uscc: $uscc }) { nodes { enterprise { uscc } } } }', {
        variables: { uscc },
        actor: auditor,
      });
    expect((await list(IRREGULAR)).data).toEqual({ commitments: { nodes: [{ enterprise: { uscc: IRREGULAR } }] } });
    expect((await list(MISTYPED)).errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argumentPath: ['filter', 'uscc'],
    });
  });
});

describe('while the registry does not answer', () => {
  it('what names an enterprise that was not asked for yet is unavailable, writes nothing and can be sent again', async () => {
    const input = {
      idempotencyKey: freshKey(),
      ...(await scenarios['recordArrear']?.prepare()),
      uscc: '91421202MX06RBPU8C',
    };
    credit.registry.isRegistered = () => true;
    credit.registry.isDown = true;
    const before = await stored();
    const { errors } = await write('recordArrear', {}, input);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'DEPARTMENT_UNAVAILABLE', subgraph: 'enterprises' });
    expect(await stored()).toEqual(before);
    credit.registry.isDown = false;
    expect((await write('recordArrear', {}, input)).refusal).toBeNull();
  });

  it.each([OWN, IRREGULAR])('what was done before is answered as before: %s', async (uscc) => {
    const { input, refusal } = await write('recordArrear', { uscc });
    expect(refusal).toBeNull();
    credit.registry.isDown = true;
    expect(await write('recordArrear', {}, input)).toMatchObject({ refusal: null, errors: undefined });
    credit.registry.isDown = false;
  });
});
