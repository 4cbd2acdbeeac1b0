import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  graphFactsSource,
  GraphUnreachable,
  type PastFactsSource,
} from '../../../subgraphs/policies/src/graph/facts-source.js';
import { usccOf } from '../support/policies-under-test.js';

interface Asked {
  usccs: string[];
  first: number;
  day: string;
}
const asked: Asked[] = [];
let nodes: Record<string, unknown>[] | null = null;
let errors: unknown[] | undefined;

/** A graph that answers with `nodes`, and remembers what it was asked. */
let server: Server;
let source: PastFactsSource;
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      const { variables } = JSON.parse(body) as { variables: Asked };
      asked.push(variables);
      const enterprises =
        nodes === null
          ? null
          : {
              totalCount: nodes.length,
              pageInfo: { hasNextPage: false, endCursor: null },
              nodes: nodes.filter(({ uscc }) => variables.usccs.includes(String(uscc))),
            };
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ data: { enterprises }, errors }));
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
  errors = undefined;
});
afterAll(async () => new Promise((resolve) => server.close(resolve)));

const node = (number: number, change: Record<string, unknown> = {}) => ({
  uscc: usccOf(number),
  name: '某公司',
  industry: { code: 'C1330', name: '植物油加工' },
  region: { code: '421202', name: '咸安区' },
  registeredOn: '2019-05-20',
  facts: { asOf: '2024-12-31', values: { employees: number, scale: 'small' }, dates: { scale: '2026-11-20' } },
  creditStanding: { hasOpenDishonestyRecord: false, hasUnfulfilledJudgment: true },
  ...change,
});

describe('the facts of an earlier day, read through the graph', () => {
  it('come with the dates of that time, what credit knew then included', async () => {
    nodes = [node(7)];
    expect(await source.enterprisesOn([usccOf(7)], '2025-06-30')).toMatchObject([
      {
        uscc: usccOf(7),
        name: '某公司',
        creditKnown: true,
        facts: {
          values: {
            employees: 7,
            scale: 'small',
            dishonestyRecord: false,
            hasUnfulfilledJudgment: true,
            creditReviewPassed: false,
          },
          dates: {
            employees: '2024-12-31',
            scale: '2026-11-20',
            dishonestyRecord: '2025-06-30',
            hasUnfulfilledJudgment: '2025-06-30',
            creditReviewPassed: '2025-06-30',
          },
        },
      },
    ]);
  });

  it('are read a hundred with one query', async () => {
    nodes = Array.from({ length: 230 }, (_, number) => node(number));
    const usccs = nodes.map(({ uscc }) => String(uscc));
    expect((await source.enterprisesOn(usccs, '2025-06-30')).map(({ uscc }) => uscc)).toEqual(usccs);
    expect(asked.map(({ usccs: some, first, day }) => [some.length, first, day])).toEqual([
      [100, 100, '2025-06-30'],
      [100, 100, '2025-06-30'],
      [30, 30, '2025-06-30'],
    ]);
  });

  it('leave out who was not registered yet', async () => {
    nodes = [node(1, { registeredOn: '2025-07-01', facts: null }), node(2, { registeredOn: '2025-06-30' })];
    expect(
      (await source.enterprisesOn([usccOf(1), usccOf(2), usccOf(3)], '2025-06-30')).map(({ uscc }) => uscc),
    ).toEqual([usccOf(2)]);
  });

  it('leave the two facts of the credit department unknown while it does not answer', async () => {
    nodes = [node(1, { creditStanding: null })];
    const [found] = await source.enterprisesOn([usccOf(1)], '2025-06-30');
    expect(found).toMatchObject({ creditKnown: false });
    expect(found?.facts.values).toEqual({ employees: 1, scale: 'small' });
  });

  it('are not made up when the register does not answer for one, or for all', async () => {
    errors = [{ message: 'The system of the department "enterprises" does not answer.' }];
    nodes = [node(1), node(2, { facts: null, registeredOn: null })];
    await expect(source.enterprisesOn([usccOf(1), usccOf(2)], '2025-06-30')).rejects.toThrow(GraphUnreachable);
    nodes = null;
    await expect(source.enterprisesOn([usccOf(1)], '2025-06-30')).rejects.toThrow('does not answer');
  });
});
