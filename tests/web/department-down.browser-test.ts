import { jest } from '@jest/globals';
import { descendants } from '../hub/support/processes.js';
import { chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from './support/browser.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(1_800_000);

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

/** The pages whose question goes to more than one department. */
const PAGES = [
  ['/portal', 'ENTERPRISE'],
  ['/work', 'OFFICER'],
  ['/triage', 'COORDINATOR'],
  ['/leaders', 'AUDITOR'],
  ['/audit', 'AUDITOR'],
  ['/policies/cn-kuogang-2023', 'AUDITOR'],
  ['/financing', 'ENTERPRISE'],
  ['/debts', 'OFFICER'],
  ['/ranking', 'COORDINATOR'],
  ['/operations', 'ADMIN'],
] as const;

pageDescribe('every page while a department is silent (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  let enterprise: Caller;
  let department: { code: string };
  beforeAll(async () => {
    city = await startCityInBrowser(5_000);
    enterprise = { role: 'ENTERPRISE', uscc: /A demo enterprise: (\w{18})/.exec(city.hub.output())?.[1] };
    const { data } = await city.hub.ask<{ departments: { code: string }[] }>('{ departments(level: CITY) { code } }');
    department = data?.departments[0] ?? { code: '' };
  }, 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  it.each(['cases', 'credit', 'policies', 'enterprises'])('%s: says so, and breaks nothing', async (name) => {
    const silent = descendants(city.hub.launcher.pid ?? 0).find(({ command }) =>
      command.includes(`subgraphs/${name}/dist/main.js`),
    );
    if (silent === undefined) throw new Error(`The hub has no process of ${name}.`);
    process.kill(silent.pid, 'SIGSTOP');
    try {
      for (const [address, role] of PAGES) {
        const caller =
          role === 'ENTERPRISE' ? enterprise : role === 'OFFICER' ? { role, department: department.code } : { role };
        const { page, complaints } = await city.openAs(caller, address);
        await page.locator('[data-part], [role=alert]').first().waitFor();
        await page.waitForLoadState('networkidle');
        const said = (await page.locator('.silent, .problem').allInnerTexts()).join('\n');
        const problems = await page.locator('.problem').count();
        // Whatever is missing is said to be missing because of this department, and because of it alone.
        expect([
          address,
          problems === 0 || said.includes(name),
          await page.locator('.problem-INTERNAL').count(),
        ]).toEqual([address, true, 0]);
        expect([address, complaints.filter((text) => !text.includes('Failed to load resource'))]).toEqual([
          address,
          [],
        ]);
        await page.context().close();
      }
    } finally {
      process.kill(silent.pid, 'SIGCONT');
    }
  });
});
