import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { connectorReads, readMapping, runSource, undoRun, type RunReport } from '@zhitong/connect';
import { createLogger, type Actor } from '@zhitong/kit';
import { documentNumber, policyIdOf } from '../../../../subgraphs/policies/src/domain/format/document-number.js';
import { writePolicy } from '../../../../subgraphs/policies/src/domain/format/import-format.js';
import { saveDraft } from '../../../../subgraphs/policies/src/usecases/save-draft.js';
import { fileOf } from '../../../connect/support/files.js';
import {
  auditor,
  banker,
  NOW,
  officer,
  plainPolicy,
  policiesUnderTest,
  type PoliciesUnderTest,
} from '../../support/policies-under-test.js';
import { readPolicy } from '../../../../subgraphs/policies/src/domain/format/import-format.js';
import { inTransaction } from '@zhitong/kit/mongo';

const MAPPING = 'subgraphs/policies/connectors/policy-list.yaml';
let under: PoliciesUnderTest;
let moment = NOW.getTime();
beforeAll(async () => void (under = await policiesUnderTest(import.meta.url)));
beforeEach(async () => under.reset());
afterAll(async () => under.close());

const register = {
  faultsOf: async (named: readonly { code: string; path: readonly string[] }[]) =>
    named
      .filter(({ code }) => code !== '421200')
      .map(({ code, path }) => ({
        message: `There is no area ${code}.`,
        reason: 'UNKNOWN_NAME',
        zh: `没有行政区划 ${code}`,
        path: [...path],
      })),
};
const clock = { now: () => new Date((moment += 60_000)) };
const targets = async () => under.department.connectorTargets(register);
async function run(mapping = MAPPING): Promise<RunReport> {
  const { connection } = under.database;
  const { drift, ...read } = await readMapping(mapping, {
    targets: await targets(),
    reads: connectorReads(connection),
    environment: {},
  });
  const logger = createLogger({ name: 'test', level: 'silent' });
  return runSource({ ...read, drift, connection, clock, outbox: under.department.outbox, logger });
}
const id = (number: string): string => policyIdOf(number);
const versions = async (number: string) => under.department.stores.versions.versions(id(number));
const refusals = async () =>
  (await connectorReads(under.database.connection).refusals('policy-list', { limit: 10 }))
    .map(({ place, column, reason }) => [place.line, column, reason])
    .sort(([a], [b]) => Number(a) - Number(b));

it('the list becomes drafts of the office that delivers, and nothing is published', async () => {
  const { run: done } = await run();
  expect(done.counts).toEqual({ read: 6, new: 3, changed: 0, unchanged: 0, refused: 3, skipped: 0 });
  const [draft] = await versions('咸人社发〔2026〕12号');
  expect(draft).toMatchObject({
    state: 'DRAFT',
    createdBy: 'connector:policy-list',
    content: {
      title: '失业保险稳岗返还实施办法',
      issuerCode: 'RSJ',
      exemptFromApplication: true,
      window: { from: '2026-03-10', to: '2026-12-31' },
      budgetFen: 1_200_000_000,
      legalBasis: '咸人社发〔2026〕12号',
      benefit: { kind: 'subsidy' },
    },
  });
  // Another series with the same year and number is another policy; a spelling of a number is none.
  expect((await versions('咸人社函〔2026〕12号'))[0]?.content.window).toEqual({ from: '2026-04-02', to: null });
  expect(await versions('咸人社发〔2026〕13号')).toHaveLength(1);
  expect(await under.department.stores.versions.published()).toEqual([]);
  expect(await refusals()).toEqual([
    [5, '文号', expect.stringContaining('不是文号') as unknown],
    [6, '适用区划', expect.stringContaining('登记库中没有') as unknown],
    [7, '有效期至', '有效期止于 2026-06-01，早于开始的 2026-12-01'],
  ]);
});

it('its sources and runs are in the graph for ADMIN and the department that delivers, with why a run failed', async () => {
  await run();
  await expect(
    run(fileOf(readFileSync(MAPPING, 'utf8').replace('policy-list.csv', 'gone.csv'), 'gone.yaml')),
  ).rejects.toThrow();
  const fields = 'name lastRun { state failure why { code parameters english chinese } } runs { totalCount }';
  const asked = async (actor: Actor | null) => {
    const { data, errors } = await under.ask<{ policyConnectors: unknown[] | null }>(
      `{ policyConnectors { ${fields} refusals { totalCount } } }`,
      { actor },
    );
    return errors?.map(({ extensions }) => extensions?.['code']) ?? data?.policyConnectors;
  };
  const chinese = 'gone.csv 无法打开（ENOENT）。';
  const english = 'gone.csv cannot be opened (ENOENT).';
  const why = { code: 'CANNOT_OPEN', parameters: { name: 'gone.csv', why: 'ENOENT' }, english, chinese };
  const lastRun = { state: 'REFUSED', failure: chinese, why };
  const all = [{ name: 'policy-list', lastRun, runs: { totalCount: 2 }, refusals: { totalCount: 3 } }];
  expect(await asked({ sub: 'admin', roles: ['ADMIN'] })).toEqual(all);
  expect(await asked(officer)).toEqual(all);
  expect(await asked({ ...officer, department: 'SCJGJ' })).toEqual([]);
  expect(await asked(banker)).toEqual(['FORBIDDEN']);
  expect(await asked(auditor)).toEqual(['FORBIDDEN']);
});

