import {
  readPolicy,
  readPolicyFile,
  writePolicy,
} from '../../../../subgraphs/policies/src/domain/format/import-format.js';
import { TODAY } from '../../support/random-criteria.js';

const base = {
  id: 'test-policy',
  title_zh: '测试政策',
  issuer: '测试局',
  criteria: [],
  benefit: { kind: 'cash', amount_yuan: 100 },
};
const read = (change: Record<string, unknown>) => readPolicy({ ...base, ...change }, TODAY);
const refusals = (change: Record<string, unknown>): string[] =>
  read(change).problems.map(({ place, code, message }) => `${place} ${code}: ${message}`);
const adapted = { issuer: '外地', region: { code: '411200', name: '三门峡' }, note: '改到本市' };

describe('a policy that says only what it must', () => {
  it('applies without end, once to each enterprise, after five days of public notice', () => {
    expect(read({}).policy).toEqual({
      id: 'test-policy',
      title: '测试政策',
      titleEn: '',
      issuerName: '测试局',
      issuerCode: null,
      region: { code: null, name: '' },
      source: { url: '', kind: 'gov', published: null },
      stage: 'FINAL',
      exemptFromApplication: false,
      criteria: [],
      window: { from: null, to: null },
      notes: '',
      legalBasis: '',
      interpretation: '',
      budgetFen: null,
      excludes: [],
      grantPeriod: 'ONCE',
      publicityDays: 5,
      adaptation: null,
      benefit: {
        kind: 'cash',
        text: '',
        amount: { kind: 'fixed', fen: 10_000 },
        tiers: [],
        highestOnly: false,
        capFen: null,
        topUpDifference: false,
        rounding: { unitFen: 1, mode: 'HALF_UP' },
        instalments: null,
        formulaNote: '',
      },
    });
  });

  it('is written to a file without what goes without saying', () => {
    const { policy } = read({});
    expect(policy && writePolicy(policy)).toEqual({
      id: 'test-policy',
      title_zh: '测试政策',
      title_en: '',
      issuer: '测试局',
      region: { code: null, name: '' },
      source_kind: 'gov',
      published: null,
      status: 'final',
      exempt_from_application: false,
      criteria: [],
      benefit: { kind: 'cash', amount_yuan: 100, text_zh: '' },
      valid_from: null,
      valid_to: null,
      notes: '',
    });
  });
});

