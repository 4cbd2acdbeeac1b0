import { jest } from '@jest/globals';
import { chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from './support/browser.js';
import { expectReadable } from './support/readable.js';
import { VISITS, visitorsOf, type Visit, type Visitors } from './support/visits.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

/** Addresses that show others something else than whom `VISITS` names. */
const OTHER_READERS: readonly (readonly [address: string, role: Caller['role'], question: string])[] = [
  ['/typical-cases', 'ENTERPRISE', 'TypicalCases'],
  ['/inspections', 'ENTERPRISE', 'Inspections'],
  ['/inspections', 'COORDINATOR', 'Inspections'],
  ['/debts', 'ENTERPRISE', 'Debts'],
  ['/policies', 'AUDITOR', 'Policies'],
  ['/policies/cn-kuogang-2023', 'AUDITOR', 'PolicyPage'],
  ['/operations', 'ADMIN', 'Operations'],
];

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('the page of each role (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  let visitors: Visitors;
  beforeAll(async () => {
    city = await startCityInBrowser();
    visitors = await visitorsOf(city);
  }, 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  /** Opens a page, and holds that it asks once and can be read, in both languages without a complaint. */
  async function visit([role, address, question]: Visit): Promise<void> {
    const { page, asked, complaints } = await city.openAs(visitors.callerOf(role), address(visitors.found));
    await page.locator('h1').waitFor();
    await page.waitForLoadState('networkidle');
    expect(asked).toEqual([question]);
    await expectReadable(page);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  }

  // What asks the schema registry's graph is visited where there is one, by `schemas.browser-test.ts`.
  const asking = Object.entries(VISITS).filter(([, [, , question]]) => question !== undefined);
  it.each(asking)('at %s asks the graph once, and can be read by everybody', async (_address, one) => visit(one));

  it.each(OTHER_READERS)('at %s of %s asks the graph once, and can be read by everybody', async (address, role, asks) =>
    visit([role, () => address, asks]),
  );

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
