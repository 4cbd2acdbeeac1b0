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
  throw new RegistryRefusal('BAD_USER_INPUT', {
    en: `"${normalText(given).slice(0, 40)}" cannot be a department's name: small letters and digits, at most 31, beginning with a letter, and not "gateway".`,
    zh: `“${normalText(given).slice(0, 40)}”不能作为部门名称：须以小写字母开头，由小写字母和数字组成，不超过 31 位，且不为“gateway”。`,
  });
}

const LABEL = /^[a-z0-9][a-z0-9-]{0,30}$/;

/** The name by which requests ask for a draft: `cases/next`. @throws RegistryRefusal */
export function draftName(department: string, label: string): string {
  if (LABEL.test(label)) return `${department}/${label}`;
  throw new RegistryRefusal('BAD_USER_INPUT', {
    en: `"${normalText(label).slice(0, 40)}" cannot tell a draft apart: small letters, digits and hyphens, at most 31.`,
    zh: `“${normalText(label).slice(0, 40)}”不能作为草稿标识：由小写字母、数字和连字符组成，不超过 31 位。`,
  });
}

/** Reads the address at which a department is asked. @throws RegistryRefusal */
export function departmentUrl(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new RegistryRefusal('BAD_USER_INPUT', {
      en: `"${given.slice(0, 200)}" is no address that begins with http or https.`,
      zh: `“${given.slice(0, 200)}”不是以 http 或 https 开头的地址。`,
    });
  if (url.username !== '' || url.password !== '')
    throw new RegistryRefusal('BAD_USER_INPUT', {
      en: 'The address names a user or a password; it is shown to everybody.',
      zh: '地址对所有人可见，不得含有用户名或密码。',
    });
  return url.href;
}

/** Reads reason and commit. @throws RegistryRefusal */
export function readSaying({ reason, commit }: Saying): { readonly reason: string; readonly commit: string | null } {
  const text = normalText(reason);
  if (text === '' || text.length > LONGEST_REASON)
    throw new RegistryRefusal('BAD_USER_INPUT', {
      en: `A reason of 1 to ${LONGEST_REASON} characters is needed.`,
      zh: `须填写 1 至 ${LONGEST_REASON} 字的理由。`,
    });
  if (commit !== null && commit !== undefined && !COMMIT.test(commit))
    throw new RegistryRefusal('BAD_USER_INPUT', {
      en: `"${commit.slice(0, 100)}" cannot be the name of a commit.`,
      zh: `“${commit.slice(0, 100)}”不是有效的提交名。`,
    });
  return { reason: text, commit: commit ?? null };
}
