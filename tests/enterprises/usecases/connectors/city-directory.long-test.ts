import path from 'node:path';
import { readMapping, runSource, type RunReport } from '@zhitong/connect';
import { createLogger } from '@zhitong/kit';
import { expectChinese } from '../../../support/deliveries.js';
import { deliveries } from '../../support/deliveries.js';
import {
  clock,
  coordinator,
  emptyEnterprises,
  type EnterprisesUnderTest,
} from '../../support/enterprises-under-test.js';

/** A city that begins with nothing: its departments, its officials, its register, and who looks after whom. */
let under: Omit<EnterprisesUnderTest, 'city'>;
beforeEach(async () => void (under = await emptyEnterprises(import.meta.url)));
afterEach(async () => under.close());

async function runExample(name: string): Promise<RunReport> {
  const { department, database } = under;
  const file = path.resolve(`subgraphs/enterprises/connectors/${name}.yaml`);
  const targets = await department.connectorTargets();
  const mapping = await readMapping(file, { targets, reads: department.connectors, environment: {} });
  return runSource({
    ...mapping,
    drift: mapping.drift,
    connection: database.connection,
    clock,
    outbox: department.outbox,
    logger: createLogger({ name: 'test', level: 'silent' }),
  });
}

const refused = async (source: string): Promise<(string | null)[]> => {
  const rows = await under.department.connectors.refusals(source, { limit: 20 });
  for (const { reason } of rows) expectChinese(reason);
  return rows.map(({ line, column, reason }) => [line, column, reason].join(' '));
};

const asked = async <Data>(query: string): Promise<Data | null | undefined> => {
  const { data, errors } = await under.ask<Data>(query, { actor: coordinator });
  expect(errors).toBeUndefined();
  return data;
};

/** The first line of market-register.csv. */
const HESHENG = '91421222MA3L4W7M5Q';
const looksAfter = async (): Promise<unknown> =>
  (
    await asked<{ enterprise: unknown }>(
      `{ enterprise(uscc: "${HESHENG}") { steward { id name department { code } } } }`,
    )
  )?.enterprise;

it('an empty city is filled by four lists: departments, officials, register, who looks after whom', async () => {
  expect((await runExample('departments')).run.counts).toMatchObject({ read: 18, new: 17, refused: 1 });
  expect(await refused('departments')).toEqual([
    '19 是否综合协调部门 综合协调部门已是 YSB 咸宁市优化营商环境办公室，一个城市只有一个',
  ]);
  expect(
    await asked(`{ departments(level: COUNTY) { code name region { code name } } regions { code name } }`),
  ).toMatchObject({
    departments: expect.arrayContaining([
      { code: 'TCXZF', name: '通城县人民政府', region: { code: '421222', name: '通城县' } },
    ]) as unknown,
    regions: [
      { code: '421200', name: '咸宁市' },
      { code: '421202', name: '咸安区' },
      { code: '421221', name: '嘉鱼县' },
      { code: '421222', name: '通城县' },
      { code: '421223', name: '崇阳县' },
      { code: '421224', name: '通山县' },
      { code: '421281', name: '赤壁市' },
    ],
  });

  expect((await runExample('officials')).run.counts).toMatchObject({ read: 6, new: 5, refused: 1 });
  expect(await refused('officials')).toEqual([expect.stringMatching(/^7 所在单位 “市城建局” 不在代码表中/) as unknown]);
  const register = (await runExample('market-register')).run.counts;
  expect(register.new).toBeGreaterThan(90);
  expect((await runExample('service-roles')).run.counts).toMatchObject({ read: 5, new: 4, refused: 1 });
  expect(await refused('service-roles')).toEqual(['6 工号 没有工号为 YX-0999 的人员；工号无误的，请先导入人员名册']);
  expect(await looksAfter()).toEqual({ steward: { id: 'YX-0104', name: '刘敏', department: { code: 'TCXZF' } } });

  expect((await runExample('projects')).run.counts).toMatchObject({ read: 3, new: 2, refused: 1 });
  expect(await refused('projects')).toEqual(['4 签约日期 签约日期 2027-01-05 晚于今天 2026-11-20']);
  expect(
    await asked(
      `{ projects(first: 5) { totalCount nodes { id name region { code } leadDepartment { code } investment { amount } signedOn stage track
         enterprise { name } steward { name } } } }`,
    ),
  ).toEqual({
    projects: {
      totalCount: 2,
      nodes: [
        {
          id: 'ZS-2025-018',
          name: '横沟装配式建筑基地',
          region: { code: '421202' },
          leadDepartment: { code: 'FGW' },
          investment: { amount: '32000000.00' },
          signedOn: '2025-09-02',
          stage: 'SIGNED',
          track: 'PLATFORM',
          enterprise: { name: '咸宁横沟建筑有限公司' },
          steward: { name: '李建国' },
        },
        {
          id: 'XN-2025-0101',
          name: '通城云母新材料扩产项目',
          region: { code: '421222' },
          leadDepartment: { code: 'JXJ' },
          investment: { amount: '125000000.00' },
          signedOn: '2025-03-18',
          stage: 'UNDER_CONSTRUCTION',
          track: 'KEY',
          enterprise: { name: '通城贺胜科技股份有限公司' },
          steward: { name: '王海燕' },
        },
      ],
    },
  });

  for (const name of ['departments', 'officials', 'projects', 'service-roles'])
    expect((await runExample(name)).run.counts).toMatchObject({ new: 0, changed: 0, refused: 1 });
});

