import { jest } from '@jest/globals';
import { chromiumFile, startCityInBrowser, type CityInBrowser } from '../support/browser.js';
import { VISITS, visitorsOf, type Visitors } from '../support/visits.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

/** Two words of English in a row: no code, no name and no unit is that. */
const ENGLISH = /[A-Za-z]{2,},?(?: [A-Za-z]{2,},?)+/g;

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('what the pages say in Chinese (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  let visitors: Visitors;
  beforeAll(async () => {
    city = await startCityInBrowser();
    visitors = await visitorsOf(city);
  }, 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  it.each(Object.entries(VISITS))('%s: says nothing in English', async (_name, [role, address]) => {
    const { page } = await city.openAs(visitors.callerOf(role), address(visitors.found));
    await page.locator('[data-part], [role=alert]').first().waitFor();
    await page.waitForLoadState('networkidle');
    for (const opened of await page.locator('main .ant-collapse-header, main summary').all())
      await opened.click({ timeout: 5_000 }).catch(() => undefined);
    const said = await page.locator('main').innerText();
    expect([...said.matchAll(ENGLISH)].map(([words]) => words)).toEqual([]);
    await page.context().close();
  });
});
