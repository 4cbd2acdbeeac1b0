import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ASSERTION_HEADER, type Actor, type RunningSubgraph } from '@zhitong/kit';
import { enterprisesConfig } from '../../../subgraphs/enterprises/src/config.js';
import { startEnterprises } from '../../../subgraphs/enterprises/src/server.js';
import { newGateway, publishedKeys } from '../../kit/identity/keys.js';
import { enterprise, enterprisesUnderTest, type EnterprisesUnderTest } from '../support/enterprises-under-test.js';

/** A citizen's number of the standard's own examples (GB 11643-1999), in a column of names. */
const IDENTITY = '11010519491231002X';
/** Codes of real enterprises; the last has another check character than GB 32100 gives. */
const [FIRST, SECOND, WRONG] = ['91540000735548579F', '91110000600037341L', '91540000735548579G'];
const CSV = [
  '统一社会信用代码,企业名称,成立日期,联系人,联系电话,住所',
  `${FIRST},西藏本源水利水电设备有限公司,2002-01-07,次仁,13812345678,金珠西路1号`,
  `${WRONG},甲公司,2020-01-01,王丽华,13987654321,城关区1号`,
  `${SECOND},${IDENTITY},2020-01-01,王丽华,${IDENTITY},城关区2号`,
  ...Array.from({ length: 9 }, (_none, index) => `9154${String(index)},公司${String(index)},2020-01-01,李四,,`),
].join('\n');
const REGISTER = `name: register
target: enterprise
department: SCJGJ
keeper: 登记科
schedule: '30 2 * * *'
silentAfter: 26 hours
source: { kind: csv, path: register.csv }
fields:
  uscc: 统一社会信用代码
  name: 企业名称
  registeredOn: 成立日期
  contactName: 联系人
  contactTelephone: 联系电话
  contactAddress: 住所
`;

const gateway = newGateway();
const officer = (department: string): Actor => ({ sub: `officer-${department}`, roles: ['OFFICER'], department });
const ADMIN: Actor = { sub: 'admin-1', roles: ['ADMIN'] };
let city: EnterprisesUnderTest;
let department: RunningSubgraph;
let folder: string;

beforeAll(async () => {
  city = await enterprisesUnderTest(import.meta.url, 200);
  folder = mkdtempSync(path.join(tmpdir(), 'zhitong-connectors-'));
  writeFileSync(path.join(folder, 'register.csv'), `${CSV}\n`);
  writeFileSync(path.join(folder, 'register.yaml'), REGISTER);
  writeFileSync(
    path.join(folder, 'second.yaml'),
    REGISTER.replace('name: register', 'name: by-hand')
      .replace('SCJGJ', 'SHUIWJ')
      .replace(/^schedule.*\n/m, ''),
  );
  department = await startEnterprises(
    enterprisesConfig({
      ENTERPRISES_PORT: '0',
      ENTERPRISES_MONGODB_URI: city.database.uri,
      ENTERPRISES_DATABASE: city.database.name,
      ENTERPRISES_CONNECTORS_DIR: folder,
      ZHITONG_DATA_DIR: path.join(folder, 'data'),
      ZHITONG_GATEWAY_KEYS: publishedKeys(gateway),
      ZHITONG_LOG_LEVEL: 'silent',
    }),
  );
  for (;;) {
    const { data } = await connectors(ADMIN, 'name lastRun { state }');
    const register = data?.find(({ name }) => name === 'register') as { lastRun: { state: string } | null } | undefined;
    if (register?.lastRun?.state === 'DONE') break;
  }
});
afterAll(async () => {
  await department.stop();
  await city.close();
  rmSync(folder, { recursive: true });
});

interface Reply {
  readonly data: Record<string, unknown> | null;
  readonly errors?: { path?: unknown; message: string; extensions: Record<string, unknown> }[];
}

/** Asks the process over HTTP as the gateway does. */
async function ask(query: string, actor: Actor | null): Promise<Reply> {
  const body = JSON.stringify({ query });
  const response = await fetch(department.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      [ASSERTION_HEADER]: gateway.sign({ actor, department: 'enterprises', body }),
    },
    body,
  });
  return (await response.json()) as Reply;
}
async function connectors(actor: Actor | null, selection: string) {
  const { data, errors } = await ask(`{ enterpriseConnectors { ${selection} } }`, actor);
  return {
    data: data?.['enterpriseConnectors'] as Record<string, unknown>[] | null | undefined,
    codes: errors?.map(({ extensions: { code } }) => code),
  };
}
interface Page {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly Record<string, unknown>[];
}
const refusals = async (selection: string, page = '') => {
  const { data, codes } = await connectors(
    officer('SCJGJ'),
    `refusals${page} { totalCount pageInfo { hasNextPage endCursor } nodes { ${selection} } }`,
  );
  return { page: data?.[0]?.['refusals'] as Page | null | undefined, codes };
};

