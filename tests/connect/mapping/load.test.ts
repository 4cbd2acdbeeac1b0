import { loadMapping } from '../../../connect/src/mapping/index.js';
import { TARGETS } from '../support/targets.js';

const SOUND = `# yaml-language-server: $schema=../../connect/mapping.schema.json
name: market-regulator
target: enterprise
department: SCJG
source:
  kind: csv
  path: enterprises.csv
  encoding: gbk
fields:
  uscc: 统一社会信用代码
  name:
    column: [企业名称, 名称]
    transforms: [half-width]
    contract: required
  registeredCapital:
    column: 注册资本 （万元）
schedule: '30 2 * * *'
silentAfter: 26 hours
sweep: { safetyShare: 0.05 }
precedence: 2
`;

/** Line, column and sentence of every fault. */
function faultsOf(text: string): string[] {
  const loaded = loadMapping(text, TARGETS);
  return loaded.ok
    ? []
    : loaded.faults.map(({ line, column, message }) => `${String(line)}:${String(column)} ${message}`);
}

const changed = (from: string, to: string): string[] => {
  expect(SOUND).toContain(from);
  return faultsOf(SOUND.replace(from, to));
};

describe('a mapping file', () => {
  it('that is sound is read, its headers in their normal form', () => {
    const loaded = loadMapping(SOUND, TARGETS);
    expect(loaded).toMatchObject({
      ok: true,
      mapping: {
        name: 'market-regulator',
        department: 'SCJG',
        silentAfter: 93_600,
        sweep: { safetyShare: 0.05 },
        timeZone: 'Asia/Shanghai',
        fields: {
          registeredCapital: { columns: ['注册资本(万元)'], contract: 'evolve' },
          name: { contract: 'required' },
        },
      },
    });
  });

  it('names an unknown key where the key stands, and the one that is meant', () => {
    expect(changed('    transforms:', '    transform:')).toEqual([
      '13:5 "fields.name" has no setting "transform"; "transforms" is meant?',
    ]);
    expect(changed('schedule:', 'shedule:')).toEqual(['17:1 A mapping has no setting "shedule"; "schedule" is meant?']);
    expect(changed('  encoding: gbk', '  encodng: gbk')).toEqual([
      '8:3 "source" has no setting "encodng"; "encoding" is meant?',
    ]);
  });

  it('names a field that the target has not, and one that it must have', () => {
    expect(changed('  registeredCapital:', '  registredCapital:')).toEqual([
      '15:3 "enterprise" has no field "registredCapital"; "registeredCapital" is meant?',
    ]);
    expect(changed('  uscc: 统一社会信用代码\n', '')).toEqual([
      '9:1 The field "uscc" (统一社会信用代码) must be mapped: "enterprise" takes no record without it.',
    ]);
    expect(changed('target: enterprise', 'target: enterprises')[0]).toMatch(
      /^3:9 No department takes "enterprises"; "enterprise" is meant\?/,
    );
  });

  it.each([
    ["schedule: '30 2 * * *'", "schedule: '61 2 * * *'", /^17:11 "61 2 \* \* \*" is no schedule: /],
    ['encoding: gbk', 'encoding: klingon', /^8:13 "klingon" is no encoding/],
    ['26 hours', 'soon', /^18:14 "soon" is no duration/],
    ['safetyShare: 0.05', 'safetyShare: 5', /^19:23 "sweep.safetyShare" must be <= 1/],
    ['kind: csv', 'kind: excel', /^6:9 "source" must state a "kind" that is known: csv, xlsx/],
    ['  kind: csv\n', '', /^6:3 "source" must state a "kind"/],
    ['precedence: 2', 'precedence: high', /^20:13 "precedence" must be integer, not "high"/],
    ['[half-width]', '[halfwidth]', /^13:18 "fields.name.transforms.0" must be one of trim, half-width/],
    ['column: 注册资本 （万元）', 'unit: 万元', /^16:5 State a column or a constant|^15:3/],
    ['column: 注册资本 （万元）', 'column: 资本\n    unit: 美元', /^17:11 "美元" is no unit; there is 分, 角, 元/],
    ['column: 注册资本 （万元）', 'constant: 300万美元', /^16:15 The constant cannot be used: .*外币/],
    [
      '  registeredCapital:',
      '  employees: { column: 规模, codes: { 小微: 二十 } }\n  registeredCapital:',
      /^15:41 It cannot be used: “二十” 不是数字/,
    ],
    [
      '  registeredCapital:',
      '  registeredOn: { column: 日期, codes: { 长期: 2024-03-05 } }\n  registeredCapital:',
      /^15:\d+ A field of the kind "day" has no codes/,
    ],
    ['name: market-regulator', 'name: Market Regulator', /^2:7 "name" does not have the form/],
    ['department: SCJG', 'department: 12', /^4:13 "department" must be string, not 12/],
    [
      'precedence: 2',
      'watermark: { column: x, overlap: 2 days }',
      /^20:1 Only SQL and HTTP have a watermark: a file is read whole each time/,
    ],
  ])('with %s as %s says so at its place', (from, to, told) => {
    expect(changed(from, to)).toEqual([expect.stringMatching(told)]);
  });

  it('that is no YAML, or has a key twice, says where', () => {
    expect(changed('  kind: csv', '  kind: [csv')[0]).toMatch(/^\d+:\d+ This is no YAML/);
    expect(changed('precedence: 2', 'precedence: 2\nprecedence: 3')[0]).toMatch(/^21:1 This is no YAML: .*unique/);
  });

  it('with several faults tells all, in the order of their lines', () => {
    const faults = faultsOf(SOUND.replace('encoding: gbk', 'encoding: x').replace('26 hours', 'soon'));
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual(['8:13', '18:14']);
  });

  it('of a database says which settings need one another', () => {
    const sql = (lines: string): string[] =>
      faultsOf(SOUND.replace(/source:[\s\S]*?fields:/, `source:\n  kind: sql\n${lines}fields:`));
    expect(sql('  database: postgresql\n  connection: { environment: TAX_URL }\n  table: t\n')).toEqual([]);
    expect(sql('  database: postgresql\n  connection: { environment: TAX_URL }\n')).toEqual([
      '5:1 State either table or query.',
    ]);
    expect(sql('  database: postgresql\n  table: t\n')).toEqual(['5:1 State connection: where its address is.']);
    expect(sql('  database: postgresql\n  connection: "postgres://u:secret@h/d"\n  table: t\n')).toEqual([
      expect.stringMatching(/^8:15 "source.connection" must be object/),
    ]);
  });
});
