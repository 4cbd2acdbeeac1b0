import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { dropFolder, pushRoute, readMapping, runSource, startConnectors } from '@zhitong/connect';
import { createLogger, type Actor } from '@zhitong/kit';
import type { Job } from '@zhitong/kit/jobs';
import { Registry } from 'prom-client';
import { Webhook } from 'standardwebhooks';
import { keywordExtractor } from '../../../../subgraphs/cases/src/memory/keywords.js';
import { USCC } from '../../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../../support/cases-under-test.js';

const OTHER = '91421202MX06RBPU8C';
/** What leads to who brought the anonymous rows: none of it may be told of a row that was refused. */
const SECRET = [
  USCC.slice(0, 8),
  USCC.slice(8),
  'MX06RBPU8C',
  '湖北',
  '安泰',
  '赵六',
  '赵',
  '13812345678',
  '5678',
  '拖欠货款',
  '潜山路',
];
const HEADER = '工单编号,受理时间,问题分类,匿名,信用代码,诉求企业,来电人,来电号码,所属区县,诉求内容,来电地址';
const row = (number: string, part: Partial<Record<'at' | 'category' | 'anonymous' | 'uscc' | 'region', string>>) =>
  [
    number,
    part.at ?? '2026-11-02 09:00',
    part.category ?? '融资',
    part.anonymous ?? '是',
    part.uscc ?? USCC,
    '湖北安泰建材有限公司',
    '赵六',
    '13812345678',
    part.region ?? '421202',
    '湖北安泰建材有限公司被拖欠货款，请联系赵六',
    '潜山路8号',
  ].join(',');
/** Each is refused for another reason: by the mapping, by the registry, by the rules of a case, by its file. */
const REFUSED: Readonly<Record<string, string>> = {
  'a code that is none': row('RX-1', { uscc: '91110000600037341A' }),
  'a region that is not in the city': row('RX-2', { region: '安泰建材所在的潜山路' }),
  'a category that is a text': row('RX-3', { category: '赵六反映拖欠货款' }),
  'a day to come': row('RX-4', { at: '2027-01-01 09:00' }),
  'a cell that does not say whether': row('RX-5', { anonymous: '赵六要求保密', category: '不详' }),
  'a column too many': `${row('RX-6', {})},赵六`,
  'an enterprise that is not registered': row('RX-7', { uscc: OTHER }),
};
const NAMED = row('RX-9', { anonymous: '否', category: '不详' });
const LIST = [HEADER, ...Object.values(REFUSED), NAMED, ''].join('\n');
const MENDED: Readonly<Record<string, string>> = {
  ...{ 问题分类: '融资', 信用代码: USCC, 来电号码: '13912345678', 所属区县: '421202' },
};
const PUSH_SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const MAPPING = `name: anonymous-hotline
target: case
department: YSB
schedule: '30 2 * * *'
push: { secret: { environment: HOTLINE_SECRET }, mostBytes: 100000, bodySeconds: 1 }
source: { kind: csv, path: hotline.csv, encoding: utf-8 }
fields:
  externalNumber: 工单编号
  receivedAt: 受理时间
  category: 问题分类
  anonymous: 匿名
  uscc: 信用代码
  enterpriseName: 诉求企业
  contactName: 来电人
  contactTelephone: 来电号码
  region: 所属区县
  text: 诉求内容
`;

let under: CasesUnderTest;
let folder: string;
let logged: string[];
beforeAll(async () => void (under = await casesUnderTest(import.meta.url, '2026-11-20')));
beforeEach(async () => {
  await under.empty();
  logged = [];
  folder = mkdtempSync(path.join(tmpdir(), 'zhitong-anonymous-'));
  writeFileSync(at('hotline.yaml'), MAPPING);
  writeFileSync(at('hotline.csv'), LIST);
});
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(async () => under.close());

