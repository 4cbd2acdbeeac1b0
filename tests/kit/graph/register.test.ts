import type { Logger } from '@zhitong/kit';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import { registerOver, toldRegistry, type ToldRegistry } from '../../support/told-register.js';

const UNKNOWN = { reason: 'UNKNOWN_NAME' };

let db: TestDatabase;
beforeAll(async () => void (db = await testDatabase(import.meta.url)));
beforeEach(async () => db.connection.dropDatabase());
afterAll(async () => db.close());

const codes = (...list: string[]) => Object.fromEntries(list.map((code) => [code, `局${code}`]));
const department = (code: string) => ({ kind: 'department' as const, code, path: ['lead'] });
const enterprise = (code: string) => ({ kind: 'enterprise' as const, code, path: ['uscc'] });
const UNAVAILABLE = { extensions: { code: 'DEPARTMENT_UNAVAILABLE', subgraph: 'enterprises' } };

/** What a department knows of a registry, under a clock that the test moves, with what was logged. */
function aRegister(registry: ToldRegistry) {
  let now = new Date('2026-03-16T04:00:00.000Z');
  const logged: string[] = [];
  const log = (level: string) => () => void logged.push(level);
  const logger = { info: log('info'), warn: log('warn') } as unknown as Logger;
  const register = registerOver(registry, { connection: db.connection, clock: { now: () => now }, logger });
  const unknown = async (...list: string[]) =>
    (await register.faultsOf(list.map(department))).map(({ message }) => message.split(' ')[0]);
  return { register, registry, logged, unknown, later: (ms: number) => void (now = new Date(now.getTime() + ms)) };
}

describe('departments and regions', () => {
  it('are read when they are first needed, kept, and not read again for what the lists hold', async () => {
    const { unknown, registry } = aRegister(toldRegistry({ departments: codes('RSJ', 'JRB') }));
    expect(await unknown('JRB', 'XYZ', 'RSJ')).toEqual(['XYZ']);
    expect(await unknown('JRB')).toEqual([]);
    expect(registry.asked.lists).toBe(1);
  });

  it('know a department that was founded since, because a code that is missing is looked up, though not at every question', async () => {
    const { register, unknown, registry, later } = aRegister(toldRegistry({ departments: codes('JRB') }));
    await register.refresh();
    registry.departments = codes('JRB', 'SJJ');
    expect(await unknown('SJJ')).toEqual(['SJJ']);
    later(10_000);
    expect(await unknown('SJJ')).toEqual([]);
    for (let i = 0; i < 5; i += 1) expect(await unknown('XYZ')).toEqual(['XYZ']);
    expect(registry.asked.lists).toBe(2);
  });

  it('drop a department that was dissolved, with the next reading', async () => {
    const { register, unknown, registry } = aRegister(toldRegistry({ departments: codes('JRB', 'RSJ') }));
    await register.refresh();
    registry.departments = codes('JRB');
    await register.refresh();
    expect(await unknown('RSJ')).toEqual(['RSJ']);
  });

  it('count as they were read last while the graph is down, for another process too, and warn once they are old', async () => {
    await aRegister(toldRegistry({ departments: codes('JRB') })).register.refresh();
    const { register, unknown, logged, later } = aRegister(toldRegistry({ isDown: true }));
    expect(await unknown('JRB', 'XYZ')).toEqual(['XYZ']);
    expect(logged).toEqual(['info']);
    later(25 * 3_600_000);
    await register.refresh();
    expect(logged.at(-1)).toBe('warn');
  });

  it('accept nothing that nobody can vouch for: before any list was read the registry is unavailable', async () => {
    const { register, unknown, registry } = aRegister(toldRegistry({ departments: codes('JRB'), isDown: true }));
    await expect(unknown('JRB')).rejects.toMatchObject(UNAVAILABLE);
    await expect(register.requireKnownActor({ sub: 'o', roles: ['OFFICER'], department: 'JRB' })).rejects.toMatchObject(
      UNAVAILABLE,
    );
    registry.isDown = false;
    expect(await unknown('JRB')).toEqual([]);
  });

  it('take a register that is still empty for none, and keep what they held', async () => {
    const { register, unknown, registry } = aRegister(toldRegistry({ departments: {} }));
    await expect(unknown('JRB')).rejects.toMatchObject(UNAVAILABLE);
    registry.departments = codes('JRB');
    await register.refresh();
    registry.departments = {};
    await register.refresh();
    expect(await unknown('XYZ')).toEqual(['XYZ']);
  });

  it('are read once for all who ask at the same moment', async () => {
    const { unknown, registry } = aRegister(toldRegistry({ departments: codes('JRB') }));
    expect(await Promise.all(['A1', 'A2', 'A3'].map(async (code) => unknown(code)))).toEqual([['A1'], ['A2'], ['A3']]);
    expect(registry.asked.lists).toBe(1);
  });

  it('name the place of each fault; an area may be the province or the country that the city lies in', async () => {
    const { register } = aRegister(toldRegistry({ departments: codes('JRB') }));
    const region = (code: string) => ({ kind: 'region' as const, code, path: ['region'] });
    const area = (code: string) => ({ kind: 'area' as const, code, path: ['content', 'region', 'code'] });
    expect(await register.faultsOf([department('JRB'), region('421202'), region('420000'), region('110101')])).toEqual([
      { ...UNKNOWN, path: ['region'], message: '420000 is no region of this city', zh: '本市没有行政区划 420000' },
      { ...UNKNOWN, path: ['region'], message: '110101 is no region of this city', zh: '本市没有行政区划 110101' },
    ]);
    expect(await register.faultsOf([area('CN'), area('420000'), area('421200'), area('421281')])).toEqual([]);
    expect(await register.faultsOf([area('421299'), area('440000')])).toHaveLength(2);
  });
});

