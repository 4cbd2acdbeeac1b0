import type { KeyboardEvent } from 'react';

const CONTROLS = 'a[href], button, input, select, textarea, [tabindex="0"]';

const canBeReached = (element: HTMLElement): boolean =>
  element.tabIndex >= 0 && !element.matches(':disabled') && element.checkVisibility({ visibilityProperty: true });

/**
 * Lets Tab go round within a dialog: past its last control stands the first one. The component library takes the focus
 * back when it has gone to another control of the page, and not when it has left the page for the browser's own bar.
 */
export function goRound(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Tab') return;
  const controls = [...event.currentTarget.querySelectorAll<HTMLElement>(CONTROLS)].filter(canBeReached);
  const [from, to] = event.shiftKey ? [controls.at(0), controls.at(-1)] : [controls.at(-1), controls.at(0)];
  if (from !== document.activeElement) return;
  event.preventDefault();
  to?.focus();
}
