import { readFileSync } from 'node:fs';
import { createLogger } from '@zhitong/kit';
import { disclosureReader, type GraphAnswer } from '../../gateway/src/disclosure/disclosure.js';
import { readXml, textOf, type Element } from '../support/read-xml.js';
import { startPublishingCity, type PublishingCity } from './support/publishing-city.js';

/** What somebody writes who would like to be more than text: markup, a null, an escape, an override of direction. */
const HOSTILE = '补贴 <b>&amp; "一" ]]>\u0000\u001B\u202E\u2066 \uFFFF 完';
const HOSTILE_SHOWN = '补贴 <b>&amp; "一" ]]> \uFFFD 完';

const policy = (id: string, publishedAt: string | null, title = `政策 ${id}`): object => ({
  id,
  version: 2,
  title,
  issuerName: '市人社局',
  interpretation: `${title}的解读`,
  publishedAt,
});
const only = (nodes: readonly object[]): object => ({
  nodes,
  totalCount: nodes.length,
  pageInfo: { hasNextPage: false, hasPreviousPage: false, endCursor: null, startCursor: null },
});
interface Asked {
  readonly from: string;
  readonly to: string;
  readonly year: number;
}

/** The second day after a month, on which its figures are published here. */
const publicationOf = (lastDay: string): string =>
  new Date(Date.parse(`${lastDay}T00:00:00Z`) + 2 * 86_400_000).toISOString().slice(0, 10);

const notice = (grant: string, from: string | null): object => ({
  ...{ grant, from, until: '2026-03-10', policy: policy('old', null), department: { code: 'RSJ' } },
  enterprise: { uscc: '91421200TEST00001X', name: '某公司' },
  amount: { amount: '1000.00', currency: 'CNY' },
});

const PUBLISHED = {
  enterprises: {
    penalties: only([
      {
        id: 'CF-1',
        decisionNumber: '市监罚〔2026〕7号',
        reason: '未亮证经营',
        publicFrom: '2026-02-03',
        department: { code: 'SCJGJ', name: '市市场监督管理局' },
      },
      { id: 'CF-2', decisionNumber: '8号', reason: '警告', publicFrom: null, department: { code: 'SCJGJ' } },
    ]),
    majorProjects: [
      { id: 'XM-1', name: '新能源基地', signedOn: '2026-02-01', region: { code: '421202', name: '咸安区' } },
    ],
    appraisals: [
      { id: 'PY-1', title: '上半年评议', publishedOn: '2026-02-05' },
      { id: 'PY-2', title: '下半年评议', publishedOn: null },
    ],
  },
  cases: {
    typicalCases: [
      {
        id: 'DX-1',
        title: '退还保证金',
        text: '三日内退还。',
        publishedOn: '2026-02-04',
        department: { code: 'ZJJ', name: '市住建局' },
      },
    ],
    clearingNotices: [
      { id: 'CQ-1', text: '举报不实。', issuedOn: '2026-02-02', department: { code: 'ZJJ', name: '市住建局' } },
    ],
    departmentRanking: ({ from, to }: Asked) => ({
      from,
      to,
      awaitedMonths: [],
      publishedOn: publicationOf(to),
      departments: [
        { rank: 1, score: '98.50', holdsFlag: true, department: { code: 'ZJJ', name: '市住建局' } },
        { rank: null, score: null, holdsFlag: false, department: { code: 'SWJ', name: '市税务局' } },
      ],
    }),
  },
  policies: {
    policies: only([
      policy('old', '2026-01-05T09:00:00+08:00'),
      policy('zx/1', '2026-02-06T09:30:00+08:00', HOSTILE),
      policy('draft', null),
    ]),
    publicNotices: only([notice('GR/7', '2026-01-20'), notice('GR-8', null)]),
  },
  credit: {
    arrearsDisclosure: ({ year }: Asked) => ({
      year,
      publishedOn: `${year + 1}-03-30`,
      contractCount: 12,
      amount: { amount: '3400000.00', currency: 'CNY' },
    }),
  },
};
/** The same without what depends on the day on which it is asked. */
const DATED = {
  ...PUBLISHED,
  cases: { ...PUBLISHED.cases, departmentRanking: null },
  credit: { arrearsDisclosure: null },
};

const entriesOf = (feed: Element): Element[] => feed.children.filter(({ name }) => name === 'entry');
const itemsOf = (rss: Element): Element[] => rss.children[0]?.children.filter(({ name }) => name === 'item') ?? [];
const attribute = ({ children }: Element, element: string, name: string): string | undefined =>
  children.find((child) => child.name === element)?.attributes[name];
const atom = async (city: PublishingCity): Promise<Element> =>
  readXml(await (await fetch(city.at('/disclosure.atom'))).text());