describe('a field of a policy', () => {
  it.each<[Record<string, unknown>, string]>([
    [{ id: 'a' }, 'id WRONG_TYPE: "a" is not an id of 2 to 64 small letters, digits and hyphens.'],
    [{ id: '-a' }, 'id WRONG_TYPE: "-a" is not an id of 2 to 64 small letters, digits and hyphens.'],
    [{ id: 'x y' }, 'id WRONG_TYPE: "x y" is not an id of 2 to 64 small letters, digits and hyphens.'],
    [{ id: null }, 'id WRONG_SHAPE: This is needed.'],
    [{ id: undefined }, 'id WRONG_SHAPE: This is needed.'],
    [{ title_zh: undefined }, 'title_zh WRONG_SHAPE: This is needed.'],
    [{ title_en: 5 }, 'title_en WRONG_TYPE: 5 is no text of 0 to 300 characters.'],
    [{ issuer: '' }, 'issuer WRONG_TYPE: "" is no text of 1 to 200 characters.'],
    [{ issuer_code: 'rsj' }, 'issuer_code WRONG_TYPE: "rsj" is not a department code.'],
    [{ issuer_code: 'R' }, 'issuer_code WRONG_TYPE: "R" is not a department code.'],
    [{ issuer_code: 'RSJ ' }, 'issuer_code WRONG_TYPE: "RSJ " is not a department code.'],
    [{ region: { code: '4212' } }, 'region.code WRONG_TYPE: "4212" is not a GB/T 2260 code or CN.'],
    [{ region: { code: '4212001' } }, 'region.code WRONG_TYPE: "4212001" is not a GB/T 2260 code or CN.'],
    [{ region: { code: 'XCN' } }, 'region.code WRONG_TYPE: "XCN" is not a GB/T 2260 code or CN.'],
    [{ region: { name: 5 } }, 'region.name WRONG_TYPE: 5 is no text of 0 to 100 characters.'],
    [{ region: { kind: 1 } }, 'region.kind UNKNOWN_KEY: The format has no such key.'],
    [{ region: 'CN' }, 'region WRONG_SHAPE: An object is needed, not "CN".'],
    [{ source_url: 'ftp://x' }, 'source_url WRONG_TYPE: "ftp://x" is not an http or https address.'],
    [{ source_url: 'see https://x.cn' }, 'source_url WRONG_TYPE: "see https://x.cn" is not an http or https address.'],
    [{ source_url: 'https://x.cn/"' }, 'source_url WRONG_TYPE: "https://x.cn/\\"" is not an http or https address.'],
    [{ source_kind: 'rumour' }, 'source_kind WRONG_TYPE: "rumour" is not one of gov, media, aggregator, mirror.'],
    [{ published: '2026' }, 'published WRONG_TYPE: "2026" is no existing day, YYYY-MM-DD.'],
    [{ status: 'old' }, 'status WRONG_TYPE: "old" is not one of final, draft.'],
    [{ exempt_from_application: 1 }, 'exempt_from_application WRONG_TYPE: 1 is neither true nor false.'],
    [{ valid_from: 'x' }, 'valid_from WRONG_TYPE: "x" is no existing day, YYYY-MM-DD.'],
    [{ notes: [] }, 'notes WRONG_TYPE: a list of 0 is no text of 0 to 5000 characters.'],
    [{ legal_basis: 1 }, 'legal_basis WRONG_TYPE: 1 is no text of 0 to 2000 characters.'],
    [{ interpretation_zh: 1 }, 'interpretation_zh WRONG_TYPE: 1 is no text of 0 to 20000 characters.'],
    [
      { budget_yuan: -1 },
      'budget_yuan OUT_OF_RANGE: -1 is no amount in yuan from 0 to 10000000000000 with at most two decimals.',
    ],
    [{ grant_period: 'MONTH' }, 'grant_period WRONG_TYPE: "MONTH" is not one of ONCE, YEAR.'],
    [{ publicity_days: -1 }, 'publicity_days OUT_OF_RANGE: -1 is no whole number from 0 to 60.'],
    [{ publicity_days: 61 }, 'publicity_days OUT_OF_RANGE: 61 is no whole number from 0 to 60.'],
    [{ excludes: 'two' }, 'excludes WRONG_SHAPE: A list of at most 100 is needed, not "two".'],
    [{ excludes: ['two', 'X'] }, 'excludes[1] WRONG_TYPE: "X" is no id of a policy.'],
    [{ excludes: ['test-policy'] }, 'excludes[0] SELF_REFERENCE: A policy cannot exclude itself.'],
    [{ excludes: [7] }, 'excludes[0] WRONG_TYPE: 7 is no id of a policy.'],
    [
      { adapted_from: { ...adapted, issuer: '' } },
      'adapted_from.issuer WRONG_TYPE: "" is no text of 1 to 200 characters.',
    ],
    [{ adapted_from: { ...adapted, note: undefined } }, 'adapted_from.note WRONG_SHAPE: This is needed.'],
    [
      { adapted_from: { ...adapted, valid_to: 'x' } },
      'adapted_from.valid_to WRONG_TYPE: "x" is no existing day, YYYY-MM-DD.',
    ],
    [
      { adapted_from: { ...adapted, region: { code: 'x' } } },
      'adapted_from.region.code WRONG_TYPE: "x" is not a GB/T 2260 code or CN.',
    ],
    [
      { adapted_from: { ...adapted, region: { x: 1 } } },
      'adapted_from.region.x UNKNOWN_KEY: The format has no such key.',
    ],
    [{ adapted_from: { ...adapted, x: 1 } }, 'adapted_from.x UNKNOWN_KEY: The format has no such key.'],
  ])('%j is refused', (change, expected) => {
    expect(refusals(change)).toEqual([expected]);
  });

  it.each<[Record<string, unknown>]>([
    [{ id: `a${'1'.repeat(63)}` }],
    [{ id: '1-' }],
    [{ title_zh: '题'.repeat(300), title_en: 'x'.repeat(300), issuer: '局'.repeat(200) }],
    [{ issuer_code: 'A1' }],
    [{ issuer_code: 'A'.repeat(12) }],
    [{ region: { code: 'CN', name: '国'.repeat(100) } }],
    [{ source_url: 'http://x.cn', source_kind: 'mirror', published: '2026-01-01' }],
    [{ notes: 'x'.repeat(5_000), legal_basis: 'x'.repeat(2_000), interpretation_zh: 'x'.repeat(20_000) }],
    [{ publicity_days: 0 }],
    [{ publicity_days: 60 }],
    [{ budget_yuan: 0.01, status: 'draft', grant_period: 'YEAR' }],
    [
      {
        adapted_from: {
          ...adapted,
          issuer: '局'.repeat(200),
          note: '注'.repeat(1_000),
          region: { name: '国'.repeat(100) },
        },
      },
    ],
    [{ adapted_from: { issuer: '外', note: '注' } }],
    [{ adapted_from: null }],
    [{ region: null }],
  ])('%j is accepted and kept', (change) => {
    const { policy, problems } = read(change);
    expect(problems).toEqual([]);
    expect(policy && readPolicy(writePolicy(policy), TODAY)).toEqual({ policy, problems: [] });
  });

  it.each<[Record<string, unknown>]>([
    [{ id: `a${'1'.repeat(64)}` }],
    [{ title_zh: '题'.repeat(301) }],
    [{ title_en: 'x'.repeat(301) }],
    [{ issuer: '局'.repeat(201) }],
    [{ issuer_code: 'A'.repeat(13) }],
    [{ region: { name: '国'.repeat(101) } }],
    [{ notes: 'x'.repeat(5_001) }],
    [{ legal_basis: 'x'.repeat(2_001) }],
    [{ interpretation_zh: 'x'.repeat(20_001) }],
    [{ excludes: Array.from({ length: 101 }, (_, index) => `other-${String(index)}`) }],
    [{ adapted_from: { ...adapted, note: '注'.repeat(1_001) } }],
  ])('that is one too long is refused (%#)', (change) => {
    expect(refusals(change)).toHaveLength(1);
  });
});

