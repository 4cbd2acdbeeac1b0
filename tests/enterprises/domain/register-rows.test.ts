import { readIndustry } from '../../../subgraphs/enterprises/src/domain/industries.js';
import {
  changesBetween,
  formerNames,
  knownOn,
  stateOn,
} from '../../../subgraphs/enterprises/src/domain/register/registered-state.js';
import { readEntry, registrableUscc } from '../../../subgraphs/enterprises/src/domain/register-entry.js';
import {
  bundleSums,
  itemFaults,
  linesFaults,
} from '../../../subgraphs/enterprises/src/domain/service-items/service-item.js';

describe('an industry of GB/T 4754—2017', () => {
  it.each<[string, string, string]>([
    ['1331', 'C1331', '食用植物油加工'],
    ['C1331', 'C1331', '食用植物油加工'],
    ['c13', 'C13', '农副食品加工业'],
    ['13', 'C13', '农副食品加工业'],
    ['013', 'A013', '棉、麻、糖、烟草种植'],
    ['C', 'C', '制造业'],
    ['制造业', 'C', '制造业'],
    ['医药制造业', 'C27', '医药制造业'],
    ['软件和信息技术服务业', 'I65', '软件和信息技术服务业'],
    ['97', 'T97', '国际组织'],
    ['教育', 'P', '教育'],
    ['83', 'P83', '教育'],
  ])('%s is %s %s', (text, code, name) => expect(readIndustry(text)).toEqual({ code, name }));

  it.each(['', 'U', '00', '98', 'A13', 'C1', 'C13301', '13300', '1', 'X1331', '农业厂', 'CC', '1A'])(
    '"%s" is none',
    (text) => expect(readIndustry(text)).toEqual({ reason: expect.stringContaining('不是 GB/T 4754—2017') as unknown }),
  );

  it('keeps the name that came with its code', () => {
    expect(readIndustry('1331', '食用植物油加工')).toEqual({ code: 'C1331', name: '食用植物油加工' });
    expect(readIndustry('农业', '种植业')).toEqual({ code: 'A01', name: '种植业' });
  });
});

describe('a row of a register', () => {
  const regions = [
    { code: '421202', name: '咸安区' },
    { code: '421221', name: '嘉鱼县' },
  ];
  const read = (values: Parameters<typeof readEntry>[0]) => readEntry(values, { today: '2026-11-20', regions });

  it('states what it has, in the register’s own codes', () => {
    expect(
      read({
        ...{
          name: ' 咸宁某某有限公司 ',
          shortName: '',
          industry: '1331',
          region: '嘉鱼县',
          legalForm: 'LIMITED_COMPANY',
        },
        ...{ scale: 'SMALL', registeredOn: '2026-11-20', status: 'IN_OPERATION', registeredCapital: '100000000' },
        ...{ statisticalCategory: '规上', contactName: '张三', contactTelephone: null, contactAddress: '路1号' },
      }),
    ).toEqual({
      entry: {
        ...{ name: '咸宁某某有限公司', industry: { code: 'C1331', name: '食用植物油加工' }, region: regions[1] },
        ...{ legalForm: 'LIMITED_COMPANY', scale: 'SMALL', registeredOn: '2026-11-20', status: 'IN_OPERATION' },
        ...{ registeredCapitalFen: 100_000_000, statisticalCategory: '规上' },
        contact: { name: '张三', address: '路1号' },
      },
    });
    expect(read({ region: '421202', registeredCapital: '0' })).toEqual({
      entry: { region: regions[0], registeredCapitalFen: 0 },
    });
    expect(read({ name: null, contactName: '' })).toEqual({ entry: {} });
  });

  it.each<[string, string, string]>([
    ['name', '长'.repeat(201), '内容超过 200 个字符'],
    ['statisticalCategory', '长'.repeat(301), '内容超过 300 个字符'],
    ['contactTelephone', '1'.repeat(201), '内容超过 200 个字符'],
    ['industry', '98', '“98”不是 GB/T 4754—2017 的行业代码，也不是门类或大类的名称'],
    ['region', '武汉市', '“武汉市”不是本市的行政区划：咸安区 421202、嘉鱼县 421221'],
    ['scale', 'HUGE', '“HUGE”不在允许的取值之内：LARGE、MEDIUM、SMALL、MICRO'],
    [
      'status',
      'toString',
      '“toString”不在允许的取值之内：IN_OPERATION、ABNORMAL_LISTED、LICENCE_REVOKED、DEREGISTERED',
    ],
    ['registeredOn', '2026-02-30', '“2026-02-30”不是存在的日期'],
    ['registeredOn', '2026-11-21', '成立日期 2026-11-21 晚于今天 2026-11-20'],
    ['registeredCapital', '-1', '注册资本不是不小于零、可精确表示的金额'],
    ['registeredCapital', '1.5', '注册资本不是不小于零、可精确表示的金额'],
    ['registeredCapital', '9007199254740993', '注册资本不是不小于零、可精确表示的金额'],
  ])('with %s %s is refused: %s', (field, value, reason) => {
    expect(read({ [field]: value })).toEqual({ fault: { field, reason } });
  });

  it('is taken at the longest text', () => {
    expect(read({ name: '长'.repeat(200) })).toEqual({ entry: { name: '长'.repeat(200) } });
    expect(read({ contactAddress: '长'.repeat(300) })).toEqual({ entry: { contact: { address: '长'.repeat(300) } } });
  });

  it('has a code in its normal form, and none that is not one', () => {
    expect(registrableUscc(' 91110000600037341l ')).toBe('91110000600037341L');
    expect(registrableUscc('91110000600037341M')).toMatchObject({
      ...{ field: 'uscc', reason: expect.stringContaining('GB 32100-2015') as string },
    });
  });
});