const idsOf = (feed: Element): (string | undefined)[] => entriesOf(feed).map((entry) => textOf(entry, 'id'));
const NAME = 'tag:zhitong.example,2026:disclosure';

describe('what the departments publish, as a feed', () => {
  let city: PublishingCity;
  beforeAll(async () => void (city = await startPublishingCity(DATED)));
  afterAll(() => city.stop());

  it('tells kind, department, day and place of each entry, the newest first, and nothing unpublished', async () => {
    const response = await fetch(city.at('/disclosure.atom'));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toMatch(/^public, max-age=\d\d?$/);
    const feed = readXml(await response.text());
    expect(feed.attributes['xmlns']).toBe('http://www.w3.org/2005/Atom');
    expect(textOf(feed, 'updated')).toBe('2026-02-06T01:30:00.000Z');
    expect(attribute(feed, 'link', 'href')).toBe(city.at('/disclosure.atom'));
    expect(
      entriesOf(feed).map((entry) => [
        textOf(entry, 'updated'),
        attribute(entry, 'category', 'label'),
        textOf(entry, 'title'),
        entry.children.find(({ name }) => name === 'author')?.children[0]?.text,
      ]),
    ).toEqual([
      ['2026-02-06T01:30:00.000Z', '政策与解读', HOSTILE_SHOWN, '市人社局'],
      ['2026-02-04T16:00:00.000Z', '企业库评议结果', '上半年评议', undefined],
      ['2026-02-03T16:00:00.000Z', '典型案例', '退还保证金', '市住建局'],
      ['2026-02-02T16:00:00.000Z', '行政处罚公示', '行政处罚决定：市监罚〔2026〕7号', '市市场监督管理局'],
      ['2026-02-01T16:00:00.000Z', '澄清通报', '澄清通报：市住建局', '市住建局'],
      ['2026-01-31T16:00:00.000Z', '重大项目信息公开', '新能源基地', undefined],
      ['2026-01-19T16:00:00.000Z', '惠企兑现公示', '兑现公示：政策 old', '市人社局'],
      ['2026-01-05T01:00:00.000Z', '政策与解读', '政策 old', '市人社局'],
    ]);
    const [newest] = entriesOf(feed);
    expect(newest === undefined ? '' : attribute(newest, 'link', 'href')).toBe(city.at('/policies/zx%2F1'));
    expect(newest === undefined ? '' : textOf(newest, 'content')).toBe(`${HOSTILE_SHOWN}的解读`);
  });

  it('names an entry the same in each reading and in both formats', async () => {
    const expected = [
      `${NAME}/publishedPolicies/zx%2F1/2`,
      `${NAME}/appraisals/PY-1`,
      `${NAME}/typicalCases/DX-1`,
      `${NAME}/penalties/CF-1`,
      `${NAME}/clearingNotices/CQ-1`,
      `${NAME}/majorProjects/XM-1`,
      `${NAME}/publicNotices/GR%2F7`,
      `${NAME}/publishedPolicies/old/2`,
    ];
    expect(idsOf(await atom(city))).toEqual(expected);
    const response = await fetch(city.at('/disclosure.rss'));
    expect(response.headers.get('content-type')).toBe('application/rss+xml; charset=utf-8');
    const rss = readXml(await response.text());
    expect([rss.name, rss.attributes['version']]).toEqual(['rss', '2.0']);
    expect(itemsOf(rss).map((item) => textOf(item, 'guid'))).toEqual(expected);
    expect(
      itemsOf(rss)
        .slice(0, 3)
        .map((item) => ['title', 'pubDate', 'dc:creator', 'link'].map((name) => textOf(item, name))),
    ).toEqual([
      [HOSTILE_SHOWN, 'Fri, 06 Feb 2026 01:30:00 GMT', '市人社局', city.at('/policies/zx%2F1')],
      ['上半年评议', 'Wed, 04 Feb 2026 16:00:00 GMT', undefined, undefined],
      ['退还保证金', 'Tue, 03 Feb 2026 16:00:00 GMT', '市住建局', undefined],
    ]);
  });

  it('names nobody of a notice, and leads to its policy', async () => {
    const rss = await (await fetch(city.at('/disclosure.rss'))).text();
    const item = itemsOf(readXml(rss)).find((one) => textOf(one, 'title') === '兑现公示：政策 old');
    expect(['description', 'link'].map((name) => item && textOf(item, name))).toEqual([
      '公示编号 GR/7，公示至 2026-03-10，期间可提出异议',
      city.at('/policies/old'),
    ]);
    expect(rss).not.toMatch(/TEST00001X|某公司|1000\.00/);
  });

  it('answers 304 to who has this version', async () => {
    const { headers } = await fetch(city.at('/disclosure.atom'));
    const known = headers.get('etag') ?? '';
    const ask = (etag: string, where = '/disclosure.atom'): Promise<Response> =>
      fetch(city.at(where), { headers: { 'if-none-match': etag } });
    const again = await ask(`"other", W/${known}`);
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', known]);
    expect((await ask('"other"')).status).toBe(200);
    expect((await ask(known, '/disclosure.rss')).status).toBe(200);
  });

  it('asks the departments once for a crowd, and never in the name of a reader', async () => {
    const asked = await startPublishingCity(DATED);
    try {
      const headers = { authorization: `Bearer ${await asked.auditor()}`, 'x-purpose': 'inspection' };
      const crowd = await Promise.all(
        Array.from({ length: 12 }, () => fetch(asked.at('/disclosure.atom'), { headers })),
      );
      expect(new Set(crowd.map(({ status }) => status))).toEqual(new Set([200]));
      expect(asked.departments.policies.received).toHaveLength(1);
      const claims = Object.values(asked.departments)
        .flatMap(({ received }) => received)
        .map((request) => String(request.headers['x-zhitong-assertion']).split('.')[1] ?? '')
        .map((part) => Buffer.from(part, 'base64url').toString());
      expect(claims).not.toEqual([]);
      expect(claims.filter((claim) => /AUDITOR|dev:|inspection/.test(claim))).toEqual([]);
    } finally {
      await asked.stop();
    }
  });

  it('has nothing that the graph refuses to a caller without a name, whoever asks for the feed', async () => {
    const line = 'majorProjects: [MajorProject!] @join__field(graph: ENTERPRISES)';
    const closed = await startPublishingCity(DATED, {
      changed: (sdl) => sdl.replace(`${line} @tag(name: "public")`, `${line} @access(roles: [AUDITOR])`),
    });
    try {
      const headers = { authorization: `Bearer ${await closed.auditor()}` };
      const feed = readXml(await (await fetch(closed.at('/disclosure.atom'), { headers })).text());
      expect(idsOf(feed)).not.toContain(`${NAME}/majorProjects/XM-1`);
      expect(idsOf(feed)).toHaveLength(7);
      expect(textOf(feed, 'subtitle')).not.toContain('enterprises');
    } finally {
      await closed.stop();
    }
  });
});