describe('a file of policies', () => {
  it('that is no list, or too long, is refused whole', () => {
    const whole = (file: unknown) => readPolicyFile(file, TODAY);
    expect(whole('x')).toMatchObject({
      accepted: [],
      refused: [
        {
          policy: 'file',
          problems: [{ place: '', code: 'WRONG_SHAPE', message: 'A list of policies is needed, not "x".' }],
        },
      ],
    });
    expect(whole(Array.from({ length: 10_001 }, () => null)).refused).toMatchObject([
      {
        policy: 'file',
        problems: [{ place: '', code: 'WRONG_SHAPE', message: 'A file holds at most 10000 policies.' }],
      },
    ]);
    expect(whole(Array.from({ length: 10_000 }, () => null)).refused).toHaveLength(10_000);
  });

  it('names each refused policy by its id, else by its place, and says all that is wrong with it', () => {
    expect(
      readPolicyFile([null, { ...base, id: 7 }, { ...base, title_zh: '' }, base, base], TODAY).refused,
    ).toMatchObject([
      { policy: '#1', problems: [{ place: '', code: 'WRONG_SHAPE', message: 'A policy is an object, not null.' }] },
      {
        policy: '#2',
        problems: [
          { place: 'id', code: 'WRONG_TYPE', message: '7 is not an id of 2 to 64 small letters, digits and hyphens.' },
        ],
      },
      {
        policy: 'test-policy',
        problems: [{ place: 'title_zh', code: 'WRONG_TYPE', message: '"" is no text of 1 to 300 characters.' }],
      },
      {
        policy: 'test-policy',
        problems: [{ place: 'id', code: 'DUPLICATE', message: 'The file has a policy with this id already.' }],
      },
    ]);
  });
});
