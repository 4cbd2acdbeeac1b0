import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { chromiumFile, startCityInBrowser, type CityInBrowser } from '../support/browser.js';
import { part } from '../support/forms.js';
import { VISITS, visitorsOf, type Visitors } from '../support/visits.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

/** What a list shows first, in a table or in entries that are opened. */
const FIRST = ':is(tbody tr, .ant-collapse-item, [data-part=question])';
const firstOf = async (page: Page, id: string): Promise<string> =>
  part(page, id)
    .locator(FIRST)
    .first()
    .evaluate((row: { textContent: string | null }) => row.textContent ?? '');
/** Until a list shows first what it is asked for, or something else. */
const untilFirst = async (page: Page, id: string, { is, text }: { is: boolean; text: string }): Promise<unknown> =>
  page.waitForFunction(
    ([selector, wanted, isWanted]) => {
      const scope = globalThis as unknown as {
        document: { querySelector(what: string): { textContent: string } | null };
      };
      const row = scope.document.querySelector(selector);
      return row !== null && (row.textContent === wanted) === isWanted;
    },
    [`[data-part="${id}"] ${FIRST}`, text, is] as const,
  );

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('lists that are longer than a page (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  let visitors: Visitors;
  /** The lists that were longer than a page. */
  const long: string[] = [];
  beforeAll(async () => {
    city = await startCityInBrowser();
    visitors = await visitorsOf(city);
  }, 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  it.each(Object.entries(VISITS))(
    '%s: goes on to other rows, and back to the first',
    async (name, [role, address, question]) => {
      const { page, complaints } = await city.openAs(visitors.callerOf(role), address(visitors.found));
      // Every list of the demo city is longer than a page of one.
      await page.route(city.hub.graph, async (route) =>
        route.continue({ postData: (route.request().postData() ?? '').replaceAll(/first: *\d+/g, 'first: 1') }),
      );
      await page.reload();
      await page.locator('[data-part], [role=alert]').first().waitFor();
      await page.waitForLoadState('networkidle');
      const next = page.getByRole('button', { name: '下一页', exact: true });
      const ids = await page
        .locator('[data-part]')
        .filter({ has: next })
        .evaluateAll((parts: { getAttribute(name: string): string | null }[]) =>
          parts.map((one) => one.getAttribute('data-part') ?? ''),
        );
      for (const id of ids) {
        const list = part(page, id);
        const first = await firstOf(page, id);
        await list.getByRole('button', { name: '下一页', exact: true }).click();
        await untilFirst(page, id, { is: false, text: first });
        expect(await list.getByRole('alert').count()).toBe(0);
        await list.getByRole('button', { name: '回到首页', exact: true }).click();
        await untilFirst(page, id, { is: true, text: first });
        await list.getByRole('button', { name: '回到首页', exact: true }).waitFor({ state: 'detached' });
        long.push(`${name} ${id}`);
      }
      // The schema registry is not there in the demo city.
      if (question !== undefined) expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  it('there were many', () => {
    expect(long.length).toBeGreaterThan(8);
  });
});
