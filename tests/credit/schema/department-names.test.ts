import { countCommands } from '@zhitong/kit/testing';
import { registerOver, toldRegistry, type ToldRegistry } from '../../support/told-register.js';
import { auditor, creditOfDemoCity } from '../support/credit-under-test.js';

let credit: Awaited<ReturnType<typeof creditOfDemoCity>>;
let names: Record<string, string>;
beforeEach(async () => {
  credit = await creditOfDemoCity(import.meta.url, 200);
  names = Object.fromEntries(credit.city.departments.map(({ code, name }) => [code, name]));
});
afterEach(async () => credit.close());

const QUERY = '{ commitments(first: 20) { nodes { promisor { code name } originalPromisor { code name } } } }';
interface Named {
  readonly code: string;
  readonly name: string | null;
}
async function ask() {
  const { data, errors } = await credit.ask<{ commitments: { nodes: { promisor: Named; originalPromisor: Named }[] } }>(
    QUERY,
    { actor: auditor },
  );
  return {
    shown: data?.commitments.nodes.flatMap(({ promisor, originalPromisor }) => [promisor, originalPromisor]) ?? [],
    errors,
  };
}
const nameless = ({ name }: Named): boolean => name === null;

describe('the name of a department that owes', () => {
  it('is that of the registry, and costs a request nothing once it was read', async () => {
    credit.register(names);
    expect((await ask()).errors).toBeUndefined();
    credit.register(null);
    const { result, commands } = await countCommands(credit.database.connection, ask);
    expect(result.errors).toBeUndefined();
    expect(result.shown).toHaveLength(40);
    for (const { code, name } of result.shown) expect([code, name]).toEqual([code, names[code]]);
    expect(commands).toEqual(['find']);
  });

  it('is null with an error at its path that names the registry where no list could ever be read', async () => {
    credit.register(null);
    const { shown, errors } = await ask();
    expect(shown.every(nameless)).toBe(true);
    expect(errors).toHaveLength(shown.length);
    expect(errors?.[0]).toMatchObject({
      path: ['commitments', 'nodes', 0, 'promisor', 'name'],
      extensions: { code: 'DEPARTMENT_UNAVAILABLE', subgraph: 'enterprises' },
    });
    credit.register(names);
    const later = await ask();
    expect(later.errors).toBeUndefined();
    expect(later.shown.some(nameless)).toBe(false);
  });

  it('is shown at the groups of an audit too', async () => {
    credit.register(names);
    const { data, errors } = await credit.ask<{ commitmentAudit: { groups: { department: Named }[] } }>(
      '{ commitmentAudit(asOf: "2026-06-30", groupBy: DEPARTMENT) { groups { department { code name } } } }',
      { actor: auditor },
    );
    expect(errors).toBeUndefined();
    const groups = data?.commitmentAudit.groups ?? [];
    expect(groups.length).toBeGreaterThan(1);
    for (const { department } of groups)
      expect(department).toEqual({ code: department.code, name: names[department.code] });
  });

  it('is null without an error where the registry knows no such department, and keeps a name that it was given since', async () => {
    const [first = '', ...others] = Object.keys(names);
    credit.register({ [first]: '改了名字' });
    const { shown, errors } = await ask();
    expect(errors).toBeUndefined();
    for (const { code, name } of shown) expect([code, name]).toEqual([code, code === first ? '改了名字' : null]);
    expect(others.length).toBeGreaterThan(0);
  });

  it('is known to a process that starts while the registry is down', async () => {
    const aProcess = (registry: ToldRegistry) =>
      registerOver(registry, { connection: credit.database.connection, clock: credit.clock });
    await aProcess(toldRegistry()).refresh();
    const restarted = aProcess(toldRegistry({ isDown: true }));
    expect(await restarted.nameOf('RSJ')).toBe('咸宁市人力资源和社会保障局');
  });
});
