import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What fades away when a form is sent anew: its colours are those of no state that anybody reads. */
const LEAVING = '.ant-form-show-help-item-leave';

/** Nothing that axe-core calls serious or worse. */
export async function expectReadable(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).exclude(LEAVING).analyze();
  expect(
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => [id, nodes.map(({ html, any }) => [html, any.map(({ message }) => message)])]),
  ).toEqual([]);
}
