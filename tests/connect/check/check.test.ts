import iconv from 'iconv-lite';
import path from 'node:path';
import { Writable } from 'node:stream';
import { checkMapping, guessFile } from '../../../connect/src/check/index.js';
import { loadMapping } from '../../../connect/src/mapping/index.js';
import { fileOf } from '../support/files.js';
import { ENTERPRISE, TARGETS } from '../support/targets.js';

const CSV = iconv.encode(
  '企业名称,统一社会信用代码,注册资金,电话\n' +
    '西藏本源水利水电设备有限公司,91540000735548579F,300(万),13812345678\n' +
    '乙,91540000735548579G,1(万),\n' +
    '丙,11010519491231002X,1(万),\n' +
    '丁,91540000735547701K,500万美元,\n',
  'gb18030',
);
const MAPPING = `name: register
target: enterprise
department: SCJG
source: { kind: csv, path: delivery.csv }
fields:
  uscc: 统一社会信用代码
  name: 企业名称
  registeredCapital: 注册资金
  telephone: 电话
`;

async function printed(work: (out: Writable) => Promise<boolean>): Promise<[boolean, string]> {
  let text = '';
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  return [await work(out), text];
}

const check = (text: string, file: string): Promise<[boolean, string]> =>
  printed((out) =>
    checkMapping(
      {
        file: 'm.yaml',
        text,
        targets: TARGETS,
        surroundings: { folder: path.dirname(file), environment: {} },
        seen: null,
      },
      out,
    ),
  );

describe('checking a mapping', () => {
  it('shows the first rows as they would land, and why others would not', async () => {
    const [isSound, text] = await check(MAPPING, fileOf(CSV));
    expect(isSound).toBe(true);
    expect(text).toContain('编码 gb18030');
    expect(text).toMatch(/^line +uscc +name +registeredCapital +telephone$/m);
    expect(text).toMatch(/^2 +91540000735548579F +西藏本源水利水电设备有限公司 +300000000 +\*\*\*$/m);
    expect(text).toMatch(/^line 3, 统一社会信用代码: .*第 18 位校验码是“G”，按前 17 位应当是“F”/m);
    expect(text).toMatch(/^line 5, 注册资金: .*外币/m);
    expect(text).toContain('Of the first 4 records 1 are taken, 3 refused, 0 passed over.');
    expect(text).not.toContain('110105');
    expect(text).not.toContain('13812345678');
  });

  it('shows moments as the clocks of Shanghai show them', async () => {
    const file = fileOf('企业名称,统一社会信用代码,核验时间\n甲,91540000735548579F,2024-03-05\n');
    const mapping = MAPPING.replace(/  registeredCapital.*\n.*\n/, '  checkedAt: 核验时间\n');
    expect((await check(mapping, file))[1]).toMatch(/^2 +91540000735548579F +甲 +2024-03-05T00:00:00\+08:00$/m);
  });

  it('tells the faults of the file by line', async () => {
    const [isSound, text] = await check(MAPPING.replace('  telephone', '  telefone'), fileOf(CSV));
    expect(isSound).toBe(false);
    expect(text).toContain('m.yaml:9:3 "enterprise" has no field "telefone"; "telephone" is meant?');
  });

  it('tells what stops a run', async () => {
    const [isSound, text] = await check(MAPPING.replace('uscc: 统一社会信用代码', 'uscc: 信用代码'), fileOf(CSV));
    expect(isSound).toBe(false);
    expect(text).toContain('列“信用代码”（对应“统一社会信用代码”）似乎已改名为“统一社会信用代码”：停止运行');
    expect((await check(MAPPING, fileOf('', 'delivery.csv')))[1]).toContain('is empty');
  });
});

describe('guessing a mapping', () => {
  it('prints one that loads and takes the file', async () => {
    const file = fileOf(CSV);
    const surroundings = { folder: path.dirname(file), environment: {} };
    const [isRead, yaml] = await printed((out) =>
      guessFile({ file, target: ENTERPRISE, department: 'SCJG', surroundings, schema: '../mapping.schema.json' }, out),
    );
    expect(isRead).toBe(true);
    expect(loadMapping(yaml, TARGETS).ok).toBe(true);
    expect((await check(yaml, file))[1]).toContain('Of the first 4 records 1 are taken, 3 refused');
  });
});
