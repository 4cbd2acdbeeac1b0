import path from 'node:path';
import { readMapping, runSource } from '@zhitong/connect';
import { createLogger, type Actor } from '@zhitong/kit';
import {
  clock,
  coordinator,
  enterprise,
  enterprisesUnderTest,
  NOW,
  officer,
  type EnterprisesUnderTest,
} from '../support/enterprises-under-test.js';

/**
 * Codes of before GB 32100-2015 was followed everywhere have another check character than the standard gives. One that
 * a person typed is taken when an officer of the registration authority has seen it on the licence.
 */
let hub: EnterprisesUnderTest;
/** The code in the 24th line of the example; by GB 32100-2015, annex B, its last character would be F. */
const [code, RIGHT] = ['91421221MAHG6C8334', 'F'];
let row: string;
const registrar: Actor = { sub: 'officer-SCJGJ', roles: ['OFFICER'], department: 'SCJGJ' };

beforeAll(async () => {
  hub = await enterprisesUnderTest(import.meta.url, 200);
  const { department, database } = hub;
  const mapping = await readMapping(path.resolve('subgraphs/enterprises/connectors/market-register.yaml'), {
    targets: await department.connectorTargets(),
    reads: department.connectors,
    environment: {},
  });
  await runSource({
    ...mapping,
    drift: mapping.drift,
    connection: database.connection,
    clock,
    outbox: department.outbox,
    logger: createLogger({ name: 'test', level: 'silent' }),
  });
  row = await rowOf(code);
});
afterAll(async () => hub.close());

async function rowOf(text: string): Promise<string> {
  const { data } = await hub.ask<{
    enterpriseConnectors: {
      name: string;
      refusals: { nodes: { id: string; reason: string; cells: { column: string; text: string }[] }[] };
    }[];
  }>('{ enterpriseConnectors { name refusals(first: 20) { nodes { id reason cells { column text } } } } }', {
    actor: registrar,
  });
  const found = data?.enterpriseConnectors
    .flatMap(({ refusals }) => refusals.nodes)
    .find(({ cells }) => cells.some((cell) => cell.text === text));
  return found?.id ?? '';
}

