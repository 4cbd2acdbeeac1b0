import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { utils, write } from '@e965/xlsx';
import { readMapping, runSource, type RunReport } from '@zhitong/connect';
import { createLogger } from '@zhitong/kit';
import { organisationCheckCharacter, usccCheckCharacter } from '@zhitong/values';
import iconv from 'iconv-lite';
import {
  clock,
  coordinator,
  enterprisesUnderTest,
  type EnterprisesUnderTest,
} from '../../support/enterprises-under-test.js';

/** Registers in the shapes in which real ones came, with made-up enterprises. */
let under: EnterprisesUnderTest;
let folder: string;
beforeAll(async () => void (under = await enterprisesUnderTest(import.meta.url, 200)));
beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), 'zhitong-shapes-'))));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await under.close();
});

/** A valid code of the number-th made-up enterprise. */
function code(number: number): string {
  const organisation = `MB${String(number).padStart(6, '0')}`;
  const first = `91421202${organisation}${organisationCheckCharacter(organisation)}`;
  return `${first}${usccCheckCharacter(first)}`;
}

/** Runs a mapping of these lines over a file with these bytes. */
async function deliver(
  name: string,
  bytes: Buffer,
  mapping: string,
  logger = createLogger({ name: 'test', level: 'silent' }),
): Promise<RunReport> {
  const { department, database } = under;
  writeFileSync(path.join(folder, name), bytes);
  const file = path.join(folder, `${name}.yaml`);
  writeFileSync(file, `name: ${name.replace('.', '-')}\ntarget: enterprise\ndepartment: SCJGJ\n${mapping}`);
  const targets = await department.connectorTargets();
  const read = await readMapping(file, { targets, reads: department.connectors, environment: {} });
  return runSource({
    ...read,
    connection: database.connection,
    clock,
    outbox: department.outbox,
    logger,
  });
}

const refused = async (source: string): Promise<[number, string | null, string][]> =>
  (await under.department.connectors.refusals(source, { limit: 50 })).map(({ line, column, reason }) => [
    line,
    column,
    reason,
  ]);

const told = async (uscc: string): Promise<unknown> => {
  const { data, errors } = await under.ask<{ enterprise: unknown }>(
    `{ enterprise(uscc: "${uscc}") { name registeredOn status registeredCapital { amount } industry { code } region { code } contact { address } } }`,
    { actor: coordinator },
  );
  expect(errors).toBeUndefined();
  return data?.enterprise;
};

it('an old binary workbook: a title above the header, days as serial numbers and texts, a code as a number', async () => {
  const sheet = utils.aoa_to_sheet([
    ['咸宁市市场主体登记台账（2024年）'],
    ['序号', '统一社会信用代码', '企业名称', '成立日期', '注册资本(万元)', '行业代码'],
    [1, code(1), '咸宁旧表一号有限公司', 45356, 500, 2811],
    [2, code(2).toLowerCase(), '咸宁旧表二号有限公司', '2024年3月5日', '３００', 'C2811棉浆粕'],
    [3, 914212021234567890, '咸宁旧表三号有限公司', 45356, 100, 'C28'],
    [4, code(4), '咸宁旧表四号有限公司', '2024-03', 100, 'C28'],
    [5, code(5), '咸宁旧表五号有限公司', 45356, 'N/A', 133],
    [6, code(6), '咸宁旧表六号有限公司', 45356, '/', '制造业'],
  ]);
  for (const row of [3, 5, 7, 8]) Object.assign(sheet[`D${String(row)}`] as object, { z: 'yyyy-mm-dd' });
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, '台账');
  const bytes = Buffer.from(write(book, { type: 'buffer', bookType: 'biff8' }) as Uint8Array);
  const { run } = await deliver(
    'old.xls',
    bytes,
    `source: { kind: xls, path: old.xls, headerRow: 2 }
fields:
  uscc: 统一社会信用代码
  name: 企业名称
  registeredOn: 成立日期
  registeredCapital: 注册资本(万元)
  industry: 行业代码
`,
  );
  expect(run.counts).toEqual({ read: 6, new: 3, changed: 0, unchanged: 0, refused: 3, skipped: 0 });
  expect(await refused('old-xls')).toEqual([
    [5, '统一社会信用代码', expect.stringContaining('末尾几位可能已经丢失') as unknown],
    [6, '成立日期', expect.stringContaining('只有年月') as unknown],
    [7, '行业代码', expect.stringContaining('丢了前导零') as unknown],
  ]);
  expect(await told(code(1))).toMatchObject({
    registeredOn: '2024-03-05',
    registeredCapital: { amount: '5000000.00' },
    industry: { code: 'C2811' },
  });
  expect(await told(code(2))).toMatchObject({
    registeredOn: '2024-03-05',
    registeredCapital: { amount: '3000000.00' },
  });
  expect(await told(code(6))).toMatchObject({ registeredCapital: null, industry: { code: 'C' } });
});

