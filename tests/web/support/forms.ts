import { nationalCalendar } from '@zhitong/kit';
import { addWorkingDays } from '@zhitong/values';
import type { Locator, Page } from 'playwright-core';

/** What a field of a form is filled with: text that is typed, an entry that is chosen, or a button of a group. */
export type Filled = string | { readonly choose: string } | { readonly check: string };

/** The day in Shanghai, so many days from today. */
export const dayInShanghai = (daysAhead = 0): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now() + daysAhead * 86_400_000);

/** So many working days from today in Shanghai. @throws Error where no calendar is published for it yet */
export function workingDayInShanghai(daysAhead: number): string {
  const day = addWorkingDays(nationalCalendar(), dayInShanghai(), daysAhead);
  if (!day.known) throw new Error(`no calendar is published for ${day.unknownDay}`);
  return day.value;
}

/** A part of a page. */
export const part = (page: Page, id: string): Locator => page.locator(`[data-part=${id}]`);

/** Chooses an entry of the list of a field within a part of the page; what is typed finds it in a long list. */
export async function chooseIn(scope: Locator, label: string, entry: string): Promise<void> {
  const page = scope.page();
  const field = scope.getByLabel(label, { exact: true });
  const chosen = field.locator('xpath=ancestor::*[contains(concat(" ", @class, " "), " ant-select ")][1]');
  const isShown = async (): Promise<boolean> =>
    chosen
      .filter({ hasText: entry })
      .waitFor({ timeout: 5_000 })
      .then(
        () => true,
        () => false,
      );
  // A list that is drawn anew under the pointer takes no press.
  do {
    await field.click();
    await page.keyboard.type(entry);
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: entry }).first().click();
    await page.keyboard.press('Escape');
  } while (!(await isShown()));
}

/** Fills fields of the form that is open in a part, by their labels. */
export async function fillIn(scope: Locator, fields: Readonly<Record<string, Filled>>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) {
    if (typeof value === 'string') await scope.locator('form').getByLabel(label, { exact: true }).fill(value);
    else if ('choose' in value) await chooseIn(scope.locator('form'), label, value.choose);
    else await scope.locator('form .ant-form-item', { hasText: label }).getByText(value.check, { exact: true }).click();
  }
}

/** Opens the form of a move. */
export const openMove = async (scope: Locator, move: string): Promise<void> =>
  scope.getByRole('button', { name: move, exact: true }).click();

/** Sends the form of a move by a double click, which acts once, and waits until it is said to be done. */
export async function confirmMove(scope: Locator, move: string): Promise<void> {
  await scope.getByRole('button', { name: `确认${move}` }).dblclick();
  await scope.getByText(`已确认：${move}`).waitFor();
}

/** Sends the form of a move and waits for what is refused beside a field, or in a list of rows that is called so. */
export async function refusedBeside(scope: Locator, move: string, label: string): Promise<void> {
  await scope.getByRole('button', { name: `确认${move}` }).click();
  const form = scope.locator('form');
  const rows = form.locator('fieldset', { has: scope.page().locator('legend', { hasText: label }) });
  await form
    .locator('.ant-form-item-has-error', { hasText: label })
    .or(rows.locator('.ant-form-item-explain-error'))
    .first()
    .waitFor();
}

/**
 * Fills what a form wants, by the kind of each control: words into a text, a working day ahead into a date, the first
 * of a choice; `given` says what a field holds whose value matters, and fills those that may be left out.
 */
export async function fillAnyhow(form: Locator, given: Readonly<Record<string, Filled>> = {}): Promise<void> {
  for (const item of await form.locator('.ant-form-item').all()) {
    const label = item.locator('.ant-form-item-label label').first();
    if ((await label.count()) === 0) continue;
    const name = await label.getAttribute('title');
    const isWanted = ((await label.getAttribute('class')) ?? '').includes('required');
    if (name === null || name in given || !isWanted) continue;
    if ((await item.locator('.ant-select').count()) > 0) {
      const list = `#${await item.getByRole('combobox').getAttribute('id')}_list`;
      await item.locator('.ant-select').click();
      const first = form.page().locator('.ant-select-dropdown', { has: form.page().locator(list) });
      await first.locator('.ant-select-item-option').first().click();
      await item.locator('.ant-select-content-has-value, .ant-select-selection-item').first().waitFor();
    } else if ((await item.locator('.ant-radio-group').count()) > 0)
      await item.locator('label.ant-radio-wrapper').first().click();
    else if ((await item.locator('textarea').count()) > 0)
      await item.locator('textarea').fill('页面测试：情况属实，已经核对。');
    else if ((await item.locator('input[type=date]').count()) > 0)
      await item.locator('input').fill(workingDayInShanghai(5));
    else if ((await item.locator('.ant-input-number').count()) > 0) await item.locator('input').fill('2');
    else await item.locator('input').fill('页面测试内容');
  }
  for (const [label, value] of Object.entries(given)) {
    if (typeof value === 'string') await form.getByLabel(label, { exact: true }).fill(value);
    else if ('choose' in value) await chooseIn(form, label, value.choose);
    else await form.locator('.ant-form-item', { hasText: label }).getByText(value.check, { exact: true }).click();
  }
}

/**
 * Opens the form of a move, fills what it wants, and sends it by a double click. `among`: the row whose move it is.
 * @returns what was refused; empty where the page says that it is done
 */
export async function pressMove(
  scope: Locator,
  move: string,
  { among = scope, given = {} }: { among?: Locator; given?: Readonly<Record<string, Filled>> } = {},
): Promise<string[]> {
  await openMove(among, move);
  await fillAnyhow(scope.locator('form'), given);
  await scope.getByRole('button', { name: `确认${move}` }).dblclick();
  const refused = scope.locator('.ant-form-item-explain-error, .ant-form-list-error, .ant-alert');
  await scope.page().getByText(`已确认：${move}`).or(refused).first().waitFor();
  return refused.allInnerTexts();
}