const at = (name: string): string => path.join(folder, name);
const register = {
  faultsOf: async (named: readonly { code: string; path: readonly (string | number)[]; kind: string }[]) =>
    named.filter(({ code }) => code !== USCC && code !== '421202').map((one) => ({ ...one, message: '' })) as never,
};
const targets = () => under.connectorTargets({ register, keywords: keywordExtractor() });
const tools = () => ({
  connection: under.connection,
  clock: { now: () => new Date('2026-11-20T04:00:00Z') },
  outbox: under.outbox,
  logger: createLogger({ name: 'test', level: 'trace', destination: { write: (line) => void logged.push(line) } }),
});
const services = () => ({ ...tools(), targets: async () => Promise.resolve(targets()) });
const run = async (file?: string, rejects: { rejectFile?: string; rejectsGoBack?: boolean } = {}) => {
  const reader = { targets: targets(), reads: under.connectors, environment: {} };
  const given = file === undefined ? undefined : ({ as: 'correction', file } as const);
  const { drift, ...mapping } = await readMapping(at('hotline.yaml'), reader, given);
  return (await runSource({ ...tools(), ...mapping, ...rejects, drift })).run;
};
/** Which of the secrets stand in a text. */
const found = (text: string): string[] => SECRET.filter((word) => text.includes(word));
const withoutNamed = (lines: readonly string[]): string => lines.filter((line) => !line.includes('RX-9')).join('\n');

interface Told {
  readonly line: number;
  readonly column: string | null;
  readonly reason: string;
  readonly cells: readonly { readonly column: string; readonly text: string }[];
}
const listed = async (actor: Actor): Promise<readonly Told[]> => {
  const { data, errors } = await under.ask<{ caseConnectors: { refusals: { nodes: Told[] } }[] }>(
    '{ caseConnectors { refusals(first: 50) { nodes { id line key column reason cells { column text } } } } }',
    {},
    actor,
  );
  expect(errors).toBeUndefined();
  return data?.caseConnectors[0]?.refusals.nodes ?? [];
};