it('two thousand rows with six notations of capital and codes in small letters', async () => {
  /** What stands in the cell, and what it is in yuan; null: refused. */
  const capital: readonly (readonly [string, string | null])[] = [
    ['300(万)', '3000000.00'],
    ['1,200.50万元', '12005000.00'],
    ['伍佰万元整', '5000000.00'],
    ['人民币 80 万元', '800000.00'],
    ['0.35亿元', '35000000.00'],
    ['2500000元', '2500000.00'],
    ['N/A', null],
    ['120万美元', null],
  ];
  const lines = Array.from({ length: 2_000 }, (_none, index) => {
    const [text = ''] = capital[index % capital.length] ?? [];
    return `咸宁两千${String(index)}号有限公司,${code(1_000 + index).toLowerCase()},"${text}",2011/${String(1 + (index % 12))}/${String(1 + (index % 28))},湖北省咸宁市长江路１２号`;
  });
  const bytes = iconv.encode(`企业名称,统一社会信用代码,注册资金,注册日期,注册地址\n${lines.join('\n')}\n`, 'gb18030');
  const { run } = await deliver(
    'two-thousand.csv',
    bytes,
    `source: { kind: csv, path: two-thousand.csv }
fields:
  uscc: 统一社会信用代码
  name: 企业名称
  registeredCapital: 注册资金
  registeredOn: 注册日期
  contactAddress: { column: 注册地址, transforms: [half-width] }
`,
  );
  // One of eight is in dollars.
  expect(run.counts).toEqual({ read: 2_000, new: 1_750, changed: 0, unchanged: 0, refused: 250, skipped: 0 });
  for (const [index, [, amount]] of capital.slice(0, 7).entries())
    expect(await told(code(1_000 + index))).toMatchObject({ registeredCapital: amount === null ? null : { amount } });
  expect(await told(code(1_013))).toMatchObject({ registeredOn: '2011-02-14' });
  const stored = await under.database.connection.collection('enterprises').findOne({ uscc: code(1_000) });
  expect(stored?.['contact']).toMatchObject({ address: '湖北省咸宁市长江路12号' });
  expect((await refused('two-thousand-csv'))[0]).toEqual([9, '注册资金', expect.stringContaining('外币') as unknown]);
});