it('a list that comes again changes nothing, and takes no officer’s criteria away', async () => {
  await run();
  expect((await run()).run.counts).toMatchObject({ new: 0, changed: 0, unchanged: 3 });
  const number = '咸人社发〔2026〕12号';
  const [draft] = await versions(number);
  const { criteria } = plainPolicy;
  const { policy } = readPolicy(
    { ...writePolicy(draft?.content ?? ({} as never)), criteria, title_zh: '改' },
    '2026-11-20',
  );
  if (policy === null) throw new Error('the draft cannot be read');
  await inTransaction(under.database.connection, async (session) =>
    saveDraft(under.department.stores, policy, { by: 'officer', now: NOW, mayWrite: () => true, session }),
  );
  // The source says something new of it: what it said of the other row stands as it was.
  await under.database.connection
    .collection<{ _id: string }>('connector_rows')
    .updateOne({ _id: `policy-list/${number}` }, { $set: { hash: null } });
  expect((await run()).run.counts).toMatchObject({ changed: 1, unchanged: 2 });
  const [newest] = await versions(number);
  expect(newest?.content.title).toBe('失业保险稳岗返还实施办法');
  expect(newest?.content.criteria).toHaveLength(1);
});

describe('two rows of one list that are one policy', () => {
  const [first, second] = ['咸人社发〔2026〕12号', '咸人社发[2026] 第012号'];
  const listOf = (...rows: readonly (readonly [number: string, id: string, title: string])[]): string => {
    const lines = rows.map(([number, code, title]) => `${number},${code},${title},市人社局,补贴,补贴若干`);
    const list = ['文号,政策编码,政策名称,发文单位,支持方式,支持内容', ...lines].join('\n');
    const text = `name: policy-list\ntarget: policy\ndepartment: RSJ\nsource: { kind: csv, path: list.csv }
fields: { documentNumber: 文号, policyId: 政策编码, title: 政策名称, issuer: 发文单位, benefit: 支持方式, benefitText: 支持内容 }\n`;
    const file = fileOf(text, 'list.yaml');
    writeFileSync(path.join(path.dirname(file), 'list.csv'), list);
    return file;
  };

  it.each([
    ['one number in two spellings', [first, '-', '稳岗返还'], [second, '-', '另一件事']],
    ['one id', [first, 'steady-jobs', '稳岗返还'], ['咸人社函〔2026〕3号', 'steady-jobs', '另一件事']],
    [
      'the id that is made of the other’s number',
      [first, '-', '稳岗返还'],
      ['咸人社函〔2026〕3号', id(first), '另一件事'],
    ],
  ] as const)(
    'by %s: the second is refused with the line of the first, and overwrites nothing',
    async (_by, one, two) => {
      const { run: done } = await run(listOf(one, two));
      expect(done.counts).toMatchObject({ read: 2, new: 1, refused: 1 });
      expect(await refusals()).toEqual([[3, '文号', expect.stringContaining('与第 2 行是同一条记录') as unknown]]);
      const drafts = await under.department.stores.versions.versions(one[1] === '-' ? id(one[0]) : one[1]);
      expect(drafts.map(({ content }) => content.title)).toEqual(['稳岗返还']);
    },
  );
});

it('of another department is refused, and a published version gets a draft beside it', async () => {
  const number = '咸人社发〔2026〕12号';
  await under.publish({ id: id(number), issuer_code: 'RSJ' }, { id: id('咸人社函〔2026〕12号'), issuer_code: 'SWJ' });
  await run();
  expect((await versions(number)).map(({ state, version }) => [version, state])).toEqual([
    [2, 'DRAFT'],
    [1, 'PUBLISHED'],
  ]);
  expect((await refusals())[0]).toEqual([4, '文号', expect.stringContaining('属于其他部门') as unknown]);
});

it('can be undone as long as nobody has worked on a draft', async () => {
  const { run: done } = await run();
  const number = '咸人社函〔2026〕12号';
  const { stores } = under.department;
  await inTransaction(under.database.connection, async (session) =>
    stores.versions.publish(
      id(number),
      1,
      { publishedAt: NOW, publishedBy: 'officer', effective: { from: '2026-04-02', to: null } },
      session,
    ),
  );
  const [target] = await targets();
  if (target === undefined) throw new Error('there is no target');
  const { connection } = under.database;
  const { undoing } = await undoRun({ connection, target, runId: done._id, by: 'test', clock });
  expect(undoing).toMatchObject({ undone: 2, left: 1 });
  expect(await versions('咸人社发〔2026〕12号')).toEqual([]);
  expect((await versions(number))[0]?.state).toBe('PUBLISHED');
});

describe('a document number', () => {
  it.each([
    ['咸人社发〔2026〕12号', '咸人社发〔2026〕12号'],
    ['咸人社发[2026]第012号', '咸人社发〔2026〕12号'],
    ['咸人社发（2026） 12 号', '咸人社发〔2026〕12号'],
    ['国办发【2024】5号', '国办发〔2024〕5号'],
    ['咸人社发2026-15', null],
    ['〔2026〕12号', null],
    ['咸人社发〔26〕12号', null],
  ])('%s is %s', (text, expected) => {
    expect(documentNumber(text)).toBe(expected);
  });

  it('gives an id that a policy file takes', () => {
    expect(policyIdOf('咸人社发〔2026〕12号')).toMatch(/^doc-2026-12-[0-9a-f]{8}$/);
    expect(policyIdOf('咸人社函〔2026〕12号')).not.toBe(policyIdOf('咸人社发〔2026〕12号'));
  });
});
