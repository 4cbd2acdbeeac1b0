import { badUserInput, dayInShanghai, forbidden, type Actor, type Clock } from '@zhitong/kit';
import { mayReadDepartment, mayReadEnterprise } from '../domain/access.js';

/** Lets the enterprise itself and officials pass. */
export function requireOwn(actor: Actor | null, uscc: string): void {
  if (!mayReadEnterprise(actor, uscc)) throw forbidden(`Credit and commitments of ${uscc} are for the enterprise itself and for officials.`);
}

/** The USCC to which an enterprise's reading is limited; undefined for officials. */
export const onlyOwn = (actor: Actor | null): string | undefined => (mayReadDepartment(actor) ? undefined : (actor?.uscc ?? ''));

/** A day that has come; BAD_USER_INPUT for a later one. */
export function pastDay(date: string | null | undefined, { clock, path }: { clock: Clock; path: readonly string[] }): string {
  const today = dayInShanghai(clock.now());
  if (date !== null && date !== undefined && date > today) throw badUserInput(`${path.join('.')} is ${date}, which has not come yet: today is ${today}.`, path);
  return date ?? today;
}
