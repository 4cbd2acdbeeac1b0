import { parseValue } from 'graphql';
import { kitConfig, scalarResolvers, subgraphConfig } from '@zhitong/kit';
import { dayInShanghai, isLegalDay } from '@zhitong/values';

describe('Date', () => {
  it.each(['2026-02-14', '2024-02-29', '1949-10-01'])('takes %s', (day) =>
    expect(scalarResolvers.Date.parseValue(day)).toBe(day),
  );
  it.each(['2026-02-30', '2025-02-29', '2026-2-1', '20260201', '2026-02-01T00:00:00Z', '0026-01-01', 20260201, null])(
    'refuses %j and shows it',
    (value) => {
      expect(isLegalDay(value)).toBe(false);
      expect(() => scalarResolvers.Date.parseValue(value)).toThrow(/Date cannot be .*YYYY-MM-DD/);
    },
  );
});

describe('Decimal', () => {
  it.each(['0', '0.00', '-12.5', '1200000.00', '9'.repeat(28)])('takes %s', (digits) =>
    expect(scalarResolvers.Decimal.parseValue(digits)).toBe(digits),
  );
  it.each(['1e3', '01', '.5', '5.', '9'.repeat(29), '1,000', '一', 12, ''])('refuses %j', (value) =>
    expect(() => scalarResolvers.Decimal.parseValue(value)).toThrow(/Decimal cannot be/),
  );
});

describe('JSON', () => {
  const nested = (levels: number): unknown =>
    Array.from({ length: levels }).reduce<unknown>(
      (inner, _level, index) => (index % 2 === 0 ? [inner] : { a: inner }),
      1,
    );
  it('takes 256 levels of lists and objects and refuses 257', () => {
    expect(scalarResolvers.JSON.parseValue(nested(256))).toEqual(nested(256));
    expect(() => scalarResolvers.JSON.parseValue(nested(257))).toThrow(/at most 256 levels/);
    const literal = (levels: number) => parseValue(`${'['.repeat(levels)}1${']'.repeat(levels)}`);
    expect(JSON.stringify(scalarResolvers.JSON.parseLiteral(literal(256), {}))).toHaveLength(513);
    expect(() => scalarResolvers.JSON.parseLiteral(literal(257), {})).toThrow(/at most 256 levels/);
  });
});

describe('dayInShanghai', () => {
  it('changes at midnight in Shanghai, which is 16:00 UTC', () => {
    expect(dayInShanghai(new Date('2026-11-20T15:59:59Z'))).toBe('2026-11-20');
    expect(dayInShanghai(new Date('2026-11-20T16:00:00Z'))).toBe('2026-11-21');
  });
});

describe('configuration', () => {
  it('prefers the address of the subgraph to the common one', () => {
    const environment = { MONGODB_URI: 'mongodb://common', CASES_MONGODB_URI: 'mongodb://own', CASES_PORT: '4102' };
    expect(subgraphConfig('cases', 4002, environment)).toMatchObject({
      port: 4102,
      mongoUri: 'mongodb://own',
      database: 'zhitong_cases',
    });
    expect(subgraphConfig('credit', 4004, environment)).toMatchObject({ port: 4004, mongoUri: 'mongodb://common' });
  });

  it('finds the graph where the hub listens: at PORT unless an address is given', () => {
    const graphOf = (environment: Record<string, string>) => subgraphConfig('cases', 4002, environment).graphUrl;
    expect(graphOf({})).toBe('http://127.0.0.1:4000/graphql');
    expect(graphOf({ PORT: '4700' })).toBe('http://127.0.0.1:4700/graphql');
    expect(graphOf({ PORT: '4700', ZHITONG_GRAPH_URL: 'http://10.0.0.1/graphql' })).toBe('http://10.0.0.1/graphql');
  });

  it('names each variable that cannot be used', () => {
    expect(() => subgraphConfig('cases', 4002, { CASES_PORT: 'http' })).toThrow(/CASES_PORT/);
    expect(() => kitConfig({ ZHITONG_MONGO_CACHE_GB: 'much', ZHITONG_LOG_LEVEL: 'loud' })).toThrow(
      /ZHITONG_LOG_LEVEL.*ZHITONG_MONGO_CACHE_GB/,
    );
  });

  it('counts an empty variable as absent', () => {
    expect(kitConfig({ MONGODB_URI: '', ZHITONG_MODE: '' })).toMatchObject({
      mode: 'development',
      mongo: { uri: undefined },
    });
  });
});
