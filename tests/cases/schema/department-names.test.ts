import { registerOver, toldRegistry } from '../../support/told-register.js';
import { aHistory, assigned, USCC } from '../support/a-case.js';
import { casesUnderTest, nameOf, people, type CasesUnderTest } from '../support/cases-under-test.js';

let cases: CasesUnderTest;
beforeEach(async () => {
  cases = await casesUnderTest(import.meta.url, '2026-03-16');
  await cases.given(aHistory('2026-03-16', [['2026-03-16', assigned({ lead: 'JRB', assisting: ['RSJ'] })]]));
});
afterEach(async () => cases.close());

const QUERY = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Enterprise {
  cases(first: 5) { totalCount nodes { caseNumber handler { code name } assisting { code name } } } } } }`;
interface Shown {
  _entities: {
    cases: {
      nodes: {
        caseNumber: string;
        handler: { code: string; name: string | null };
        assisting: { code: string; name: string | null }[];
      }[];
    };
  }[];
}
async function ask() {
  const { data, errors } = await cases.ask<Shown>(
    QUERY,
    { representations: [{ __typename: 'Enterprise', uscc: USCC }] },
    people.coordinator,
  );
  const [node] = data?._entities[0]?.cases.nodes ?? [];
  return { shown: node && { handler: node.handler, assisting: node.assisting }, errors };
}
const named = { handler: { code: 'JRB', name: nameOf('JRB') }, assisting: [{ code: 'RSJ', name: nameOf('RSJ') }] };
const unnamed = { handler: { code: 'JRB', name: null }, assisting: [{ code: 'RSJ', name: null }] };

describe('the name of a department that a case shows', () => {
  it('is that of the registry, read once and not again for each request, and costs the database nothing', async () => {
    cases.register(['JRB', 'RSJ']);
    await cases.departments.refresh();
    const { result, commands } = await cases.counted(ask);
    expect(result).toEqual({ shown: named, errors: undefined });
    expect(commands).toEqual(['find']);
    expect(cases.registerAsked()).toBe(1);
  });

  it('is read when it is first asked for, once for the whole operation', async () => {
    cases.register(['JRB', 'RSJ']);
    expect(await ask()).toEqual({ shown: named, errors: undefined });
    expect(cases.registerAsked()).toBe(1);
  });

  it('is null with an error that names the registry where no list could ever be read, and is there once one can', async () => {
    cases.register(null);
    const { shown, errors } = await ask();
    expect(shown).toEqual(unnamed);
    expect(errors?.map(({ path, extensions }) => [path?.slice(-2).join('.'), extensions])).toEqual([
      ['handler.name', { code: 'DEPARTMENT_UNAVAILABLE', subgraph: 'enterprises' }],
      ['0.name', { code: 'DEPARTMENT_UNAVAILABLE', subgraph: 'enterprises' }],
    ]);
    cases.register(['JRB', 'RSJ']);
    expect(await ask()).toEqual({ shown: named, errors: undefined });
  });

  it('is still shown while the registry is down', async () => {
    cases.register(['JRB', 'RSJ']);
    await cases.departments.refresh();
    cases.register(null);
    await cases.departments.refresh();
    expect(await ask()).toEqual({ shown: named, errors: undefined });
  });

  it('is null without an error where the registry knows no such department', async () => {
    cases.register(['JRB']);
    expect(await ask()).toEqual({ shown: { ...named, assisting: [{ code: 'RSJ', name: null }] }, errors: undefined });
  });

  it('follows the registry with the next reading, and is known to a process that starts while the registry is down', async () => {
    const registry = toldRegistry({ departments: { JRB: '旧名' } });
    const aProcess = () => registerOver(registry, { connection: cases.connection, clock: { now: () => new Date() } });
    const departments = aProcess();
    expect(await departments.nameOf('JRB')).toBe('旧名');
    registry.departments = { JRB: '新名' };
    await departments.refresh();
    expect(departments.nameOf('JRB')).toBe('新名');
    registry.isDown = true;
    expect(await aProcess().nameOf('JRB')).toBe('新名');
  });
});
