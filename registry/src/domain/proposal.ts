import { normalText } from '@zhitong/values';
import { RegistryRefusal } from './registry-refusal.js';

/** What a department hands in. */
export interface Proposal {
  readonly department: string;
  readonly sdl: string;
  readonly url: string;
}

/** What is said with whatever is done for good. */
export interface Saying {
  readonly reason: string;
  readonly commit?: string | null | undefined;
}

const NAME = /^[a-z][a-z0-9]{0,30}$/;
const LONGEST_REASON = 500;
const COMMIT = /^[\w./-]{1,100}$/;

/** Reads the name of a department in the graph. @throws RegistryRefusal */
export function departmentName(given: string): string {
  if (NAME.test(given) && given !== 'gateway') return given;
  throw new RegistryRefusal(
    'BAD_USER_INPUT',
    `"${normalText(given).slice(0, 40)}" cannot be a department's name: small letters and digits, at most 31, beginning with a letter, and not "gateway".`,
  );
}

const LABEL = /^[a-z0-9][a-z0-9-]{0,30}$/;

/** The name by which requests ask for a draft: `cases/next`. @throws RegistryRefusal */
export function draftName(department: string, label: string): string {
  if (LABEL.test(label)) return `${department}/${label}`;
  throw new RegistryRefusal(
    'BAD_USER_INPUT',
    `"${normalText(label).slice(0, 40)}" cannot tell a draft apart: small letters, digits and hyphens, at most 31.`,
  );
}

/** Reads the address at which a department is asked. @throws RegistryRefusal */
export function departmentUrl(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new RegistryRefusal(
      'BAD_USER_INPUT',
      `"${given.slice(0, 200)}" is no address that begins with http or https.`,
    );
  if (url.username !== '' || url.password !== '')
    throw new RegistryRefusal('BAD_USER_INPUT', 'The address names a user or a password; it is shown to everybody.');
  return url.href;
}

/** Reads reason and commit. @throws RegistryRefusal */
export function readSaying({ reason, commit }: Saying): { readonly reason: string; readonly commit: string | null } {
  const text = normalText(reason);
  if (text === '' || text.length > LONGEST_REASON)
    throw new RegistryRefusal('BAD_USER_INPUT', `A reason of 1 to ${LONGEST_REASON} characters is needed.`);
  if (commit !== null && commit !== undefined && !COMMIT.test(commit))
    throw new RegistryRefusal('BAD_USER_INPUT', `"${commit.slice(0, 100)}" cannot be the name of a commit.`);
  return { reason: text, commit: commit ?? null };
}