describe('a registration on a day', () => {
  const now = { name: '丙', scale: 'SMALL', industry: null, region: null, status: 'IN_OPERATION' };
  const changes = [
    { field: 'name' as const, on: '2026-02-01', from: '甲', to: '乙' },
    { field: 'scale' as const, on: '2026-03-01', from: 'MICRO', to: 'SMALL' },
    { field: 'name' as const, on: '2026-04-01', from: '乙', to: '丙' },
  ];
  it('is what stands now with later changes taken back', () => {
    const name = (day: string) => [stateOn(now, changes, day).name, stateOn(now, changes, day).scale];
    expect(['2026-01-31', '2026-02-01', '2026-03-01', '2026-04-01'].map(name)).toEqual([
      ...[
        ['甲', 'MICRO'],
        ['乙', 'MICRO'],
        ['乙', 'SMALL'],
        ['丙', 'SMALL'],
      ],
    ]);
    expect([...knownOn(changes, '2026-02-01')]).toEqual(['scale', 'name']);
    expect([...knownOn(changes, '2026-04-01')]).toEqual([]);
    expect(formerNames(changes)).toEqual([
      { name: '乙', until: '2026-04-01' },
      { name: '甲', until: '2026-02-01' },
    ]);
  });
  it('has no former name where it had none', () => {
    expect(formerNames([{ field: 'name', on: '2026-02-01', from: null, to: '甲' }])).toEqual([]);
  });
  it('changes in the fields that are named', () => {
    expect(changesBetween({ name: '甲' }, { name: '乙', status: 'DEREGISTERED' }, '2026-02-01')).toEqual([
      { field: 'name', on: '2026-02-01', from: '甲', to: '乙' },
      { field: 'status', on: '2026-02-01', from: null, to: 'DEREGISTERED' },
    ]);
  });
});

describe('a matter of the catalogue', () => {
  const counter = { region: '421202', address: '路1号' };
  const item = {
    ...{ promisedHalfDays: 10, legalWorkingDays: 5, isCityWide: false, counters: [counter], onlineAddress: null },
  };
  const paths = (part: Partial<Parameters<typeof itemFaults>[0]>) =>
    itemFaults({ ...item, ...part }).map(({ path }) => path.join('.'));

  it('promises no more than the law allows, and is taken in somewhere', () => {
    expect(paths({})).toEqual([]);
    expect(paths({ promisedHalfDays: 11 })).toEqual(['promisedDays']);
    expect(paths({ promisedHalfDays: 11, legalWorkingDays: null })).toEqual([]);
    expect(paths({ counters: [] })).toEqual(['counters']);
    expect(paths({ counters: [], onlineAddress: 'https://zwfw.example.cn' })).toEqual([]);
    expect(paths({ counters: [], onlineAddress: 'https://zwfw.example.cn', isCityWide: true })).toEqual(['counters']);
    expect(paths({ isCityWide: true })).toEqual([]);
  });

  it.each([
    [{ promisedHalfDays: 11 }, 'the law allows 5 working days; promise no more'],
    [{ counters: [] }, 'name a counter or the address at which it is applied for online'],
    [
      { counters: [], onlineAddress: 'https://zwfw.example.cn', isCityWide: true },
      'what is taken in city-wide has a counter',
    ],
  ])('with %j is refused: %s', (part, message) => {
    expect(itemFaults({ ...item, ...part }).map((fault) => fault.message)).toEqual([message]);
    expect(linesFaults(['字'], 'documents').map((fault) => fault.message)).toEqual(['2 to 500 characters']);
  });

  it('has lines of 2 to 500 characters, fifty at most', () => {
    expect(linesFaults(['两字', 'a'.repeat(500)], 'documents')).toEqual([]);
    expect(linesFaults(['两字', ' 一 ', 'a'.repeat(501)], 'documents').map(({ path }) => path)).toEqual([
      ...[
        ['documents', '1'],
        ['documents', '2'],
      ],
    ]);
    expect(
      linesFaults(
        Array.from({ length: 50 }, () => '两字'),
        'documents',
      ),
    ).toEqual([]);
    expect(
      linesFaults(
        Array.from({ length: 51 }, () => '两字'),
        'documents',
      ),
    ).toMatchObject([{ path: ['documents'], message: 'at most 50 entries, not 51' }]);
  });

  it('is asked for with others with each document once, and the longest promise', () => {
    expect(
      bundleSums([
        { documents: ['营业执照', '身份证'], promisedHalfDays: 1 },
        { documents: ['身份证'], promisedHalfDays: 10 },
      ]),
    ).toEqual({ documents: ['营业执照', '身份证'], promisedHalfDays: 10 });
    expect(bundleSums([])).toEqual({ documents: [], promisedHalfDays: 0 });
  });
});
