import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readMapping, runSource, type RunReport } from '@zhitong/connect';
import { createLogger } from '@zhitong/kit';
import {
  clock,
  coordinator,
  enterprisesUnderTest,
  type EnterprisesUnderTest,
} from '../../support/enterprises-under-test.js';

/** The mapping and the file that ship with the project, as the README runs them. */
const MAPPING = path.resolve('subgraphs/enterprises/connectors/market-register.yaml');
let under: EnterprisesUnderTest;
let folder: string;
beforeAll(async () => void (under = await enterprisesUnderTest(import.meta.url, 200)));
beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), 'zhitong-register-'))));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await under.close();
});

const rejects = (): string => path.join(folder, 'refused.csv');
async function run(corrected?: string): Promise<RunReport> {
  const { department, database } = under;
  const { drift, ...mapping } = await readMapping(
    MAPPING,
    { targets: await department.connectorTargets(), reads: department.connectors, environment: {} },
    corrected === undefined ? undefined : { as: 'correction', file: corrected },
  );
  return runSource({
    ...mapping,
    drift,
    connection: database.connection,
    clock,
    outbox: department.outbox,
    logger: createLogger({ name: 'test', level: 'silent' }),
    ...(corrected === undefined ? { rejectFile: rejects() } : {}),
  });
}

async function enterprise(uscc: string): Promise<unknown> {
  const { data } = await under.ask<{ enterprise: unknown }>(
    `{ enterprise(uscc: "${uscc}") { name legalForm registeredOn status registeredCapital { amount } industry { code name }
      region { code } contact { name telephone } } }`,
    { actor: coordinator },
  );
  return data?.enterprise;
}

it('takes 97 of a hundred lines in GB18030, and says of three what is wrong', async () => {
  const { run: done } = await run();
  expect(done.notes.join()).toContain('gb18030');
  expect(done.counts).toEqual({ read: 100, new: 97, changed: 0, unchanged: 0, refused: 3, skipped: 0 });
  const told = await under.department.connectors.refusals('market-register', { limit: 10 });
  expect(told.map(({ place, column }) => `${String(place.line)} ${String(column)}`).sort()).toEqual([
    '24 统一社会信用代码',
    '49 币种',
    '83 成立日期',
  ]);
  // Read by hand from the file: its first line.
  expect(await enterprise('91421222MA3L4W7M5Q')).toEqual({
    name: '通城贺胜科技股份有限公司',
    legalForm: 'JOINT_STOCK_COMPANY',
    registeredOn: '2022-02-16',
    status: 'ABNORMAL_LISTED',
    registeredCapital: { amount: '1000000.00' },
    industry: { code: 'I651', name: '软件开发' },
    region: { code: '421222' },
    contact: { name: '王丽华', telephone: '0715-8254656' },
  });
  // A character of four bytes, which GBK does not have.
  expect(await enterprise('91421224MA055QJB0U')).toMatchObject({ contact: { name: '陈𠮷祥' } });
});

it('takes the three once they are corrected, and then nothing is left to do', async () => {
  const corrected = path.join(folder, 'corrected.csv');
  writeFileSync(
    corrected,
    readFileSync(rejects(), 'utf8')
      .replace('91421221MAHG6C8334', '91421221MAHG6C833F')
      .replace('120万美元,美元', '800万元,人民币')
      .replace('2025-02-30', '2025-02-28'),
  );
  expect((await run(corrected)).run.counts).toMatchObject({ read: 3, new: 3, refused: 0 });
  expect(await enterprise('91421221MAX395G39W')).toMatchObject({ registeredCapital: { amount: '8000000.00' } });
  expect(await under.department.connectors.refusals('market-register', { limit: 10 })).toEqual([]);
});

it('writes no enterprise and no event on a second run', async () => {
  const { connection } = under.database;
  const written = async (): Promise<unknown> => [
    await connection.collection('enterprises').find().sort({ uscc: 1 }).toArray(),
    await connection.collection('outbox').countDocuments(),
  ];
  const before = await written();
  expect((await run()).run.counts).toMatchObject({ read: 100, new: 0, changed: 0, unchanged: 97 });
  expect(await written()).toEqual(before);
});
