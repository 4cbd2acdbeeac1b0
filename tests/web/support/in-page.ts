import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const SCRIPT = readFileSync(new URL('./page-script.mjs', import.meta.url), 'utf8');
/** More steps than the longest page has controls. */
const MOST_STEPS = 2_000;

interface Standing {
  readonly name: string;
  readonly isFirst: boolean;
  readonly isInMain: boolean;
  readonly shows: boolean;
  readonly isInView: boolean;
}

/** What Tab led to, from the first control to the last. */
export interface Walk {
  readonly steps: number;
  /** Of them, within what is past the menu. */
  readonly inMain: number;
  /** Controls that were not reached. */
  readonly missed: string[];
  /** Where the focus did not show, or stood out of sight. */
  readonly hidden: string[];
  /** What can be pressed with the mouse alone. */
  readonly forTheMouseAlone: string[];
}

/** Walks through a page with Tab alone, from the first control until the focus has left it. */
export async function walkThrough(page: Page): Promise<Walk> {
  await page.evaluate(SCRIPT);
  await page.evaluate('inPage.begin()');
  const hidden: string[] = [];
  let [steps, inMain] = [0, 0];
  let hasBegun = false;
  for (; steps < MOST_STEPS; steps += 1) {
    await page.keyboard.press('Tab');
    const standing = await page.evaluate<Standing | null>('inPage.standing()');
    // The focus may have stood in the middle of the page.
    if (hasBegun && (standing === null || standing.isFirst)) break;
    if (standing === null) continue;
    hasBegun ||= standing.isFirst;
    inMain += standing.isInMain ? 1 : 0;
    if (!standing.shows || !standing.isInView) hidden.push(standing.name);
  }
  return {
    steps,
    inMain,
    missed: await page.evaluate<string[]>('inPage.missed()'),
    hidden,
    forTheMouseAlone: await page.evaluate<string[]>('inPage.forTheMouseAlone()'),
  };
}

/** What of a page cannot be seen whole, at the width and for the medium that it is shown for. */
export async function cutOff(page: Page): Promise<string[]> {
  await page.evaluate(SCRIPT);
  return page.evaluate<string[]>('inPage.cut()');
}
