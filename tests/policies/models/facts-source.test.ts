import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CursorRefused,
  graphFactsSource,
  GraphUnreachable,
  type FactsSource,
  type VersionsSource,
} from '../../../subgraphs/policies/src/graph/facts-source.js';
import { usccOf } from '../support/policies-under-test.js';

/** A register of enterprises over HTTP, which answers with the fields that a query names. */
const nodes = Array.from({ length: 230 }, (_, number) => ({
  uscc: usccOf(number),
  name: '某公司',
  industry: { code: 'C1330', name: '植物油加工' },
  region: { code: '421202', name: '咸安区' },
  factsVersion: `v${String(number)}`,
  facts: { asOf: '2025-12-31', values: { employees: number, scale: 'small' }, dates: { scale: '2026-11-20' } },
  creditStanding: { hasOpenDishonestyRecord: false, hasUnfulfilledJudgment: null },
}));
const asked: { query: string; variables: { after?: string | null; usccs?: string[]; first?: number } }[] = [];
let answer: object | null = null;
let server: Server;
let source: FactsSource & VersionsSource;
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      const question = JSON.parse(body) as (typeof asked)[number];
      asked.push(question);
      const {
        query,
        variables: { usccs },
      } = question;
      const listed = nodes
        .filter(({ uscc }) => usccs?.includes(uscc) ?? true)
        .slice(0, 200)
        .map((node) =>
          Object.fromEntries(
            Object.entries(node).filter(([field]) =>
              new RegExp(`\\b${field}\\b`).test(query.slice(query.indexOf('nodes'))),
            ),
          ),
        );
      response.setHeader('content-type', 'application/json').end(
        JSON.stringify(
          answer ?? {
            data: {
              enterprises: {
                totalCount: nodes.length,
                pageInfo: { hasNextPage: true, endCursor: 'next' },
                nodes: listed,
              },
            },
          },
        ),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  source = graphFactsSource({
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/graphql`,
    token: async () => 'token',
    today: () => '2026-11-20',
  });
});
beforeEach(() => {
  asked.length = 0;
  answer = null;
});
afterAll(async () => new Promise((resolve) => server.close(resolve)));

describe('a page of the register', () => {
  it('comes with the facts, and with how they are dated', async () => {
    const { enterprises, total, next } = await source.page(null);
    expect({ total, next, read: enterprises.length }).toEqual({ total: 230, next: 'next', read: 200 });
    expect(enterprises[7]).toMatchObject({
      uscc: usccOf(7),
      creditKnown: true,
      told: { version: 'v7', asOf: '2025-12-31', current: ['scale'] },
      facts: {
        values: { employees: 7, scale: 'small', dishonestyRecord: false },
        dates: { employees: '2025-12-31', scale: '2026-11-20', dishonestyRecord: '2026-11-20' },
      },
    });
  });

  it('comes whole where the register states neither industry nor region of an enterprise', async () => {
    const [one, two] = nodes;
    const pageInfo = { hasNextPage: false, endCursor: null };
    answer = {
      data: { enterprises: { totalCount: 2, pageInfo, nodes: [{ ...one, industry: null, region: null }, two] } },
    };
    const nowhere = { code: '', name: '' };
    expect((await source.page(null)).enterprises).toMatchObject([
      { uscc: usccOf(0), industry: nowhere, region: nowhere },
      { uscc: usccOf(1), region: { code: '421202' } },
    ]);
    answer = { data: { enterprise: { ...one, industry: null, region: null } } };
    expect(await source.enterprise(usccOf(0))).toMatchObject({
      industry: nowhere,
      facts: { values: { employees: 0 } },
    });
  });

  it('comes with versions alone, without asking for facts', async () => {
    const { enterprises, next } = await source.versions('before');
    expect(enterprises[7]).toEqual({
      uscc: usccOf(7),
      name: '某公司',
      industry: { code: 'C1330', name: '植物油加工' },
      region: { code: '421202', name: '咸安区' },
      factsVersion: 'v7',
      credit: { hasOpenDishonestyRecord: false, hasUnfulfilledJudgment: null },
      predecessors: null,
    });
    expect(next).toBe('next');
    expect(asked.map(({ query, variables }) => [/\bfacts\b/.test(query), variables.after])).toEqual([
      [false, 'before'],
    ]);
  });

  it('is refused as unreachable, or as a cursor that is no longer one', async () => {
    answer = {
      data: { enterprises: null },
      errors: [{ message: 'after is no cursor', extensions: { code: 'BAD_USER_INPUT' } }],
    };
    await expect(source.versions('old')).rejects.toThrow(CursorRefused);
    await expect(source.versions(null)).rejects.toThrow(GraphUnreachable);
  });
});

describe('the sheets of a list', () => {
  it('are read a hundred with one query, those left out that the register does not return', async () => {
    const usccs = nodes.map(({ uscc }) => uscc);
    const sheets = await source.sheets(usccs);
    expect(sheets.map(({ uscc }) => uscc)).toEqual(usccs);
    expect(sheets[3]).toEqual({ uscc: usccOf(3), factsVersion: 'v3', sheet: nodes[3]?.facts });
    expect(asked.map(({ variables }) => [variables.usccs?.length, variables.first])).toEqual([
      [100, 100],
      [100, 100],
      [30, 30],
    ]);
    answer = { data: { enterprises: { nodes: [{ uscc: usccOf(1), factsVersion: null, facts: null }] } } };
    expect(await source.sheets([usccOf(1), usccOf(999)])).toEqual([]);
  });

  it('are not made up when the register does not answer', async () => {
    answer = { data: { enterprises: null }, errors: [{ message: 'does not answer' }] };
    await expect(source.sheets([usccOf(1)])).rejects.toThrow(GraphUnreachable);
  });
});