let keys = 0;
interface Payload {
  readonly refusal: { code: string; message: string; path: string[]; details: { zh: string } | null } | null;
  readonly [more: string]: unknown;
}
async function press(mutation: string, type: string, input: object, selection: string, actor: Actor) {
  const { data, errors } = await hub.ask<Record<string, Payload | null>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} refusal { code message path details } } }`,
    { variables: { input: { idempotencyKey: `irregular-${(keys += 1)}`, ...input } }, actor },
  );
  return { payload: data?.[mutation], codes: errors?.map(({ extensions }) => extensions?.['code']) };
}
const CONFIRMED = 'uscc reason department { code } confirmedAt account';
const confirm = async (uscc: string, actor: Actor = registrar, reason = '营业执照正本') =>
  press('confirmIrregularCode', 'ConfirmIrregularCodeInput', { uscc, reason }, `confirmation { ${CONFIRMED} }`, actor);
const correct = async () =>
  press(
    'correctEnterpriseRow',
    'CorrectRowInput',
    {
      row,
      // Personal data is not kept of a refused row, and is given anew.
      cells: [
        { column: '统一社会信用代码', text: ` ${code.toLowerCase()}` },
        { column: '联系人', text: '王丽华' },
        { column: '联系电话', text: '0715-8254656' },
        { column: '住所', text: '湖北省咸宁市嘉鱼县沙湖路1号' },
      ],
    },
    'run { counts { new refused } }',
    registrar,
  );
const TOLD = '登记机关人员确认';

it('a code that somebody types is refused with the character that is wrong, and that an officer may confirm it', async () => {
  const { payload } = await press(
    'recordEnterpriseFacts',
    'RecordEnterpriseFactsInput',
    { uscc: code, year: 2025, values: { employees: 3 } },
    'enterprise { uscc }',
    officer,
  );
  expect(payload?.refusal).toMatchObject({ code: 'INVALID', path: ['uscc'] });
  expect(payload?.refusal?.message).toContain(
    `the check character is 4, by the first 17 characters it must be ${RIGHT}`,
  );
  expect(payload?.refusal?.message).toContain('an officer of the department that keeps registrations confirms it');
  expect(payload?.refusal?.details?.zh).toContain(`第 18 位校验码是“4”，按前 17 位应当是“${RIGHT}”`);
  expect(payload?.refusal?.details?.zh).toContain(TOLD);
  // A refused row of the register says so too, and is no better when it is fed in again as it was.
  const again = await correct();
  expect(again.payload?.refusal?.details?.zh).toContain(TOLD);
});

it.each<[string, () => Actor]>([
  ['a citizen', () => enterprise(code)],
  ['a machine', () => ({ sub: 'machine', roles: ['SERVICE'], department: 'SCJGJ' })],
  ['an administrator', () => ({ sub: 'admin', roles: ['ADMIN'] })],
  ['the coordinator', () => coordinator],
  ['an officer of another department', () => officer],
])('%s confirms none', async (_who, actor) => {
  expect((await confirm(code, actor())).codes).toEqual(['FORBIDDEN']);
});

it.each([
  ['91110000600037341L', 'INVALID', '无须确认'],
  ['9111000060003734', 'INVALID', '18 位'],
  ['11010519491231002X', 'INVALID', '居民身份证'],
])('%s has nothing to confirm', async (uscc, kind, words) => {
  const { payload } = await confirm(uscc);
  expect(payload?.refusal).toMatchObject({ code: kind, path: ['uscc'] });
  expect(payload?.refusal?.details?.zh).toContain(words);
  expect(JSON.stringify(payload)).not.toContain('19491231');
});

it('confirmed with a reason it is registered as it was typed, marked, and tells who saw it when', async () => {
  expect((await confirm(code, registrar, ' ')).payload?.refusal).toMatchObject({ path: ['reason'] });
  const confirmation = {
    ...{ uscc: code, reason: '营业执照正本', department: { code: 'SCJGJ' } },
    ...{ confirmedAt: new Date(NOW).toISOString(), account: 'officer-SCJGJ' },
  };
  expect((await confirm(` ${code.toLowerCase()} `)).payload).toEqual({ confirmation, refusal: null });
  expect((await confirm(code)).payload?.refusal).toMatchObject({ code: 'CONFLICT' });

  expect((await correct()).payload).toEqual({ run: { counts: { new: 1, refused: 0 } }, refusal: null });
  const { data } = await hub.ask<{ enterprise: unknown }>(
    `{ enterprise(uscc: "${code}") { uscc hasIrregularCode codeConfirmation { ${CONFIRMED} } } }`,
    { actor: coordinator },
  );
  expect(data?.enterprise).toEqual({ uscc: code, hasIrregularCode: true, codeConfirmation: confirmation });
  // It is registered: whoever names it now is understood.
  const { payload } = await press(
    'recordEnterpriseFacts',
    'RecordEnterpriseFactsInput',
    { uscc: code, year: 2025, values: { employees: 3 } },
    'enterprise { uscc }',
    officer,
  );
  expect(payload).toEqual({ enterprise: { uscc: code }, refusal: null });
  expect((await confirm(code)).payload?.refusal?.details?.zh).toContain('已经登记');
});

it('of a regular code nobody confirmed anything', async () => {
  const uscc = hub.city.enterprises[0]?.uscc ?? '';
  const { data } = await hub.ask<{ enterprise: unknown }>(
    `{ enterprise(uscc: "${uscc}") { hasIrregularCode codeConfirmation { reason } } }`,
    { actor: coordinator },
  );
  expect(data?.enterprise).toEqual({ hasIrregularCode: false, codeConfirmation: null });
});