describe('a refused row of an anonymous case', () => {
  it.each([
    ['an administrator', people.admin],
    ['an officer of the department that delivers', people.officer('YSB')],
  ])('tells %s in the list neither who brought it nor what it says', async (_who, actor) => {
    expect((await run()).counts).toMatchObject({ new: 0, refused: 8 });
    const rows = await listed(actor);
    expect(rows).toHaveLength(8);
    const anonymous = rows.filter(({ line }) => line !== 9);
    expect(found(JSON.stringify(anonymous))).toEqual([]);
    // What finds the row again stays, and so does a reason that repeats nothing.
    expect(anonymous[3]?.cells.slice(0, 5)).toEqual([
      { column: '工单编号', text: 'RX-4' },
      { column: '受理时间', text: '2027-01-01 09:00' },
      { column: '问题分类', text: '融资' },
      { column: '匿名', text: '是' },
      { column: '信用代码', text: '［匿名，不予显示］' },
    ]);
    expect(anonymous[3]).toMatchObject({ column: '受理时间', reason: expect.stringContaining('晚于现在') as unknown });
    expect(anonymous[0]).toMatchObject({ column: '信用代码', reason: expect.stringContaining('不予显示') as unknown });
    expect(anonymous[5]).toMatchObject({ line: 7, reason: expect.stringContaining('列') as unknown });
  });

  it('is told whole where the row says that it is not anonymous, personal data masked', async () => {
    await run();
    const named = (await listed(people.admin)).find(({ line }) => line === 9);
    expect(named?.cells.map(({ text }) => text)).toEqual(
      expect.arrayContaining([USCC, '湖北安泰建材有限公司', '赵*', '138****5678']),
    );
  });

  it('is kept nowhere in the database in clear', async () => {
    await run();
    for (const collection of ['connector_refusals', 'connector_rows', 'connector_runs', 'outbox']) {
      const stored = await under.connection
        .collection(collection)
        .find({ line: { $ne: 9 } })
        .toArray();
      expect([collection, found(JSON.stringify(stored))]).toEqual([collection, []]);
    }
    expect(found(logged.join('\n'))).toEqual([]);
  });

  it('has a number that nobody finds by trying codes: two rows that differ in the code alone share it', async () => {
    const numbers = async (uscc: string): Promise<string[]> => {
      await under.empty();
      writeFileSync(at('hotline.csv'), [HEADER, row('RX-1', { category: '不详', uscc }), ''].join('\n'));
      await run();
      const stored = await under.connection.collection<{ _id: string }>('connector_refusals').find().toArray();
      return stored.map(({ _id }) => _id);
    };
    expect(await numbers(USCC)).toEqual(await numbers(OTHER));
  });

  it('is withheld from the file that the hub keeps of a scheduled run, which is fed in for no case', async () => {
    const jobs: Job[] = [];
    await startConnectors({
      ...services(),
      jobs: { start: (job) => (jobs.push(job), { nudge: () => undefined, stop: async () => undefined }) },
      metrics: new Registry(),
      folder,
      rejects: at('rejects'),
    });
    await jobs.find(({ name }) => name === 'connector-run-anonymous-hotline')?.work({ isOver: () => false });
    const kept = readFileSync(at('rejects/anonymous-hotline.refused.csv'), 'utf8');
    expect(kept).toContain('RX-3');
    expect(found(withoutNamed(kept.split('\r\n')))).toEqual([]);
    expect(kept).toContain(USCC);
    const again = await run(at('rejects/anonymous-hotline.refused.csv'));
    expect(again.counts).toMatchObject({ new: 0, refused: 8 });
    expect(await under.connection.collection('cases').countDocuments()).toBe(0);
    const rows = (await listed(people.admin)).filter(({ cells }) => cells[0]?.text !== 'RX-9');
    expect([rows.length, found(JSON.stringify(rows))]).toEqual([7, []]);
  });

  it('is fed in for nothing with what was withheld of it, also where all the rest of it is mended', async () => {
    await run(undefined, { rejectFile: at('kept.csv') });
    const [header = '', ...lines] = readFileSync(at('kept.csv'), 'utf8').split('\r\n');
    const kept = lines.find((line) => line.includes('RX-3')) ?? '';
    const columns = header.split(',');
    const mended = kept
      .split(',')
      .map((cell, place) => MENDED[columns[place] ?? ''] ?? cell)
      .join(',');
    expect(mended).toContain('［匿名，不予显示］');
    writeFileSync(at('mended.csv'), [header, mended, ''].join('\r\n'));
    expect((await run(at('mended.csv'))).counts).toMatchObject({ new: 0, refused: 1 });
    expect(await under.connection.collection('cases').countDocuments()).toBe(0);
    // Given anew in its place, it is.
    const given = mended.split(',').map((cell) => (cell === '［匿名，不予显示］' ? '另行提供的内容' : cell));
    writeFileSync(at('given.csv'), [header, given.join(','), ''].join('\r\n'));
    expect((await run(at('given.csv'))).counts).toMatchObject({ new: 1, refused: 0 });
  });

  it('goes back to who delivered it as it was given, and its refusal is settled when it comes corrected', async () => {
    const rejectFile = at('own.refused.csv');
    await run(undefined, { rejectFile, rejectsGoBack: true });
    const own = readFileSync(rejectFile, 'utf8');
    for (const line of Object.values(REFUSED).slice(0, 5)) expect(own).toContain(line.split(',').slice(0, 8).join(','));
    const [header = '', ...lines] = own.split('\r\n');
    const corrected = lines
      .filter((line) => line.includes('RX-3'))
      .map((line) => line.replace('赵六反映拖欠货款', '融资'));
    writeFileSync(at('corrected.csv'), [header, ...corrected, ''].join('\r\n'));
    expect((await run(at('corrected.csv'))).counts).toMatchObject({ new: 1, refused: 0 });
    expect((await listed(people.admin)).map(({ line }) => line)).not.toContain(4);
  });

  it('stays on the list when it comes back as it was', async () => {
    const rejectFile = at('own.refused.csv');
    await run(undefined, { rejectFile, rejectsGoBack: true });
    const before = (await listed(people.admin)).map(({ cells }) => cells[0]?.text);
    const [header = '', ...lines] = readFileSync(rejectFile, 'utf8').split('\r\n');
    writeFileSync(at('same.csv'), [header, ...lines.filter((line) => !line.includes('RX-6'))].join('\r\n'));
    expect((await run(at('same.csv'))).counts).toMatchObject({ new: 0, refused: 7 });
    expect((await listed(people.admin)).map(({ cells }) => cells[0]?.text).toSorted()).toEqual(before.toSorted());
  });

  it('lies beside the file that was dropped, in the folder of who dropped it', async () => {
    mkdirSync(at('inbox'));
    const DROP = "drop: { folder: inbox, files: '*.csv', complete: rename }\n";
    writeFileSync(at('hotline.yaml'), MAPPING.replace(/^schedule: .*\n/m, DROP));
    writeFileSync(at('inbox/.a.csv'), LIST);
    renameSync(at('inbox/.a.csv'), at('inbox/a.csv'));
    await (await dropFolder(at('hotline.yaml'), { ...services(), environment: {} })).round();
    const beside = readdirSync(at('inbox/taken')).filter((name) => name.endsWith('.refused.csv'));
    expect(beside).toHaveLength(1);
    expect(readFileSync(at(`inbox/taken/${beside[0] ?? ''}`), 'utf8')).toContain('赵六');
  });

  it('is not in the report of a pushed delivery', async () => {
    const route = await pushRoute(at('hotline.yaml'), {
      ...services(),
      environment: { HOTLINE_SECRET: PUSH_SECRET },
      spool: at('spool'),
    });
    const time = new Date('2026-11-20T04:00:00Z');
    const digest = `sha-256=:${createHash('sha256').update(LIST).digest('base64')}:`;
    const headers = {
      'webhook-id': 'd-1',
      'webhook-timestamp': String(time.getTime() / 1000),
      'content-digest': digest,
      'webhook-signature': new Webhook(PUSH_SECRET).sign('d-1', time, `/connect/anonymous-hotline ${digest}`),
    };
    const request = Object.assign(Readable.from([Buffer.from(LIST)]), {
      headers,
      complete: true,
    }) as unknown as IncomingMessage;
    const { status, body } = await route.receive(request);
    expect(status).toBe(200);
    const report = body as { refused: readonly Told[] };
    expect(report.refused).toHaveLength(8);
    expect(found(JSON.stringify(report))).toEqual([]);
  });
});