describe('the sources that deliver to the register', () => {
  it('were run by the process as it started, and say how they stand', async () => {
    const { data, codes } = await connectors(
      ADMIN,
      `name target departmentCode keeper schedule nextRunAt silentAfterHours isSilent openRefusals lastDoneAt
       lastRun { state counts { read new changed unchanged refused skipped } notes failure }
       runs { totalCount nodes { state } }`,
    );
    expect(codes).toBeUndefined();
    expect(data).toEqual([
      expect.objectContaining({ name: 'by-hand', departmentCode: 'SHUIWJ', nextRunAt: null, lastRun: null }),
      {
        name: 'register',
        target: 'enterprise',
        departmentCode: 'SCJGJ',
        keeper: '登记科',
        schedule: '30 2 * * *',
        // Half past two in Shanghai.
        nextRunAt: expect.stringMatching(/T18:30:00/) as unknown,
        silentAfterHours: 26,
        isSilent: false,
        openRefusals: 11,
        lastDoneAt: expect.any(String) as unknown,
        lastRun: {
          state: 'DONE',
          counts: { read: 12, new: 1, changed: 0, unchanged: 0, refused: 11, skipped: 0 },
          notes: expect.arrayContaining([expect.stringMatching(/utf-8/i)]) as unknown,
          failure: null,
        },
        runs: { totalCount: 1, nodes: [{ state: 'DONE' }] },
      },
    ]);
  });

  it('are for ADMIN, and of each department for its own officers', async () => {
    const names = async (actor: Actor | null) => {
      const { data, codes } = await connectors(actor, 'name');
      return codes ?? data?.map(({ name }) => name);
    };
    expect(await names(ADMIN)).toEqual(['by-hand', 'register']);
    expect(await names(officer('SCJGJ'))).toEqual(['register']);
    expect(await names(officer('SHUIWJ'))).toEqual(['by-hand']);
    expect(await names(officer('JYJ'))).toEqual([]);
    expect(await names(officer('RMYH'))).toEqual(['FORBIDDEN']);
    expect(await names(enterprise(FIRST))).toEqual(['FORBIDDEN']);
    for (const role of ['COORDINATOR', 'AUDITOR', 'SERVICE'] as const)
      expect(await names({ sub: 'one', roles: [role] })).toEqual(['FORBIDDEN']);
    expect(await names(null)).toEqual(['UNAUTHENTICATED']);
  });

  it('are shown although what is kept of one is damaged, which is told of that one', async () => {
    const sources = city.database.connection.collection<{ _id: string }>('connector_sources');
    const sound = await sources.findOne({ _id: 'register' });
    await sources.insertOne({ ...sound, _id: 'spoilt', schedule: 'whenever', precedence: 'first' } as never);
    const shown = await connectors(ADMIN, 'name faults schedule nextRunAt precedence');
    await sources.deleteOne({ _id: 'spoilt' });
    expect(shown).toEqual({
      codes: undefined,
      data: [
        expect.objectContaining({ name: 'by-hand', faults: [] }),
        expect.objectContaining({ name: 'register', faults: [], schedule: '30 2 * * *' }),
        {
          name: 'spoilt',
          faults: [
            '来源登记中的优先次序（precedence）已损坏，按未填写显示；重新登记该来源即可恢复',
            '来源登记中的定时（schedule）已损坏，按未填写显示；重新登记该来源即可恢复',
          ],
          schedule: null,
          nextRunAt: null,
          precedence: 2_147_483_647,
        },
      ],
    });
  });

  it('on the operations port are in the metrics', async () => {
    const response = await fetch(department.url.replace('/graphql', '/metrics'));
    expect(await response.text()).toContain('connector_rows_total{source="register",outcome="refused"} 11');
  });
});

