import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from './support/browser.js';
import { walkThrough } from './support/in-page.js';
import { addressesOfPages, VISITS, visitorsOf, type Visitors } from './support/visits.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

const COORDINATOR: Caller = { role: 'COORDINATOR' };
/** The pages that the menu of each role leads to. */
const reached: Record<string, string[]> = {};
const hrefsOf = (links: { getAttribute(name: string): string | null }[]): string[] =>
  links.map((link) => link.getAttribute('href') ?? '');
const focused = (page: Page) => page.locator(':focus');

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

it('has a visit for each address of the pages', () => {
  expect(Object.keys(VISITS).toSorted()).toEqual(addressesOfPages().toSorted());
});

pageDescribe('the pages with the keyboard alone (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  let visitors: Visitors;
  beforeAll(async () => {
    city = await startCityInBrowser();
    visitors = await visitorsOf(city);
  }, 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  it.each(Object.entries(VISITS))(
    '%s: each control is reached by Tab and shows it',
    async (_address, [role, address]) => {
      const { page } = await city.openAs(visitors.callerOf(role), address(visitors.found));
      await page.locator('[data-part], [role=alert]').first().waitFor();
      await page.waitForLoadState('networkidle');
      const walk = await walkThrough(page);
      expect(walk).toMatchObject({ missed: [], hidden: [], forTheMouseAlone: [] });
      // The way past the menu, the menu, the language and the way out at least.
      expect(walk.steps).toBeGreaterThan(4);

      await page.locator('a.skip').focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      // Past the menu: to the first control of the page, or out of it where it has none.
      expect(await page.locator('.shell-header :focus').count()).toBe(0);
      expect(await page.locator('main :focus').count()).toBe(walk.inMain > 0 ? 1 : 0);
      await page.context().close();
    },
  );

  it.each(['ENTERPRISE', 'OFFICER', 'COORDINATOR', 'AUDITOR', 'ADMIN'] as const)(
    'the menu of %s is one row on a desk, and leads to each of its pages',
    async (role) => {
      const { page } = await city.openAs(visitors.callerOf(role), '/policies');
      await page.setViewportSize({ width: 1280, height: 800 });
      const nav = page.locator('.shell-header nav');
      await nav.getByRole('link').first().waitFor();
      const tops = await nav
        .locator(':scope > *')
        .evaluateAll((entries: { getBoundingClientRect(): { top: number } }[]) =>
          entries.map((entry) => Math.round(entry.getBoundingClientRect().top)),
        );
      expect(new Set(tops).size).toBe(1);
      // The menu is beside the brand and the way out.
      const [menu, header] = await Promise.all([nav.boundingBox(), page.locator('.shell-header').boundingBox()]);
      expect(header?.height).toBeLessThan(2 * (menu?.height ?? 0));

      const plain = await nav.locator(':scope > a').evaluateAll(hrefsOf);
      const found = new Set(plain);
      for (const group of await nav.locator('button').all()) {
        await group.focus();
        await page.keyboard.press('Enter');
        const listed = await nav.locator('.menu-pages a').evaluateAll(hrefsOf);
        for (const href of listed) found.add(href);
        await page.keyboard.press('Tab');
        expect(await focused(page).getAttribute('href')).toBe(listed[0]);
        // Escape closes it and gives the focus back; so does whoever goes past its last page.
        await page.keyboard.press('Escape');
        expect(await nav.locator('.menu-pages').count()).toBe(0);
        expect(await focused(page).innerText()).toBe(await group.innerText());
        await page.keyboard.press('Enter');
        for (let step = 0; step <= listed.length; step += 1) await page.keyboard.press('Tab');
        expect(await nav.locator('.menu-pages').count()).toBe(0);
        const last = listed.at(-1) ?? '';
        await group.press('Enter');
        await nav.locator(`.menu-pages a[href="${last}"]`).press('Enter');
        await page.waitForURL(`**${last}`);
        await page.locator('#content:focus').waitFor();
        expect(await nav.locator('.menu-pages').count()).toBe(0);
      }
      reached[role] = [...found].sort();
      await page.context().close();
    },
  );

  it('has each page in the menu of somebody, but for lists that lie behind figures', () => {
    const all = new Set(Object.values(reached).flat());
    const withoutKey = addressesOfPages().filter((address) => !address.includes(':'));
    expect(withoutKey.filter((address) => !all.has(`/${address}`)).toSorted()).toEqual(['cases', 'promises']);
  });

  it('leads through a form that a key has opened, its rows among it', async () => {
    const { page } = await city.openAs(COORDINATOR, `/cases/${visitors.found.caseNumber}`);
    const move = page.locator('[data-part=moves]').getByRole('button', { name: '拆分', exact: true });
    await move.focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('标题', { exact: true }).waitFor();
    const split = await walkThrough(page);
    expect(split).toMatchObject({ missed: [], hidden: [] });
    await move.focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('标题', { exact: true }).waitFor({ state: 'detached' });
    expect(await focused(page).innerText()).toBe('拆分');
    await page.context().close();
  });

  it('puts whoever follows a link into the page that it leads to', async () => {
    const { page } = await city.openAs(COORDINATOR, '/triage');
    await page.locator('[data-part=overdue] td a').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-part=case]').waitFor();
    expect(await focused(page).getAttribute('id')).toBe('content');
    await page.keyboard.press('Tab');
    expect(await focused(page).innerText()).toBe('打印');
    await page.context().close();
  });

  it('opens a list of choices with a key, and Escape closes it where one stood', async () => {
    const { page } = await city.openAs(visitors.enterprise, '/appeals/new');
    const kind = page.getByLabel('类型', { exact: true });
    await kind.focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('.ant-select-dropdown').waitFor();
    expect(await kind.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('Escape');
    await page.locator('.ant-select-dropdown').waitFor({ state: 'hidden' });
    expect(await kind.getAttribute('aria-expanded')).toBe('false');
    expect(await focused(page).getAttribute('id')).toBe(await kind.getAttribute('id'));
    await page.context().close();
  });

  it('keeps the focus in the dialog of a session that has expired, leaves it by Escape, and gives it back', async () => {
    const { page } = await city.openAs(visitors.enterprise, '/appeals/new');
    const text = page.getByLabel('标题', { exact: true });
    const typed = async (label: string, first: string): Promise<void> => {
      await page.getByLabel(label, { exact: true }).focus();
      await page.keyboard.type(first);
      await page.keyboard.press('Enter');
    };
    await typed('类型', '建议');
    await typed('类别', '用工');
    await typed('所在区域', '咸安区');
    await text.fill('键盘提交的建议');
    await page.getByLabel('内容', { exact: true }).fill('夜班职工下班后没有公交车，建议延长运营时间。');
    let isExpired = true;
    await page.route(city.hub.graph, (route) => {
      const headers = { ...route.request().headers(), authorization: 'Bearer expired' };
      return route.continue(isExpired ? { headers } : undefined);
    });
    const submit = page.getByRole('button', { name: '提交', exact: true });
    const dialog = page.getByRole('dialog');
    await submit.focus();
    await page.keyboard.press('Enter');
    await dialog.getByText('登录已过期').waitFor();
    await dialog.getByRole('button', { name: '进入' }).waitFor();
    // Further than there are controls in it.
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press('Tab');
      expect(await dialog.locator(':focus').count()).toBe(1);
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await focused(page).innerText()).toBe('提交');
    expect(await text.inputValue()).toBe('键盘提交的建议');

    // What is refused next asks for it again.
    await page.keyboard.press('Enter');
    const enter = dialog.getByRole('button', { name: '进入' });
    await enter.waitFor();
    isExpired = false;
    await enter.focus();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    expect(await focused(page).innerText()).toBe('提交');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/cases\/SQ/);
    await page.getByRole('heading', { name: '键盘提交的建议' }).waitFor();
    await page.context().close();
  });
});
