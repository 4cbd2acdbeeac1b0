import { jest } from '@jest/globals';
import { chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from './support/browser.js';
import { expectReadable } from './support/readable.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('the page of each role (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  let enterprise: Caller;
  let department: { code: string };
  beforeAll(async () => {
    city = await startCityInBrowser();
    enterprise = { role: 'ENTERPRISE', uscc: /A demo enterprise: (\w{18})/.exec(city.hub.output())?.[1] };
    const { data } = await city.hub.ask<{ departments: { code: string }[] }>('{ departments(level: CITY) { code } }');
    department = data?.departments[0] ?? { code: '' };
  }, 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  it.each([
    ['/portal', 'ENTERPRISE', 'Portal'],
    ['/appeals/new', 'ENTERPRISE', 'AppealChoices'],
    ['/financing', 'ENTERPRISE', 'Financing'],
    ['/service', 'COORDINATOR', 'Service'],
    ['/meetings', 'COORDINATOR', 'Meetings'],
    ['/briefings', 'COORDINATOR', 'Briefings'],
    ['/spot-checks', 'COORDINATOR', 'SpotChecks'],
    ['/unit-checks', 'COORDINATOR', 'UnitChecks'],
    ['/typical-cases', 'COORDINATOR', 'TypicalCases'],
    ['/typical-cases', 'ENTERPRISE', 'TypicalCases'],
    ['/work', 'OFFICER', 'Work'],
    ['/grants', 'OFFICER', 'GrantWork'],
    ['/inspections', 'OFFICER', 'Inspections'],
    ['/inspections', 'ENTERPRISE', 'Inspections'],
    ['/inspections', 'COORDINATOR', 'Inspections'],
    ['/debts', 'ENTERPRISE', 'Debts'],
    ['/debts', 'OFFICER', 'Debts'],
    ['/policies/cn-kuogang-2023/edit', 'OFFICER', 'PolicyEdit'],
    ['/connectors', 'ADMIN', 'Connectors'],
    ['/triage', 'COORDINATOR', 'Triage'],
    ['/ranking', 'COORDINATOR', 'Ranking'],
    ['/leaders', 'AUDITOR', 'Leaders'],
    ['/policies', 'AUDITOR', 'Policies'],
    ['/policies/cn-kuogang-2023', 'AUDITOR', 'PolicyPage'],
    ['/audit', 'AUDITOR', 'Audit'],
    ['/audit/worklist', 'AUDITOR', 'AuditWorklist'],
    ['/policies', 'ENTERPRISE', 'Policies'],
    ['/policies/cn-kuogang-2023', 'ENTERPRISE', 'PolicyPage'],
    ['/operations', 'ADMIN', 'Operations'],
  ] as const)('at %s ask the graph once, and can be read by everybody', async (address, role, question) => {
    const caller =
      role === 'ENTERPRISE' ? enterprise : role === 'OFFICER' ? { role, department: department.code } : { role };
    const { page, asked, complaints } = await city.openAs(caller, address);
    await page.locator('h1').waitFor();
    await page.waitForLoadState('networkidle');
    expect(asked).toEqual([question]);
    await expectReadable(page);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('can be read by everybody before anybody has signed in, and with the keyboard alone', async () => {
    const { page, asked } = await city.open();
    await page.getByLabel('角色').waitFor();
    await page.waitForLoadState('networkidle');
    expect(asked).toEqual(['WhoThereIs']);
    await expectReadable(page);
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).toBe('跳到正文');
  });
});
