import { sendEvent } from '../../../credit/support/sent-events.js';
import {
  auditor,
  BANK,
  coordinator,
  creditUnderTest,
  enterprise,
  LEDGER_OFFICE,
  officer,
  type CreditUnderTest,
} from '../../../credit/support/credit-under-test.js';
import { NOT_REGISTERED, type World } from '../world.js';

const OWN = '91110000600037341L';
const OTHER = '91110108551385082Q';

async function write(
  credit: CreditUnderTest,
  mutation: string,
  fields: string,
  input: Record<string, unknown>,
  department = 'CZJ',
): Promise<Record<string, unknown>> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await credit.ask<Record<string, Record<string, unknown>>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} refusal { message } } }`,
    { variables: { input: { idempotencyKey: `matrix-${mutation}`, ...input } }, actor: officer(department) },
  );
  const payload = data?.[mutation];
  if (errors !== undefined || payload === undefined || payload['refusal'] !== null)
    throw new Error(JSON.stringify({ errors, payload }));
  return payload;
}

/** Credit with one promise and one debt of CZJ to an enterprise, a judgment and a dishonesty record. */
export async function creditWorld(file: string): Promise<World> {
  const credit = await creditUnderTest(file);
  credit.register({
    FGW: '咸宁市发展和改革委员会',
    CZJ: '咸宁市财政局',
    RSJ: '咸宁市人力资源和社会保障局',
    [BANK]: '中国人民银行咸宁市分行',
  });
  const promised = await write(credit, 'recordCommitment', 'commitment { id }', {
    uscc: OWN,
    promisor: 'CZJ',
    title: '奖励资金',
    kind: 'CASH',
    districtCode: '421202',
    promisedOn: '2026-01-05',
    instalments: [{ dueOn: '2026-06-30', amount: '100000.00' }],
    official: { name: '张三', post: '局长' },
    document: null,
  });
  const owed = await write(credit, 'recordArrear', 'arrear { id }', {
    uscc: OWN,
    debtor: 'CZJ',
    subject: '道路维修款',
    contractNumber: 'HT-1',
    contractSignedOn: '2026-03-01',
    deliveredOn: '2026-05-01',
    principal: '100000.00',
  });
  await write(
    credit,
    'recordJudgment',
    'creditStanding { grade }',
    {
      uscc: OWN,
      caseNumber: '(2026)鄂12民终1号',
      court: '咸宁市中级人民法院',
      amount: '50000.00',
      effectiveOn: '2026-06-01',
    },
    LEDGER_OFFICE,
  );
  await write(credit, 'recordDishonesty', 'creditStanding { grade }', {
    uscc: OWN,
    category: '逾期',
    seriousness: 'GENERAL',
    documentNumber: '咸财罚〔2026〕1号',
    from: '2026-02-01',
  });
  await sendEvent(
    credit,
    'cn.zhitong.grant-recovery.demanded',
    {
      recovery: 'R-1',
      grant: 'G-1',
      policy: 'demo-policy',
      department: 'CZJ',
      uscc: OWN,
      reason: '提前裁员',
      amount: '30000.00',
      received: '0.00',
      instalments: [{ dueOn: '2026-12-10', amount: '30000.00' }],
    },
    { subject: OWN },
  );
  return {
    callers: {
      nobody: null,
      'enterprise, own': enterprise(OWN),
      'enterprise, another': enterprise(OTHER),
      'officer, concerned': officer('CZJ'),
      'officer, another': officer('RSJ'),
      'officer, bank': officer(BANK),
      'officer, no such department': officer('GHOST'),
      coordinator,
      auditor,
      admin: { sub: 'admin', roles: ['ADMIN'] },
      service: { sub: 'machine', roles: ['SERVICE'], department: 'YSB' },
      'service, another': { sub: 'machine-2', roles: ['SERVICE'], department: 'TJJ' },
    },
    keys: {
      Enterprise: { found: OWN, none: NOT_REGISTERED },
      Department: { found: 'CZJ', none: 'NONE' },
      Commitment: { found: (promised['commitment'] as { id: string }).id, none: 'CN-2026-99999' },
      Arrear: { found: (owed['arrear'] as { id: string }).id, none: 'QK-2026-99999' },
    },
    ask: async (query, variables, actor) => credit.ask<unknown>(query, { variables, actor }),
    close: async () => credit.close(),
  };
}