it('fifty-nine rows, the last two broken upstream: fifty-seven are taken', async () => {
  const lines = Array.from(
    { length: 57 },
    (_none, index) =>
      `咸宁五七${String(index)}号有限公司,${code(5_000 + index)},2002-01-${String(1 + (index % 28)).padStart(2, '0')},N/A,N/A,"${String(100 + index)}(万)","工程\n咨询、""监理""",湖北,咸宁`,
  );
  const broken = [
    `咸宁\uFFFD\uFFFD有限公司,${code(5_901)},2002-03-01,N/A,N/A,"100(万)",工程,湖北,咸宁`,
    `N/A,2002-03-02,咸宁乱序有限公司,${code(5_902)},N/A,"100(万)",工程,湖北,咸宁`,
  ];
  const header = '企业名称,统一社会信用代码,注册日期,企业类型,法人代表,注册资金,经营范围,所在省份,地区';
  const { run } = await deliver(
    'fifty-nine.csv',
    Buffer.from(`${[header, ...lines, ...broken].join('\n')}\n`),
    `source: { kind: csv, path: fifty-nine.csv }
fields: { uscc: 统一社会信用代码, name: 企业名称, registeredOn: 注册日期, registeredCapital: 注册资金 }
`,
  );
  expect(run.counts).toMatchObject({ read: 59, new: 57, refused: 2 });
  // Each record before them has two lines.
  expect(await refused('fifty-nine-csv')).toEqual([
    [116, '企业名称', expect.stringContaining('U+FFFD') as unknown],
    [117, '统一社会信用代码', expect.stringContaining('不是统一社会信用代码') as unknown],
  ]);
  expect(await told(code(5_056))).toMatchObject({
    registeredOn: '2002-01-01',
    registeredCapital: { amount: '1560000.00' },
  });
});

it('a register with many notations in each column, titles above, a header and a total between: nothing is guessed', async () => {
  /** What differs from an ordinary row, and what becomes of it: fields on the graph, or the refusal. */
  const cases: readonly (readonly [Readonly<Record<string, string>>, Readonly<Record<string, unknown>> | RegExp])[] = [
    [{ 注册资金: '500万元人民币' }, { registeredCapital: { amount: '5000000.00' } }],
    [{ 注册资金: '伍佰萬圆整' }, { registeredCapital: { amount: '5000000.00' } }],
    [{ 注册资金: '５００．０万元（人民币）' }, { registeredCapital: { amount: '5000000.00' } }],
    [{ 注册资金: '壹亿贰仟万元整' }, { registeredCapital: { amount: '120000000.00' } }],
    [{ 注册资金: '５，０００，０００．００元' }, { registeredCapital: { amount: '5000000.00' } }],
    [{ 注册资金: '暂无' }, { registeredCapital: null }],
    [{ 注册资金: '5,000,000.00' }, /^注册资金: “5,000,000\.00” 没有单位/],
    [{ 注册资金: 'USD 1,000,000' }, /^注册资金: .*外币（USD）/],
    [{ 注册资金: '500万瑞典克朗' }, /^注册资金: .*单位“万瑞典克朗”不认识/],
    [{ 注册资金: '500-1000万元' }, /^注册资金: .*不是金额/],
    // 42064 is 1 March 2015: 25569 is 1 January 1970, and 16495 days lie between.
    [{ 成立日期: '42064' }, { registeredOn: '2015-03-01' }],
    [{ 成立日期: '二〇一五年三月一日' }, { registeredOn: '2015-03-01' }],
    [{ 成立日期: '2015.03.01 ' }, { registeredOn: '2015-03-01' }],
    [{ 成立日期: '15-3-1' }, /^成立日期: .*不是日期/],
    [{ 成立日期: '3/1/2015' }, /^成立日期: .*顺序不明/],
    [{ 成立日期: '2065-03-01' }, /^成立日期: .*晚于今天/],
    [{ 登记状态: '在营（开业）企业' }, { status: 'IN_OPERATION' }],
    [{ 登记状态: '吊销，未注销' }, { status: 'LICENCE_REVOKED' }],
    [{ 登记状态: '迁出' }, /^登记状态: “迁出”：企业已迁往外地，由迁入地的登记机关登记.*请从名单中去掉这一行/],
    [{ 登记状态: '歇 业' }, /^登记状态: “歇 业”：歇业的企业仍在登记.*请填“存续”/],
    [{ 登记状态: '停业' }, /^登记状态: “停业”：停业不是登记状态/],
    [{ 登记状态: '撤销' }, /^登记状态: “撤销” 不在代码表中，应当是存续/],
    [{ 所属区县: '湖北省 咸宁市 咸安区' }, { region: { code: '421202' } }],
    [{ 所属区县: '湖北咸宁咸安区' }, { region: { code: '421202' } }],
    [{ 所属区县: '武汉市江夏区' }, /^所属区县: .*不在代码表中/],
    [{ 行业: 'Ｃ２８１１' }, { industry: { code: 'C2811' } }],
    [{ 行业: '农林牧渔业' }, { industry: { code: 'A' } }],
    [{ 行业: '111' }, /^行业: .*丢了前导零/],
  ];
  const usual = { 注册资金: '500万元', 成立日期: '2015-3-1', 登记状态: '存续', 所属区县: '咸安区', 行业: 'C2811' };
  const columns = ['企业名称', '统一社会信用代码', ...Object.keys(usual)];
  const rows = cases.map(([more], index) => {
    const uscc = [code(8_000 + index).toLowerCase(), ` ${code(8_000 + index)}\u00a0`][index % 2] ?? '';
    return [`咸宁八千${String(index)}号有限公司`, uscc, ...Object.values({ ...usual, ...more })];
  });
  const others = [
    columns,
    ['', '', '', '', '', '', ''],
    ['合计', '', '12,500万元', '', '', '', ''],
    ['', '合计', '12,500万元', '2015-3-1', '', '', ''],
    ['制表人：张三', '', '', '', '', '', ''],
  ];
  const lines = [['咸宁市市场主体登记台账'], ['填报单位：市市场监管局'], columns, ...rows, ...others];
  const bytes = iconv.encode(
    `${lines.map((cells) => columns.map((_name, at) => `"${cells[at] ?? ''}"`).join(',')).join('\r\n')}\r\n`,
    'gb18030',
  );
  const { run } = await deliver(
    'mixed.csv',
    bytes,
    `source: { kind: csv, path: mixed.csv }
fields: { uscc: 统一社会信用代码, name: 企业名称, registeredCapital: 注册资金, registeredOn: 成立日期, status: 登记状态, region: 所属区县, industry: 行业 }
`,
  );
  const reasons = new Map(
    (await refused('mixed-csv')).map(([line, column, reason]) => [line, `${column ?? ''}: ${reason}`]),
  );
  for (const [index, [, expected]] of cases.entries()) {
    if (expected instanceof RegExp) expect(reasons.get(4 + index)).toMatch(expected);
    else expect(await told(code(8_000 + index))).toMatchObject(expected);
  }
  const isRefused = cases.filter(([, expected]) => expected instanceof RegExp).length;
  expect(run.counts).toMatchObject({ read: cases.length + 4, new: cases.length - isRefused, refused: isRefused + 4 });
});