describe('a source of which the column that says so is called otherwise', () => {
  it('has all its rows put aside, and tells none', async () => {
    writeFileSync(at('hotline.csv'), LIST.replace(',匿名,', ',匿名标志,'));
    const { drift, ...mapping } = await readMapping(at('hotline.yaml'), {
      targets: targets(),
      reads: under.connectors,
      environment: {},
    });
    await runSource({ ...tools(), ...mapping, drift: () => ({ ...drift(), decision: 'QUARANTINE' as const }) });
    const rows = await listed(people.admin);
    expect(rows).toHaveLength(8);
    expect(found(JSON.stringify(rows.map(({ cells }) => cells)))).toEqual([]);
  });
});

describe('two sources of one department that differ on an anonymous case', () => {
  it('are listed as differing, and tell no value of it', async () => {
    const good = (uscc: string): string => [HEADER, row('RX-1', { uscc }), ''].join('\n');
    const registered = [OTHER, USCC];
    const known = { faultsOf: async () => [] };
    for (const [index, uscc] of registered.entries()) {
      writeFileSync(at('hotline.csv'), good(uscc));
      writeFileSync(at('hotline.yaml'), MAPPING.replace('anonymous-hotline', `list-${String(index)}`));
      const { drift, ...mapping } = await readMapping(at('hotline.yaml'), {
        targets: under.connectorTargets({ register: known, keywords: keywordExtractor() }),
        reads: under.connectors,
        environment: {},
      });
      await runSource({ ...tools(), ...mapping, drift });
    }
    const { data } = await under.ask(
      '{ caseConnectors { conflicts(first: 50) { nodes { field won lost } } } }',
      {},
      people.admin,
    );
    expect(JSON.stringify(data)).toContain('"field":"uscc"');
    expect(found(JSON.stringify(data))).toEqual([]);
    for (const uscc of registered) expect(JSON.stringify(data)).not.toContain(uscc);
  });
});