describe('enterprises and projects', () => {
  it('are asked for together, and an enterprise that was found is not asked for again', async () => {
    const { register, registry } = aRegister(toldRegistry({ isRegistered: (uscc) => uscc.startsWith('A') }));
    const all = await Promise.all(['A1', 'A2', 'B1'].map(async (code) => register.faultsOf([enterprise(code)])));
    const zh = '没有登记统一社会信用代码为 B1 的企业';
    expect(all).toEqual([
      ...[[], []],
      [{ ...UNKNOWN, path: ['uscc'], message: 'no enterprise is registered under B1', zh }],
    ]);
    expect(registry.asked.enterprises).toBe(1);
    registry.isDown = true;
    expect(await register.faultsOf([enterprise('A1'), enterprise('A2')])).toEqual([]);
    await expect(register.faultsOf([enterprise('B1')])).rejects.toMatchObject(UNAVAILABLE);
  });

  it('find an enterprise that was registered since', async () => {
    const { register, registry } = aRegister(toldRegistry({ isRegistered: () => false }));
    expect(await register.faultsOf([enterprise('A1')])).toHaveLength(1);
    registry.isRegistered = () => true;
    expect(await register.faultsOf([enterprise('A1')])).toEqual([]);
  });

  it('refuse a project that there is not, and one of another enterprise', async () => {
    const { register } = aRegister(toldRegistry({ projects: { 'XN-1': 'A1', 'XN-2': 'A2' } }));
    const project = (code: string) => ({ kind: 'project' as const, code, path: ['project'], of: 'A1' });
    expect(await register.faultsOf(['XN-1', 'XN-2', 'XN-3'].map(project))).toEqual([
      {
        ...{ path: ['project'], message: 'XN-2 is a project of another enterprise' },
        ...{ reason: 'OTHER_ENTERPRISE', zh: 'XN-2 是其他企业的项目' },
      },
      { ...UNKNOWN, path: ['project'], message: 'there is no investment project XN-3', zh: '没有投资项目 XN-3' },
    ]);
  });
});

describe('who acts', () => {
  const officer = (code: string) => ({ sub: 'o', roles: ['OFFICER' as const], department: code });
  const contact = (uscc: string) => ({ sub: 'c', roles: ['ENTERPRISE' as const], uscc });

  it('is refused when the department or the enterprise of the token does not exist', async () => {
    const { register } = aRegister(toldRegistry({ departments: codes('JRB'), isRegistered: (uscc) => uscc === 'A1' }));
    await expect(register.requireKnownActor(officer('XYZ'))).rejects.toMatchObject({
      extensions: { code: 'FORBIDDEN' },
      message: expect.stringContaining('"XYZ"') as unknown,
    });
    await expect(register.requireKnownActor(contact('B1'))).rejects.toMatchObject({
      extensions: { code: 'FORBIDDEN' },
    });
    for (const actor of [officer('JRB'), contact('A1'), { sub: 'a', roles: ['AUDITOR' as const] }, null])
      await expect(register.requireKnownActor(actor)).resolves.toBeUndefined();
  });

  it("is taken at the token's word about its enterprise while the registry is down: its appeal must not wait", async () => {
    const { register } = aRegister(toldRegistry({ isDown: true }));
    await expect(register.requireKnownActor(contact('B1'))).resolves.toBeUndefined();
  });
});
