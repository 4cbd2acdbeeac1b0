import path from 'node:path';
import { readMapping, runSource, type RunReport } from '@zhitong/connect';
import { createLogger } from '@zhitong/kit';
import { expectChinese, type Values } from '../../../support/deliveries.js';
import { deliveries } from '../../support/deliveries.js';
import {
  clock,
  coordinator,
  emptyEnterprises,
  type EnterprisesUnderTest,
} from '../../support/enterprises-under-test.js';

/** Departments' contacts at enterprises, and projects of which something has begun here: whose word counts. */
let under: Omit<EnterprisesUnderTest, 'city'>;
const HESHENG = '91421222MA3L4W7M5Q';
const HENGGOU = '91421202MA223UYH6P';

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
const refused = async (source: string): Promise<string[]> => {
  const rows = await under.department.connectors.refusals(source, { limit: 20 });
  for (const { reason } of rows) expectChinese(reason);
  return rows.map(({ line, column, reason }) => [line, column, reason].join(' '));
};
const asked = async (query: string): Promise<unknown> => {
  const { data, errors } = await under.ask(query, { actor: coordinator });
  expect(errors).toBeUndefined();
  return data;
};

beforeAll(async () => {
  under = await emptyEnterprises(import.meta.url);
  for (const name of ['departments', 'officials', 'market-register', 'projects']) await runExample(name);
});
afterAll(async () => under.close());

describe('the contacts of the departments', () => {
  const contacts = async (uscc: string): Promise<unknown> =>
    asked(`{ enterprise(uscc: "${uscc}") { serviceNetwork { role department { code } official { id name } } } }`);

  it('land by the example, one of each department beside those of the others', async () => {
    expect((await runExample('department-contacts')).run.counts).toMatchObject({ read: 5, new: 4, refused: 1 });
    expect(await refused('department-contacts')).toEqual(['6 联系单位 YX-0102 是 JXJ 的人员，不属于 KJJ']);
    const [wang, chen, zhao] = [
      { id: 'YX-0102', name: '王海燕' },
      { id: 'YX-0103', name: '陈志强' },
      { id: 'YX-0105', name: '赵磊' },
    ];
    expect(await contacts(HESHENG)).toEqual({
      enterprise: {
        serviceNetwork: expect.arrayContaining([
          { role: 'DEPARTMENT_CONTACT', department: { code: 'JXJ' }, official: wang },
          { role: 'DEPARTMENT_CONTACT', department: { code: 'KJJ' }, official: chen },
          { role: 'AGENT', department: { code: 'JXJ' }, official: wang },
        ]) as unknown,
      },
    });
    expect(await contacts(HENGGOU)).toEqual({
      enterprise: { serviceNetwork: [{ role: 'DEPARTMENT_CONTACT', department: { code: 'SCJGJ' }, official: zhao }] },
    });
    expect((await runExample('department-contacts')).run.counts).toMatchObject({ new: 0, changed: 0, refused: 1 });
  });

  it('are of the department that names them: neither another’s official, nor in another’s name', async () => {
    const row = (official: string, department: string): Values => ({
      ...{ uscc: HENGGOU, role: 'DEPARTMENT_CONTACT', official, department },
    });
    const { run } = await deliveries(under, 'department-contact', 'KJJ').deliver([
      row('YX-0102', 'JXJ'),
      row('YX-0102', 'KJJ'),
      { ...row('YX-0103', 'JXJ'), role: 'AGENT' },
    ]);
    expect(run.counts).toMatchObject({ new: 0, refused: 3 });
    expect(await deliveries(under, 'department-contact', 'KJJ').refusals()).toEqual([
      ['official', 'YX-0102 不是 KJJ 的人员'],
      ['official', 'YX-0102 不是 KJJ 的人员'],
      ['department', 'YX-0103 是 KJJ 的人员，不属于 JXJ'],
    ]);
  });
});

describe('a project of which something is recorded here', () => {
  const project = (id: string, more: Values = {}): Values => ({
    ...{ id, name: '云母新材料扩产', uscc: HESHENG, region: '421222', leadDepartment: 'JXJ' },
    ...{ investment: '1250000000', signedOn: '2025-03-18', stage: 'SIGNED', track: 'KEY', steward: 'YX-0102' },
    ...more,
  });
  const list = (source: string) => {
    const of = deliveries(under, 'project', 'JXJ');
    return { ...of, deliver: async (rows: readonly Values[]) => of.deliver(rows, { source }) };
  };
  const stored = async (id: string): Promise<object | undefined> =>
    (await under.department.stores.projects.byId([id]))[0];
  const begin = async (id: string): Promise<void> => {
    const change = { type: 'TASK_DONE', task: 1, note: '已办结' } as const;
    await under.database.connection.transaction(async (session) =>
      under.department.stores.projectEvents.append(
        { project: id, seq: 1, at: '2026-11-01T00:00:00Z', by: 'officer-1', department: 'JXJ', change },
        session,
      ),
    );
  };
  const undone = async (of: ReturnType<typeof list>, { run }: RunReport): Promise<unknown> => {
    const { undone: count = 0, leftRecords = [] } = (await of.undo(run._id)).undoing ?? {};
    return [count, ...leftRecords.map(({ reason }) => reason)];
  };

  it('stays when the run that entered it is undone; the others go', async () => {
    const of = list('entered');
    const entered = await of.deliver([project('Z-101'), project('Z-102')]);
    await begin('Z-101');
    expect(await undone(of, entered)).toEqual([1, '该项目此后已在本平台办理，未撤销']);
    expect([await stored('Z-101'), await stored('Z-102')]).toEqual([
      expect.objectContaining({ id: 'Z-101' }),
      undefined,
    ]);
  });

  it('is given back what a run said wrongly, but for its stage', async () => {
    await list('first').deliver([project('Z-201'), project('Z-202')]);
    const of = list('wrong');
    const wrong = await of.deliver([
      project('Z-201', { name: '名称有误', stage: 'STARTED' }),
      project('Z-202', { stage: 'STARTED' }),
    ]);
    await begin('Z-201');
    await begin('Z-202');
    expect(await undone(of, wrong)).toEqual([1, '该项目此后已在本平台办理，阶段以办理记录为准，未撤销']);
    expect(await stored('Z-201')).toMatchObject({ name: '云母新材料扩产', stage: 'STARTED' });
    expect(await stored('Z-202')).toMatchObject({ stage: 'STARTED' });
  });

  it('has no steward who has left, unless it kept that one', async () => {
    await list('before').deliver([project('Z-301')]);
    await under.database.connection.collection('service_officers').insertOne({
      ...{ officialId: 'YX-0102', departmentCode: 'JXJ', leftOn: '2026-11-01' },
    });
    const { run } = await list('after').deliver([project('Z-301', { name: '二期' }), project('Z-302')]);
    expect(run.counts).toMatchObject({ changed: 1, new: 0, refused: 1 });
    expect(await refused('after')).toEqual([
      expect.stringContaining('YX-0102 已于 2026-11-01 离任，请改填现任项目管家') as unknown,
    ]);
    await under.database.connection.collection('service_officers').deleteMany({ officialId: 'YX-0102' });
  });
});