describe('the list of departments', () => {
  const row = (code: string, more: Record<string, string | boolean> = {}) => ({
    code,
    name: `${code}局`,
    region: '421200',
    ...more,
  });
  const counts = async (report: Promise<RunReport>): Promise<unknown> => {
    const { read, new: entered, changed, unchanged, refused: not } = (await report).run.counts;
    return [read, entered, changed, unchanged, not];
  };

  it('is the coordinator’s once there is one, and until then whoever fills it may', async () => {
    expect(
      await counts(deliveries(under, 'department', 'BBZ').deliver([row('BBZ'), row('YSB', { isCoordinator: true })])),
    ).toEqual([2, 2, 0, 0, 0]);
    expect(await counts(deliveries(under, 'department', 'BBZ').deliver([row('FGW')], { source: 'second' }))).toEqual([
      1, 0, 0, 0, 1,
    ]);
    expect(await refused('second')).toEqual([expect.stringContaining('BBZ 不是综合协调部门，不能更改机构名录')]);
    expect(await counts(deliveries(under, 'department', 'YSB').deliver([row('FGW')], { source: 'third' }))).toEqual([
      1, 1, 0, 0, 0,
    ]);
  });

  it('calls a region by one name, and asks for the name of one that no table has', async () => {
    const list = deliveries(under, 'department', 'YSB');
    expect(
      await counts(
        list.deliver([
          row('YSB', { isCoordinator: true }),
          row('AQZF', { region: '540102' }),
          row('LSZF', { region: '540103', regionName: '堆龙德庆区' }),
          row('LSJ', { region: '540103', regionName: '堆龙区' }),
          row('XAJ', { region: '421202', regionName: '温泉区' }),
          row('XX', { region: '4212' }),
          row('1XX'),
        ]),
      ),
    ).toEqual([7, 2, 0, 0, 5]);
    expect(await refused('department-list')).toEqual([
      expect.stringContaining('区划表中没有 540102，请在“区划名称”一栏写明其名称'),
      expect.stringContaining('区划代码 540103 是“堆龙德庆区”，不是“堆龙区”'),
      expect.stringContaining('区划代码 421202 是“咸安区”，不是“温泉区”'),
      expect.stringContaining('区划代码“4212”须为 GB/T 2260 的六位数字'),
      expect.stringContaining('机构代码“1XX”须为 2 至 20 位字母或数字，以字母开头'),
    ]);
  });

  it('gives back on undoing what a run changed, and keeps whom it entered', async () => {
    const list = deliveries(under, 'department', 'YSB');
    await list.deliver([row('YSB', { isCoordinator: true }), row('FGW')]);
    const changed = await list.deliver([
      row('YSB', { isCoordinator: true }),
      row('FGW', { name: '发展和改革委员会' }),
      row('TJJ'),
    ]);
    await list.undo(changed.run._id);
    expect(await asked(`{ departments { code name } }`)).toEqual({
      departments: [
        { code: 'FGW', name: 'FGW局' },
        { code: 'TJJ', name: 'TJJ局' },
        { code: 'YSB', name: 'YSB局' },
      ],
    });
  });
});

