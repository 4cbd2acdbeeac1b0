import type { RunReport } from '@zhitong/connect';
import { codeReader } from '../../../../connect/src/mapping/readers/codes.js';
import { expectChinese, type Values } from '../../../support/deliveries.js';
import { deliveries } from '../../support/deliveries.js';
import { coordinator, emptyEnterprises, type EnterprisesUnderTest } from '../../support/enterprises-under-test.js';

/** Each rule by which a city's lists land: what counts as a change, whose it is, and what undoing leaves. */
let under: Omit<EnterprisesUnderTest, 'city'>;
const [HESHENG, OTHER] = ['91421222MA3L4W7M5Q', '91110000600037341L'];

const department = (code: string, more: Values = {}): Values => ({
  code,
  name: `${code}局`,
  shortName: code,
  region: '421200',
  ...more,
});
const CITY = [
  department('YSB', { isCoordinator: true }),
  ...['KJJ', 'CZJ', 'JXJ'].map((code) => department(code)),
  department('TCX', { region: '421222' }),
];
const person = (id: string, of: string, more: Values = {}): Values => ({
  id,
  name: '李建国',
  post: '科长',
  telephone: '0715-8255101',
  department: of,
  ...more,
});
const project = (id: string, more: Values = {}): Values => ({
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

const list = (target: string, by = 'YSB') => deliveries(under, target, by);
/** New, changed, unchanged, refused. */
const counts = ({ run }: RunReport): number[] => {
  const { new: entered, changed, unchanged, refused } = run.counts;
  return [entered, changed, unchanged, refused];
};
/** Why undoing left records; in Chinese, for officials. */
async function leftBy(target: string, { run }: RunReport): Promise<(string | number)[]> {
  const { undoing } = await list(target).undo(run._id);
  const { undone = 0, leftRecords = [] } = undoing ?? {};
  for (const { reason } of leftRecords) expectChinese(reason);
  return [undone, ...leftRecords.map(({ reason }) => reason)];
}
const asked = async (query: string): Promise<unknown> => {
  const { data, errors } = await under.ask(query, { actor: coordinator });
  expect(errors).toBeUndefined();
  return data;
};

beforeEach(async () => {
  under = await emptyEnterprises(import.meta.url);
  await list('department').deliver(CITY);
});
afterEach(async () => under.close());

describe('a department of the list', () => {
  it.each<[string, Values, object]>([
    ['name', { name: '科学技术局' }, { name: '科学技术局' }],
    ['short name', { shortName: '科技局' }, { shortName: '科技局' }],
    ['level', { level: 'COUNTY' }, { level: 'COUNTY' }],
    ['region', { region: '421222' }, { region: { code: '421222', name: '通城县' } }],
  ])('is another one by its %s', async (_what, part, told) => {
    expect(counts(await list('department').deliver([department('KJJ', part)]))).toEqual([0, 1, 0, 0]);
    expect(await asked('{ department(code: "KJJ") { name shortName level region { code name } } }')).toMatchObject({
      department: told,
    });
  });

  it('is the same one when another source says what stands, whatever the case of its code', async () => {
    expect(counts(await list('department').deliver([department('kjj', CITY[1])], { source: 'second' }))).toEqual([
      0, 0, 1, 0,
    ]);
    expect(
      counts(await list('department').deliver([department('TJJ'), department('tjj')], { source: 'third' })),
    ).toEqual([1, 0, 0, 1]);
  });

  it('keeps what a row leaves out', async () => {
    await list('department').deliver([department('KJJ', { shortName: '科技局', level: 'COUNTY' })]);
    await list('department').deliver([
      { code: 'KJJ', name: '科学技术局', region: '421200' },
      { code: 'YSB', name: '营商办', region: '421200' },
    ]);
    expect(
      await asked(
        '{ kjj: department(code: "KJJ") { name shortName level } ysb: department(code: "YSB") { isCoordinator } }',
      ),
    ).toEqual({
      kjj: { name: '科学技术局', shortName: '科技局', level: 'COUNTY' },
      ysb: { isCoordinator: true },
    });
  });

  it('stands at one of four levels, down to the village', async () => {
    await list('department').deliver([
      department('HGZ', { level: 'TOWNSHIP', region: '421222' }),
      department('HGC', { level: 'VILLAGE', region: '421222' }),
    ]);
    const at = (level: string) => `${level}: departments(level: ${level}) { code }`;
    expect(await asked(`{ ${['CITY', 'COUNTY', 'TOWNSHIP', 'VILLAGE'].map(at).join(' ')} }`)).toEqual({
      CITY: ['CZJ', 'JXJ', 'KJJ', 'YSB'].map((code) => ({ code })),
      COUNTY: [{ code: 'TCX' }],
      TOWNSHIP: [{ code: 'HGZ' }],
      VILLAGE: [{ code: 'HGC' }],
    });
    const target = (await under.department.connectorTargets()).find(({ name }) => name === 'department');
    const { type } = target?.fields['level'] ?? {};
    const read = type?.kind === 'code' ? codeReader(type, {}, String) : fail();
    const levels = ['市直', '县区级', '街道', '乡镇', '社区', '村'].map((text) => read({ kind: 'text', text }));
    expect(levels.map((level) => (level.ok ? level.value : level.reason))).toEqual([
      ...['CITY', 'COUNTY', 'TOWNSHIP', 'TOWNSHIP', 'VILLAGE', 'VILLAGE'],
    ]);
  });

  it('hands the coordination over: first nobody has it, then the next', async () => {
    const handOver = [department('YSB', { isCoordinator: false }), department('CZJ', { isCoordinator: true })];
    expect(counts(await list('department').deliver(handOver))).toEqual([0, 2, 0, 0]);
    expect(counts(await list('department').deliver([department('TJJ')], { source: 'late' }))).toEqual([0, 0, 0, 1]);
    expect(counts(await list('department', 'CZJ').deliver([department('TJJ')], { source: 'new' }))).toEqual([
      1, 0, 0, 0,
    ]);
  });

  it('is left on undoing when somebody has changed it since, or has named it', async () => {
    const first = await list('department').deliver([department('KJJ', { name: '甲局' }), department('TJJ')]);
    await list('department').deliver([department('KJJ', { name: '乙局' })], { source: 'second' });
    expect(await leftBy('department', first)).toEqual([
      0,
      expect.stringContaining('可能已被其他部门引用'),
      '此后该机构又有变更，未撤销',
    ]);
    expect(await asked('{ department(code: "KJJ") { name } }')).toEqual({ department: { name: '乙局' } });
  });
});

describe('an official of the list', () => {
  const known = async (id: string): Promise<unknown> => (await under.department.stores.officials.byId([id]))[0];
  beforeEach(async () => {
    await list('official').deliver([person('K-1', 'KJJ'), person('K-2', 'KJJ')]);
  });

  it.each<[string, Values]>([
    ['name', { name: '王海燕' }],
    ['post', { post: '局长' }],
    ['telephone', { telephone: '0715-8255999' }],
  ])('is another record by the %s', async (_what, part) => {
    expect(counts(await list('official').deliver([person('K-1', 'KJJ', part)]))).toEqual([0, 1, 0, 0]);
    expect(await known('K-1')).toMatchObject(part);
  });

  it('is the same when another source says what stands', async () => {
    expect(counts(await list('official').deliver([person('K-1', 'KJJ')], { source: 'second' }))).toEqual([0, 0, 1, 0]);
  });

  const roster = async (leftOn: string | null): Promise<void> => {
    await under.database.connection.transaction(async (session) => {
      await under.department.stores.officers.put(
        [
          {
            ...{ officialId: 'K-1', departmentCode: 'KJJ', roles: ['STEWARD'], leftOn },
            ...{ classes: [], teams: [], regions: [], capacity: null },
          },
        ],
        session,
      );
    });
  };

  it('on the roster moves to another department only after leaving it', async () => {
    await roster(null);
    expect(counts(await list('official').deliver([person('K-1', 'CZJ')]))).toEqual([0, 0, 0, 1]);
    await roster('2026-11-19');
    expect(counts(await list('official').deliver([person('K-1', 'CZJ')]))).toEqual([0, 1, 0, 0]);
  });

  it('is left on undoing when another source has changed it since', async () => {
    const first = await list('official').deliver([person('K-1', 'KJJ', { post: '副局长' })]);
    await list('official').deliver([person('K-1', 'KJJ', { post: '局长' })], { source: 'second' });
    expect(await leftBy('official', first)).toEqual([0, '此后该人员信息又有变更，未撤销']);
    expect(await known('K-1')).toMatchObject({ post: '局长' });
  });

  it('does not move back on undoing while looking after somebody for the new department', async () => {
    const moved = await list('official').deliver([person('K-1', 'CZJ'), person('K-2', 'KJJ', { post: '局长' })]);
    await roster(null);
    expect(await leftBy('official', moved)).toEqual([1, expect.stringContaining('该人员此后已有包联')]);
    expect(await known('K-1')).toMatchObject({ departmentCode: 'CZJ' });
    expect(await known('K-2')).toMatchObject({ post: '科长' });
  });

  it('who does things for a matter is not taken out', async () => {
    const entered = await list('official').deliver([person('K-3', 'KJJ'), person('K-4', 'KJJ')], { source: 'new' });
    await under.database.connection.collection('service_items').insertOne({ id: 'M-1', agents: ['K-3'] });
    expect(await leftBy('official', entered)).toEqual([1, expect.stringContaining('事项')]);
    expect([await known('K-3'), await known('K-4')]).toEqual([expect.objectContaining({ id: 'K-3' }), undefined]);
  });
});

describe('with enterprises', () => {
  const entry = (uscc: string, name: string): Values => ({ uscc, name, registeredOn: '2020-01-07', region: '421222' });
  let register: RunReport;
  beforeEach(async () => {
    register = await list('enterprise').deliver([entry(HESHENG, '通城贺胜科技'), entry(OTHER, '另一家企业')]);
    await list('official').deliver([
      ...[person('K-1', 'KJJ'), person('K-2', 'KJJ')],
      ...[person('C-1', 'CZJ'), person('J-1', 'JXJ'), person('J-2', 'JXJ')],
    ]);
  });

  it.each(['visits', 'inspections', 'penalties', 'labour_reports'])(
    'one of which there are %s is not taken out of the register',
    async (collection) => {
      await under.database.connection.collection(collection).insertOne({ uscc: HESHENG });
      expect(await leftBy('enterprise', register)).toEqual([1, expect.stringContaining('该企业此后已有年度数据')]);
      expect(await asked(`{ enterprises(filter: { uscc: ["${HESHENG}", "${OTHER}"] }) { nodes { uscc } } }`)).toEqual({
        enterprises: { nodes: [{ uscc: HESHENG }] },
      });
    },
  );

  describe('who looks after one', () => {
    const role = (holder: string, more: Values = {}): Values => ({
      ...{ uscc: HESHENG, role: 'STEWARD', official: holder },
      ...more,
    });
    const links = async () => (await under.department.stores.links.ofEnterprises([HESHENG])).get(HESHENG) ?? [];

    it('is the same when another source says what stands', async () => {
      await list('service-role').deliver([role('K-1')]);
      expect(counts(await list('service-role').deliver([role('K-1')], { source: 'second' }))).toEqual([0, 0, 1, 0]);
      expect(await links()).toHaveLength(1);
    });

    it('is a supporting unit by its department', async () => {
      const unit = (code: string): Values => ({ uscc: HESHENG, role: 'SUPPORTING_UNIT', department: code });
      await list('service-role').deliver([unit('KJJ')]);
      expect(counts(await list('service-role').deliver([unit('CZJ')]))).toEqual([0, 1, 0, 0]);
    });

    it('is left on undoing when somebody else has the place since', async () => {
      const first = await list('service-role').deliver([role('K-1')]);
      await list('service-role').deliver([role('K-2')], { source: 'second' });
      expect(await leftBy('service-role', first)).toEqual([0, '此后该企业的包联人员又有变更，未撤销']);
      expect((await links()).filter(({ until }) => until === null).map(({ officialId }) => officialId)).toEqual([
        'K-2',
      ]);
    });

    it('is nobody who has left', async () => {
      await under.database.connection.collection('service_officers').insertOne({
        ...{ officialId: 'K-1', departmentCode: 'KJJ', leftOn: '2026-11-01' },
      });
      await list('service-role').deliver([role('K-1')]);
      expect(await list('service-role').refusals()).toEqual([['official', expect.stringContaining('2026-11-01')]]);
    });

    it('stays as the contact of one department when that of another is taken back', async () => {
      const contact = (holder: string, code: string): Values =>
        role(holder, { role: 'DEPARTMENT_CONTACT', department: code });
      const mine = await list('department-contact').deliver([contact('K-1', 'KJJ')]);
      const theirs = await list('department-contact').deliver([contact('C-1', 'CZJ')], { source: 'second' });
      const without = async () =>
        asked('{ enterprises(filter: { withoutRole: DEPARTMENT_CONTACT }) { nodes { uscc } } }');
      const none = { enterprises: { nodes: [{ uscc: OTHER }] } };
      expect(await without()).toEqual(none);
      expect(await leftBy('department-contact', mine)).toEqual([1]);
      expect(await without()).toEqual(none);
      expect(await leftBy('department-contact', theirs)).toEqual([1]);
      expect(await without()).toEqual({ enterprises: { nodes: [{ uscc: OTHER }, { uscc: HESHENG }] } });
    });

    it('is told to whoever hears the registry: filled, filled again, given up', async () => {
      await list('service-role').deliver([role('K-1'), role('C-1', { role: 'LEADER' })]);
      const third = await list('service-role').deliver([role('K-2'), role('J-1', { role: 'EMPLOYMENT_SPECIALIST' })]);
      await list('service-role').undo(third.run._id);
      const outbox = await under.database.connection.collection('outbox').find().sort({ _id: 1 }).toArray();
      const told = outbox.flatMap(({ event }) => {
        const { type, data } = event as { type: string; data: { official?: string } };
        const kind = /^cn\.zhitong\.(?:service-network|enterprise)\.(role-.+|steward-.+)$/.exec(type)?.[1];
        return kind === undefined ? [] : [`${kind} ${data.official ?? ''}`];
      });
      expect(told.slice(0, 4).sort()).toEqual([
        'role-filled C-1',
        'role-filled J-1',
        'steward-assigned K-1',
        'steward-assigned K-2',
      ]);
      expect(told.slice(4).sort()).toEqual(['role-ended ', 'steward-assigned K-1']);
    });
  });

  describe('a project', () => {
    beforeEach(async () => {
      await list('project').deliver([project('Z-001')]);
    });
    const stored = async (): Promise<unknown> => (await under.department.stores.projects.byId(['Z-001']))[0];

    it.each<[string, Values, object]>([
      ['name', { name: '二期' }, { name: '二期' }],
      ['enterprise', { uscc: OTHER }, { uscc: OTHER }],
      ['region', { region: '421200' }, { region: { code: '421200', name: '咸宁市' } }],
      ['leading department', { leadDepartment: 'KJJ' }, { leadDepartmentCode: 'KJJ' }],
      ['investment', { investment: '100' }, { investmentFen: 100 }],
      ['day of signing', { signedOn: '2025-03-19' }, { signedOn: '2025-03-19' }],
      ['stage', { stage: 'STARTED' }, { stage: 'STARTED' }],
      ['track', { track: 'PLATFORM' }, { track: 'PLATFORM' }],
      ['steward', { steward: 'J-2' }, { stewardId: 'J-2' }],
    ])('is another record by its %s', async (_what, part, told) => {
      expect(counts(await list('project').deliver([project('Z-001', part)]))).toEqual([0, 1, 0, 0]);
      expect(await stored()).toMatchObject(told);
    });

    it('is the same when another source says what stands, in small letters too', async () => {
      expect(counts(await list('project').deliver([project('z-001')], { source: 'second' }))).toEqual([0, 0, 1, 0]);
    });

    it('is taken over by no other department', async () => {
      const mine = list('project', 'KJJ');
      await mine.deliver([project('Z-001', { leadDepartment: 'KJJ' })]);
      expect(await mine.refusals()).toEqual([['leadDepartment', 'KJJ 只能填报本单位牵头的项目']]);
    });

    it.each(['-1', '9007199254740993'])('has no investment of %s fen', async (investment) => {
      await list('project').deliver([project('Z-001', { investment })]);
      expect(await list('project').refusals()).toEqual([['investment', expect.stringContaining('协议投资额')]]);
    });

    it('is left on undoing when another source has changed it since', async () => {
      const first = await list('project').deliver([project('Z-001', { name: '二期' })]);
      await list('project').deliver([project('Z-001', { name: '三期' })], { source: 'second' });
      expect(await leftBy('project', first)).toEqual([0, '此后该项目又有变更，未撤销']);
      expect(await stored()).toMatchObject({ name: '三期' });
    });
  });
});

const fail = (): never => {
  throw new Error('The level of a department is no code.');
};