describe('what is published by year and month', () => {
  it('is told of the last two years and three months, with the place of each department that has one', async () => {
    const city = await startPublishingCity(PUBLISHED);
    try {
      const entries = entriesOf(await atom(city));
      const of = (term: string): Element[] => entries.filter((entry) => attribute(entry, 'category', 'term') === term);
      const rankings = of('departmentRanking');
      expect(rankings).toHaveLength(3);
      for (const ranking of rankings) {
        const month = /(\d{4}-\d\d)$/.exec(textOf(ranking, 'id') ?? '')?.[1] ?? '';
        expect(textOf(ranking, 'title')).toBe(`${month} 部门考核排名`);
        expect(textOf(ranking, 'content')).toBe('1. 市住建局 98.50 流动红旗');
        // Published on the second of the next month, which begins in Shanghai at 16:00 universal time of the first.
        const first = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 1, 16));
        expect(textOf(ranking, 'updated')).toBe(first.toISOString());
      }
      expect(of('arrearsDisclosure').map((entry) => textOf(entry, 'content'))).toEqual(
        Array(2).fill('逾期未付合同 12 份，金额 3400000.00 元'),
      );
    } finally {
      await city.stop();
    }
  });

  it('holds at most a hundred entries, the newest of all pages of policies', async () => {
    const days = Array.from({ length: 150 }, (_none, number) => new Date(Date.UTC(2026, 0, 1 + number)).toISOString());
    const all = days.map((day, number) => policy(`p${number}`, day));
    const city = await startPublishingCity({
      ...DATED,
      policies: {
        policies: ({ after }: { after: string | null }) => ({
          nodes: after === 'second' ? all.slice(75) : all.slice(0, 75),
          totalCount: all.length,
          pageInfo: { hasNextPage: after !== 'second', hasPreviousPage: false, endCursor: 'second', startCursor: null },
        }),
      },
    });
    try {
      const ids = idsOf(await atom(city));
      expect(ids).toHaveLength(100);
      expect(ids[0]).toBe(`${NAME}/publishedPolicies/p149/2`);
      expect(ids).toContain(`${NAME}/publishedPolicies/p60/2`);
      expect(city.departments.credit.received).toHaveLength(1);
    } finally {
      await city.stop();
    }
  });
});