it('bad input of each kind ends in the refusal of its own row: nothing is half taken, and no person’s number is kept', async () => {
  const PERSON = '11010519491231002X';
  const [sound, wrong] = [code(9_001), code(9_002)];
  const changed = `${wrong.slice(0, 17)}${wrong.endsWith('0') ? '1' : '0'}`;
  const row = (name: string, uscc: string, capital = '100万元', day = '2015-3-1'): string =>
    [name, uscc, capital, day].join('|');
  const lines: readonly (readonly [string, RegExp | null])[] = [
    // 倈 is 82 7C: its second byte is the delimiter's. 𠮷 has four bytes, 95 34 B2 35, of which two are digits.
    [row('咸宁倈𠮷有限公司', sound), null],
    [row('咸宁坏码有限公司', changed), /第 18 位校验码是“.”，按前 17 位应当是“.”/],
    [row('咸宁某某有限公司', PERSON), /居民身份证号码（此处不予显示）/],
    [row(`王五${PERSON}`, code(9_003)), /居民身份证号码（此处不予显示）/],
    [`|${row('咸宁右移有限公司', code(9_004))}`, /有 5 列，表头有 4 列：内容可能错位/],
    [`${code(9_005)}|100万元|2015-3-1|`, /不是统一社会信用代码/],
    [row('咸宁\uFFFD\uFFFD有限公司', code(9_006)), /U\+FFFD/],
    [row('"咸宁引号有限公司', code(9_007)), /引号不成对/],
    [row('咸宁错误有限公司', code(9_008), '#REF!'), /单元格是错误值 #REF!/],
    [row('咸宁美元有限公司', code(9_009), '100万美元'), /外币/],
    [row('咸宁闰日有限公司', code(9_010), '100万元', '2015-2-29'), /不是存在的日期/],
    [row('咸宁重复有限公司', sound), /与第 2 行的主键重复/],
    [row('x'.repeat(10_000_000), code(9_011)), /超过长度上限/],
    ...['N/A', '-', '/', ''].map(
      (nothing, at) => [row(`咸宁未知${String(at)}有限公司`, code(9_020 + at), nothing), null] as const,
    ),
  ];
  const text = `${['企业名称|统一社会信用代码|注册资金|成立日期', ...lines.map(([line]) => line)].join('\n')}\n`;
  let log = '';
  const { run } = await deliver(
    'bad.csv',
    iconv.encode(text, 'gb18030'),
    `source: { kind: csv, path: bad.csv }
fields: { uscc: 统一社会信用代码, name: 企业名称, registeredCapital: 注册资金, registeredOn: 成立日期 }
`,
    createLogger({ name: 'test', level: 'trace', destination: { write: (line: string) => void (log += line) } }),
  );
  const reasons = new Map((await refused('bad-csv')).map(([line, , reason]) => [line, reason]));
  for (const [index, [, expected]] of lines.entries()) {
    if (expected === null) expect(reasons.get(index + 2)).toBeUndefined();
    else expect(reasons.get(index + 2)).toMatch(expected);
  }
  expect(run.counts).toMatchObject({ read: 17, new: 5, refused: 12 });
  expect(run.notes.join()).toContain('编码 gb18030');
  expect(await told(sound)).toMatchObject({ name: '咸宁倈𠮷有限公司', registeredCapital: { amount: '1000000.00' } });
  for (const at of [0, 1, 2, 3]) expect(await told(code(9_020 + at))).toMatchObject({ registeredCapital: null });
  const kept = await Promise.all(
    ((await under.database.connection.db?.collections()) ?? []).map(async (collection) => collection.find().toArray()),
  );
  expect(log + JSON.stringify(kept)).not.toContain('19491231');
});

it('a code of before the standard is kept with a mark where the register answers for it, and refused elsewhere', async () => {
  // A real one; by GB 32100-2015 it would end in F.
  const OLD = '91350203M0001QKT19';
  const bytes = Buffer.from(
    `代码,名称,成立日期\n${OLD.toLowerCase()},厦门老字号有限公司,2010-03-01\n${code(7_001)},咸宁新字号有限公司,2024-03-01\n`,
  );
  const mapping = (irregular: string, name: string): string => `source: { kind: csv, path: ${name} }
fields: { uscc: { column: 代码, irregular: ${irregular} }, name: 名称, registeredOn: 成立日期 }
`;
  const strict = await deliver('strict.csv', bytes, mapping('refuse', 'strict.csv'));
  expect(strict.run.counts).toMatchObject({ new: 1, refused: 1 });
  expect(await refused('strict-csv')).toEqual([[2, '代码', expect.stringContaining('按前 17 位应当是“F”') as unknown]]);
  const { run } = await deliver('kept.csv', bytes, mapping('accept', 'kept.csv'));
  expect(run.counts).toMatchObject({ new: 1, unchanged: 1, refused: 0 });
  expect(run.flags).toEqual([
    expect.objectContaining({ column: '代码', text: expect.stringContaining('按来源原样登记') as unknown }) as unknown,
  ]);
  const { data } = await under.ask(
    `{ enterprises(filter: { uscc: ["${OLD}", "${code(7_001)}"] }) { nodes { uscc hasIrregularCode } } }`,
  );
  expect(data).toEqual({
    enterprises: {
      nodes: [
        { uscc: OLD, hasIrregularCode: true },
        { uscc: code(7_001), hasIrregularCode: false },
      ],
    },
  });
});