describe('refused rows', () => {
  it('say row, column and reason in Chinese in the order of lines, with personal data masked', async () => {
    const { page } = await refusals('line column reason keeper cells { column text }', '(first: 2)');
    expect(page?.totalCount).toBe(11);
    expect(page?.nodes).toEqual([
      {
        line: 3,
        column: '统一社会信用代码',
        reason: expect.stringMatching(/第 18 位校验码是“G”，按前 17 位应当是“F”/) as unknown,
        keeper: '登记科',
        cells: expect.arrayContaining([
          { column: '企业名称', text: '甲公司' },
          { column: '联系人', text: '王**' },
          { column: '联系电话', text: '139****4321' },
        ]) as unknown,
      },
      {
        line: 4,
        column: '企业名称',
        reason: expect.stringContaining('居民身份证号码') as unknown,
        keeper: '登记科',
        cells: expect.arrayContaining([
          { column: '企业名称', text: '（身份证号）' },
          { column: '联系电话', text: '（身份证号）' },
        ]) as unknown,
      },
    ]);
    expect(JSON.stringify(page)).not.toContain('19491231');
    const kept = await city.database.connection.collection('connector_refusals').find().toArray();
    expect(JSON.stringify(kept)).not.toContain('19491231');
  });

  it('are read page by page to the end', async () => {
    const lines: unknown[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { page }: Awaited<ReturnType<typeof refusals>> = await refusals(
        'line',
        `(first: 4${after === null ? '' : `, after: "${after}"`})`,
      );
      lines.push(...(page?.nodes ?? []).map(({ line }) => line));
      ({ hasNextPage: more, endCursor: after } = page?.pageInfo ?? { hasNextPage: false, endCursor: null });
    }
    expect(lines).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  });

  it('are refused with a cursor of another list or none, and by pages that are too large', async () => {
    const { data } = await connectors(officer('SCJGJ'), 'runs { pageInfo { endCursor } }');
    const ofRuns = (data?.[0]?.['runs'] as Page).pageInfo.endCursor ?? '';
    for (const page of [`(after: "${ofRuns}")`, '(after: "none")', '(first: 201)', '(first: 100000000)', '(first: -1)'])
      expect((await refusals('line', page)).codes).toEqual(['BAD_USER_INPUT']);
    expect((await connectors(ADMIN, 'runs(first: 201) { totalCount }')).codes).toContain('BAD_USER_INPUT');
    expect((await refusals('line', '(first: 0)')).page).toMatchObject({ totalCount: 11, nodes: [] });
  });
});

describe('where the values of an enterprise came from', () => {
  const provenance = async (actor: Actor | null) => {
    const { data, errors } = await ask(
      `{ enterprise(uscc: "${FIRST}") { provenance { field source column file line key run at } } }`,
      actor,
    );
    const found = (data?.['enterprise'] as { provenance: Record<string, unknown>[] | null } | null)?.provenance;
    return { found, codes: errors?.map(({ extensions: { code } }) => code) };
  };

  it('is told by source, file, line, run and time', async () => {
    const { found } = await provenance(enterprise(FIRST));
    expect(found?.map(({ field }) => field).toSorted()).toEqual([
      'contactAddress',
      'contactName',
      'contactTelephone',
      'name',
      'registeredOn',
      'uscc',
    ]);
    expect(found?.find(({ field }) => field === 'name')).toEqual({
      field: 'name',
      source: 'register',
      column: '企业名称',
      file: 'register.csv',
      line: 2,
      key: null,
      run: expect.stringMatching(/^[0-9A-Z]{26}$/) as unknown,
      at: expect.any(String) as unknown,
    });
  });

  it('leaves out the contact for whoever needs a purpose to read it, and is for nobody else', async () => {
    // A bank's officer reads what is registered, and the contact never.
    for (const actor of [officer('JYJ'), officer('RMYH')])
      expect((await provenance(actor)).found?.map(({ field }) => field).toSorted()).toEqual([
        'name',
        'registeredOn',
        'uscc',
      ]);
    expect(await provenance(enterprise(SECOND))).toEqual({ found: null, codes: ['FORBIDDEN'] });
    expect((await provenance(null)).found ?? null).toBeNull();
  });

  it('is empty for an enterprise that no connector brought', async () => {
    const [one] = city.city.enterprises;
    const { data } = await ask(`{ enterprise(uscc: "${one?.uscc ?? ''}") { provenance { field } } }`, {
      sub: 'auditor-1',
      roles: ['AUDITOR'],
    });
    expect(data).toEqual({ enterprise: { provenance: [] } });
  });
});