describe('officials and whom they look after', () => {
  const person = (id: string, department: string, more: Record<string, string> = {}) => ({
    id,
    name: '李建国',
    post: '科长',
    telephone: '0715-8255101',
    department,
    ...more,
  });
  beforeEach(async () => {
    await runExample('departments');
    await runExample('market-register');
  });

  it('a department delivers its own alone, the coordinator everybody', async () => {
    const own = await deliveries(under, 'official', 'KJJ').deliver([person('K-1', 'KJJ'), person('K-2', 'CZJ')]);
    expect(own.run.counts).toMatchObject({ new: 1, refused: 1 });
    expect(await refused('official-list')).toEqual([expect.stringContaining('KJJ 只能填报本单位人员')]);
    await deliveries(under, 'official', 'YSB').deliver([person('C-1', 'CZJ')], { source: 'all' });
    // Nobody takes another department's official over.
    const taken = await deliveries(under, 'official', 'KJJ').deliver([person('C-1', 'KJJ')], { source: 'taking' });
    expect(taken.run.counts).toMatchObject({ changed: 0, refused: 1 });
  });

  it('who looks after an enterprise moves to another department only after handing over', async () => {
    const people = deliveries(under, 'official', 'YSB');
    await people.deliver([person('K-1', 'KJJ'), person('C-1', 'CZJ')]);
    await deliveries(under, 'service-role', 'YSB').deliver([{ uscc: HESHENG, role: 'STEWARD', official: 'K-1' }]);
    const moved = await people.deliver([person('K-1', 'CZJ'), person('C-1', 'KJJ')]);
    expect(moved.run.counts).toMatchObject({ changed: 1, refused: 1 });
    expect(await refused('official-list')).toEqual([expect.stringContaining('K-1 仍在 KJJ 包联企业或列于服务名单')]);
  });

  it('undoing takes out whom nobody has named since, and keeps the others', async () => {
    const people = deliveries(under, 'official', 'YSB');
    const run = await people.deliver([person('K-1', 'KJJ'), person('C-1', 'CZJ')]);
    await deliveries(under, 'service-role', 'YSB').deliver([{ uscc: HESHENG, role: 'STEWARD', official: 'K-1' }]);
    await people.undo(run.run._id);
    expect((await under.department.stores.officials.byId(['K-1', 'C-1'])).map(({ id }) => id)).toEqual(['K-1']);
  });

  it('a new steward ends the one before, and undoing gives the place back', async () => {
    await deliveries(under, 'official', 'YSB').deliver([person('K-1', 'KJJ'), person('K-2', 'KJJ')]);
    const roles = deliveries(under, 'service-role', 'YSB');
    await roles.deliver([{ uscc: HESHENG, role: 'STEWARD', official: 'K-1' }]);
    const second = await roles.deliver([{ uscc: HESHENG, role: 'STEWARD', official: 'K-2' }]);
    expect(second.run.counts).toMatchObject({ changed: 1 });
    expect(await looksAfter()).toMatchObject({ steward: { id: 'K-2' } });
    const links = async () =>
      ((await under.department.stores.links.ofEnterprises([HESHENG])).get(HESHENG) ?? []).map(
        ({ officialId, until }) => `${String(officialId)} ${until ?? 'holds'}`,
      );
    expect((await links()).sort()).toEqual(['K-1 2026-11-20', 'K-2 holds']);
    await roles.undo(second.run._id);
    expect(await looksAfter()).toMatchObject({ steward: { id: 'K-1' } });
    const first = await roles.deliver([{ uscc: HESHENG, role: 'LEADER', official: 'K-2' }], { source: 'leaders' });
    await roles.undo(first.run._id);
    expect((await links()).filter((link) => link.endsWith('holds'))).toEqual(['K-1 holds']);
  });

  it('a department names its own contacts and agents, one for each enterprise, and nobody else', async () => {
    await deliveries(under, 'official', 'YSB').deliver([person('K-1', 'KJJ'), person('C-1', 'CZJ')]);
    const contact = (official: string, department: string) => ({
      uscc: HESHENG,
      role: 'DEPARTMENT_CONTACT',
      official,
      department,
    });
    const own = await deliveries(under, 'department-contact', 'KJJ').deliver([
      contact('K-1', 'KJJ'),
      contact('C-1', 'CZJ'),
      { ...contact('C-1', 'KJJ'), role: 'AGENT' },
    ]);
    expect(own.run.counts).toMatchObject({ new: 1, refused: 2 });
    const steward = { uscc: HESHENG, role: 'STEWARD', official: 'K-1' };
    const other = await deliveries(under, 'service-role', 'KJJ').deliver([steward]);
    expect(other.run.counts).toMatchObject({ new: 0, refused: 1 });
    expect(await refused('service-role-list')).toEqual([
      expect.stringContaining('KJJ 只能填报本单位的部门联系人和代办帮办员'),
    ]);
    // Both departments' contacts stand beside one another.
    const theirs = await deliveries(under, 'department-contact', 'CZJ').deliver([contact('C-1', 'CZJ')], {
      source: 'czj',
    });
    expect(theirs.run.counts).toMatchObject({ new: 1 });
  });

  it.each([
    [{ uscc: HESHENG, role: 'LEADER', official: 'K-9' }, '没有工号为 K-9 的人员'],
    [{ uscc: HESHENG, role: 'LEADER' }, '“包联领导”由人员担任：请填写工号'],
    [{ uscc: HESHENG, role: 'SUPPORTING_UNIT', official: 'K-1' }, '“联系单位”由单位担任：请填写单位，不填写人员'],
    [{ uscc: HESHENG, role: 'LEADER', official: 'K-1', department: 'CZJ' }, 'K-1 是 KJJ 的人员，不属于 CZJ'],
    [{ uscc: '91420106MA4KWR3T7E', role: 'LEADER', official: 'K-1' }, '91420106MA4KWR3T7E'],
  ])('refuses %j', async (row, words) => {
    await deliveries(under, 'official', 'YSB').deliver([person('K-1', 'KJJ')]);
    const run = await deliveries(under, 'service-role', 'YSB').deliver([row]);
    expect(run.run.counts).toMatchObject({ new: 0, refused: 1 });
    expect(await refused('service-role-list')).toEqual([expect.stringContaining(words)]);
  });

  describe('and projects', () => {
    const project = (id: string, more: Record<string, string> = {}) => ({
      id,
      name: '云母新材料扩产',
      uscc: HESHENG,
      region: '421222',
      leadDepartment: 'JXJ',
      investment: '1250000000',
      signedOn: '2025-03-18',
      stage: 'SIGNED',
      track: 'KEY',
      steward: 'J-1',
      ...more,
    });
    const list = () => deliveries(under, 'project', 'JXJ');
    beforeEach(async () => {
      await deliveries(under, 'official', 'YSB').deliver([person('J-1', 'JXJ')]);
    });

    it('refuses what cannot be one', async () => {
      const run = await list().deliver([
        project('XN-2025-1'),
        project('A/1'),
        project('Z-1', { steward: 'J-9' }),
        project('Z-2', { signedOn: '2026-11-21' }),
        project('Z-3', { leadDepartment: 'KJJ' }),
        project('Z-4', { uscc: '91420106MA4KWR3T7E' }),
        project('Z-5'),
        project('z-5', { name: '另一个项目' }),
      ]);
      expect(run.run.counts).toMatchObject({ new: 1, refused: 7 });
      expect(await refused('project-list')).toEqual([
        expect.stringContaining('须为 XN-年份-四位序号'),
        expect.stringContaining('项目编号“A/1”须为 3 至 40 位'),
        expect.stringContaining('没有工号为 J-9 的人员'),
        expect.stringContaining('签约日期 2026-11-21 晚于今天 2026-11-20'),
        expect.stringContaining('JXJ 只能填报本单位牵头的项目'),
        expect.stringContaining('91420106MA4KWR3T7E'),
        expect.any(String),
      ]);
    });

    it('count on from a delivered number, and keep the stage that was recorded here', async () => {
      const first = await list().deliver([project('XN-2026-0041'), project('XN-2026-0042')]);
      const { projects, projectEvents } = under.department.stores;
      const { connection } = under.database;
      await connection.transaction(async (session) => {
        expect(await projects.nextNumber(2026, session)).toBe('XN-2026-0043');
        await projectEvents.append(
          {
            project: 'XN-2026-0041',
            seq: 1,
            at: '2026-11-01T00:00:00Z',
            by: 'officer-1',
            department: 'JXJ',
            change: { type: 'TERMINATED', reason: 'given up' } as never,
          },
          session,
        );
      });
      const second = await list().deliver([
        project('XN-2026-0041', { stage: 'STARTED' }),
        project('XN-2026-0042', { stage: 'STARTED' }),
      ]);
      expect(second.run.counts).toMatchObject({ changed: 1, refused: 1 });
      await list().undo(second.run._id);
      await list().undo(first.run._id);
      expect((await projects.byId(['XN-2026-0041', 'XN-2026-0042'])).map(({ id }) => id)).toEqual(['XN-2026-0041']);
    });
  });
});
