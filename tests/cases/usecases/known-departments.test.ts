import type { Logger } from '@zhitong/kit';
import { knownDepartments } from '../../../subgraphs/cases/src/usecases/known-departments.js';
import { casesUnderTest, nameOf, type CasesUnderTest } from '../support/cases-under-test.js';

let cases: CasesUnderTest;
beforeAll(async () => void (cases = await casesUnderTest(import.meta.url)));
beforeEach(async () => cases.empty());
afterAll(async () => cases.close());

/** The list over a register that the test changes and a clock that it moves, with what was logged. */
function aList(register: () => Promise<string[]>) {
  let now = new Date('2026-03-16T04:00:00.000Z');
  let asked = 0;
  const logged: [string, unknown][] = [];
  const log = (level: string) => (details: unknown) => void logged.push([level, details]);
  const departments = knownDepartments({
    stores: cases.stores,
    source: async () => {
      asked += 1;
      return (await register()).map((code) => ({ code, name: nameOf(code) }));
    },
    clock: { now: () => now },
    logger: { info: log('info'), warn: log('warn') } as unknown as Logger,
  });
  return { departments, logged, asked: () => asked, later: (ms: number) => void (now = new Date(now.getTime() + ms)) };
}
const down = async (): Promise<string[]> => Promise.reject(new Error('the gateway is down'));

describe('the list of departments', () => {
  it('is read when it is first needed, kept, and not read again for what it holds', async () => {
    const { departments, asked } = aList(async () => ['RSJ', 'JRB']);
    expect(await departments.unknownOf(['JRB', 'XYZ', 'RSJ'])).toEqual(['XYZ']);
    expect(await departments.unknownOf(['JRB'])).toEqual([]);
    expect(asked()).toBe(1);
    expect(await cases.stores.departments.latest()).toEqual({ value: ['JRB', 'RSJ'].map((code) => ({ code, name: nameOf(code) })), readAt: new Date('2026-03-16T04:00:00.000Z') });
  });

  it('knows a department that was founded since, because a code that is missing is looked up, though not at every question', async () => {
    const register = ['JRB'];
    const { departments, asked, later } = aList(async () => register);
    await departments.refresh();
    register.push('SJJ');
    expect(await departments.unknownOf(['SJJ'])).toEqual(['SJJ']);
    later(10_000);
    expect(await departments.unknownOf(['SJJ'])).toEqual([]);
    for (let i = 0; i < 5; i += 1) expect(await departments.unknownOf(['XYZ'])).toEqual(['XYZ']);
    expect(asked()).toBe(2);
  });

  it('drops a department that was dissolved, with the next reading', async () => {
    const register = ['JRB', 'RSJ'];
    const { departments } = aList(async () => [...register]);
    await departments.refresh();
    register.pop();
    await departments.refresh();
    expect(await departments.unknownOf(['RSJ'])).toEqual(['RSJ']);
  });

  it('counts as it was read last while the graph is down, for another process too, and warns once it is old', async () => {
    await aList(async () => ['JRB']).departments.refresh();
    const { departments, logged, later } = aList(down);
    expect(await departments.unknownOf(['JRB', 'XYZ'])).toEqual(['XYZ']);
    expect(logged.map(([level]) => level)).toEqual(['info']);
    later(25 * 3_600_000);
    await departments.refresh();
    expect(logged.at(-1)?.[0]).toBe('warn');
  });

  it('accepts by form alone before any list was read, and says so in the log', async () => {
    const { departments, logged } = aList(down);
    expect(await departments.unknownOf(['XYZ'])).toEqual([]);
    expect(logged.at(-1)).toEqual(['warn', { codes: ['XYZ'] }]);
  });

  it('takes a register that is still empty for none, and keeps what it held', async () => {
    let codes: string[] = [];
    const { departments } = aList(async () => codes);
    expect(await departments.unknownOf(['JRB'])).toEqual([]);
    codes = ['JRB'];
    await departments.refresh();
    codes = [];
    await departments.refresh();
    expect(await departments.unknownOf(['XYZ'])).toEqual(['XYZ']);
  });

  it('is read once for all who ask at the same moment', async () => {
    const { departments, asked } = aList(async () => ['JRB']);
    expect(await Promise.all(['A1', 'A2', 'A3'].map(async (code) => departments.unknownOf([code])))).toEqual([['A1'], ['A2'], ['A3']]);
    expect(asked()).toBe(1);
  });
});
