import path from 'node:path';
import { readMapping, runSource, type RunReport } from '@zhitong/connect';
import { createLogger } from '@zhitong/kit';
import { expectChinese } from '../../../support/deliveries.js';
import { clock, emptyEnterprises, type EnterprisesUnderTest } from '../../support/enterprises-under-test.js';

/** A newcomer who delivers the lists of an empty city in another order than the README has them. */
let under: Omit<EnterprisesUnderTest, 'city'>;
beforeAll(async () => void (under = await emptyEnterprises(import.meta.url)));
afterAll(async () => under.close());

let moments = 0;
async function run(name: string): Promise<RunReport['run']['counts']> {
  const { department, database } = under;
  const mapping = await readMapping(path.resolve(`subgraphs/enterprises/connectors/${name}.yaml`), {
    targets: await department.connectorTargets(),
    reads: department.connectors,
    environment: {},
  });
  const now = new Date(clock.now().getTime() + 1_000 * (moments += 1));
  const { run: made } = await runSource({
    ...mapping,
    connection: database.connection,
    clock: { now: () => now },
    outbox: department.outbox,
    logger: createLogger({ name: 'test', level: 'silent' }),
  });
  return made.counts;
}
/** The columns at fault with their reasons, each once, the values left out. */
async function reasons(source: string): Promise<string[]> {
  const rows = await under.department.connectors.refusals(source, { limit: 200 });
  for (const { reason } of rows) expectChinese(reason);
  return [
    ...new Set(
      rows.map(
        ({ column, reason }) =>
          `${column ?? ''} ${reason.replace(/“[^”]+”/, '“…”').replace(/[A-Z]{2}-\d{4}|[0-9A-Z]{18}/, '…')}`,
      ),
    ),
  ];
}

const NO_DEPARTMENTS = '“…” 不在代码表中：代码表还是空的，须先导入机构名录';

it('is told with each row which list comes first', async () => {
  expect(await run('market-register')).toMatchObject({ read: 100, new: 0, refused: 100 });
  expect(await reasons('market-register')).toContain(`所属区县 ${NO_DEPARTMENTS}，本市的区划以其中各机构的区划为准`);
  expect(await run('officials')).toMatchObject({ read: 6, new: 0, refused: 6 });
  expect(await reasons('officials')).toEqual([`所在单位 ${NO_DEPARTMENTS}`]);
  expect(await run('projects')).toMatchObject({ read: 3, new: 0, refused: 3 });
  expect(await reasons('projects')).toEqual([`所在区县 ${NO_DEPARTMENTS}，本市的区划以其中各机构的区划为准`]);

  await run('departments');
  expect(await run('service-roles')).toMatchObject({ read: 5, new: 0, refused: 5 });
  expect(await reasons('service-roles')).toEqual([
    '统一社会信用代码 登记库中没有统一社会信用代码为 … 的企业；代码无误的，请先导入市场主体登记名单',
  ]);
  expect(await run('market-register')).toMatchObject({ read: 100, new: 97, refused: 3 });
  expect(await run('service-roles')).toMatchObject({ read: 5, new: 1, refused: 4 });
  expect(await reasons('service-roles')).toEqual(['工号 没有工号为 … 的人员；工号无误的，请先导入人员名册']);
});

it('runs the same lists again once those are there, and then only the rows that are wrong stay refused', async () => {
  expect(await run('officials')).toMatchObject({ new: 5, refused: 1 });
  expect(await run('projects')).toMatchObject({ new: 2, refused: 1 });
  expect(await run('service-roles')).toMatchObject({ new: 3, unchanged: 1, refused: 1 });
  const open = async (source: string): Promise<number> =>
    (await under.department.connectors.refusals(source, { limit: 200 })).length;
  expect(await Promise.all(['market-register', 'officials', 'projects', 'service-roles'].map(open))).toEqual([
    3, 1, 1, 1,
  ]);
});