describe('departments that do not answer', () => {
  let city: PublishingCity;
  beforeEach(
    async () => void (city = await startPublishingCity(DATED, { environment: { GATEWAY_RATE_LIMIT_PER_MINUTE: '2' } })),
  );
  afterEach(() => city.stop());
  const silence = (...names: (keyof PublishingCity['departments'])[]): void => {
    for (const name of names) city.departments[name].behave((_request, response) => void response.destroy());
  };

  it('are named and cost their own entries alone', async () => {
    silence('cases');
    const response = await fetch(city.at('/disclosure.atom'));
    const feed = readXml(await response.text());
    expect(response.status).toBe(200);
    expect(textOf(feed, 'subtitle')).toContain('currently without: cases）');
    expect(idsOf(feed)).toEqual([
      `${NAME}/publishedPolicies/zx%2F1/2`,
      `${NAME}/appraisals/PY-1`,
      `${NAME}/penalties/CF-1`,
      `${NAME}/majorProjects/XM-1`,
      `${NAME}/publicNotices/GR%2F7`,
      `${NAME}/publishedPolicies/old/2`,
    ]);
  });

  it('are an error of the gateway when all of them are down, and readers are limited as every caller is', async () => {
    silence('enterprises', 'cases', 'policies', 'credit');
    const down = await fetch(city.at('/disclosure.atom'));
    expect([down.status, down.headers.get('cache-control')]).toEqual([503, 'no-store']);
    expect(await down.json()).toMatchObject({
      errors: [
        { extensions: { code: 'DEPARTMENT_UNAVAILABLE', unavailable: ['cases', 'credit', 'enterprises', 'policies'] } },
      ],
    });
    await fetch(city.at('/disclosure.rss'));
    const limited = await fetch(city.at('/disclosure.rss'));
    expect([limited.status, (await limited.json()) as object]).toMatchObject([
      429,
      { errors: [{ extensions: { code: 'RATE_LIMITED' } }] },
    ]);
  });
});

describe('how long a reading is kept', () => {
  const logger = createLogger({ name: 'gateway', level: 'silent' });
  const readerOf = (
    answer: () => GraphAnswer,
  ): { read: ReturnType<typeof disclosureReader>; asked: object[]; at: (time: string) => void } => {
    let now = '';
    const asked: object[] = [];
    const read = disclosureReader({
      ask: async (_query, variables) => {
        asked.push(variables);
        return answer();
      },
      logger,
      clock: { now: () => new Date(now) },
    });
    return { read, asked, at: (time) => void (now = time) };
  };

  it('is half a minute, and less while a department is missing; the months are those over in Shanghai', async () => {
    let missing: readonly string[] = [];
    const { read, asked, at } = readerOf(() => ({ data: { majorProjects: [] }, extensions: { unavailable: missing } }));
    const readAt = async (time: string): Promise<number> => {
      at(time);
      await read();
      return asked.length;
    };
    expect(await readAt('2026-12-31T16:00:00Z')).toBe(1); // The first of January in Shanghai.
    expect(asked[0]).toMatchObject({ lastYear: 2026, from1: '2026-12-01', to1: '2026-12-31', from3: '2026-10-01' });
    expect(await readAt('2026-12-31T16:00:29Z')).toBe(1);
    missing = ['cases'];
    expect(await readAt('2026-12-31T16:00:30Z')).toBe(2);
    expect(await readAt('2026-12-31T16:00:34Z')).toBe(2);
    expect(await readAt('2026-12-31T16:00:35Z')).toBe(3);
  });

  it('leaves out a row that is not of the form asked for, and goes on', async () => {
    const { read, at } = readerOf(() => ({
      data: { majorProjects: [{ id: 'XM-1' }, { id: 'XM-2', name: '港口', signedOn: '2026-01-02', region: null }] },
    }));
    at('2026-06-01T00:00:00Z');
    expect((await read()).entries.map(({ title }) => title)).toEqual(['港口']);
  });
});

it('is an operation of the public contract', async () => {
  const city = await startPublishingCity(PUBLISHED);
  try {
    const query = readFileSync(new URL('../../docs/operations/disclosure.graphql', import.meta.url), 'utf8');
    const month = { from1: '2026-01-01', to1: '2026-01-31', from2: '2026-01-01', to2: '2026-01-31' };
    const variables = { ...month, from3: '2026-01-01', to3: '2026-01-31', lastYear: 2025, yearBefore: 2024 };
    const response = await fetch(city.at('/graphql/public'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: object; errors?: object[] };
    expect(errors).toBeUndefined();
    expect(Object.values(data)).not.toContain(null);
  } finally {
    await city.stop();
  }
});

it('is announced in the pages', () => {
  expect(readFileSync(new URL('../../web/index.html', import.meta.url), 'utf8')).toContain(
    '<link rel="alternate" type="application/atom+xml" title="信息公开" href="/disclosure.atom" />',
  );
});
