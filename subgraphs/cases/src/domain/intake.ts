import { checkUscc, textFaults, usccFaultInChinese } from '@zhitong/values';
import { said } from './refusal-words.js';
import type { InputFault } from './satisfaction.js';

export { asStored, textFaults } from '@zhitong/values';

/** Longest texts that a case takes, in characters (code points). */
export const TEXT_LIMITS = {
  title: 100,
  text: 5_000,
  note: 2_000,
  label: 20,
  labels: 10,
  attachments: 10,
  attachment: 500,
  name: 100,
} as const;
const SHORTEST_TEXT = 5;

/** What an intake form or a note is checked for, before anything is stored. */
export interface IntakeInput {
  readonly title: string;
  readonly text: string;
  readonly labels: readonly string[];
  readonly attachments: readonly string[];
  readonly region: string;
  readonly industry: string | null;
  readonly uscc: string | null;
  readonly enterpriseName: string | null;
  readonly homeRegion: string | null;
  readonly contactPhone: string | null;
}

/**
 * Everything that is wrong with an intake by itself, in the order of the form; empty when it can be taken. A code with
 * an irregular check character is right if it is registered, which the registry says.
 */
export function intakeFaults(input: IntakeInput): InputFault[] {
  return [
    ...textFaults(input.title, ['title'], { longest: TEXT_LIMITS.title, shortest: SHORTEST_TEXT }),
    ...textFaults(input.text, ['text'], { longest: TEXT_LIMITS.text, shortest: SHORTEST_TEXT }),
    ...listFaults(input.labels, 'labels', TEXT_LIMITS.labels),
    ...input.labels.flatMap((label, index) =>
      textFaults(label, ['labels', String(index)], { longest: TEXT_LIMITS.label, shortest: 1 }),
    ),
    ...attachmentFaults(input.attachments),
    ...(/^\d{6}$/.test(input.region)
      ? []
      : [{ path: ['region'], ...said('NO_REGION_CODE', { value: shown(input.region) }) }]),
    ...(input.industry === null || /^[A-T]$/.test(input.industry)
      ? []
      : [{ path: ['industry'], ...said('NO_SECTION', { value: shown(input.industry) }) }]),
    ...complainantFaults(input),
    ...(input.contactPhone === null || /^[+\d][\d -]{4,19}$/.test(input.contactPhone)
      ? []
      : [{ path: ['contactPhone'], ...said('BAD_TELEPHONE') }]),
  ];
}

function complainantFaults({ uscc, enterpriseName, homeRegion }: IntakeInput): InputFault[] {
  if (uscc !== null) {
    const check = checkUscc(uscc, { irregular: 'accept' });
    return check.ok
      ? []
      : [
          {
            path: ['uscc'],
            ...said('BAD_USCC', { fault: check.message, faultInChinese: usccFaultInChinese(check.problem, uscc) }),
          },
        ];
  }
  const faults: InputFault[] = [];
  if (enterpriseName === null)
    faults.push({
      path: ['enterpriseName'],
      ...said('FOREIGN_NAME_NEEDED'),
    });
  else faults.push(...textFaults(enterpriseName, ['enterpriseName'], { longest: TEXT_LIMITS.name, shortest: 2 }));
  if (homeRegion === null || !/^\d{6}$/.test(homeRegion)) {
    faults.push({
      path: ['homeRegion'],
      ...said('FOREIGN_REGION_NEEDED'),
    });
  }
  return faults;
}

/**
 * What is wrong with the links of a case's attachments: each must be an https link with a host, at most 500 characters.
 */
export function attachmentFaults(attachments: readonly string[]): InputFault[] {
  return [
    ...listFaults(attachments, 'attachments', TEXT_LIMITS.attachments),
    ...attachments.flatMap((link, index) =>
      isHttpsLink(link)
        ? []
        : [
            {
              path: ['attachments', String(index)],
              ...said('NO_HTTPS_LINK', { value: shown(link), most: TEXT_LIMITS.attachment }),
            },
          ],
    ),
  ];
}

function isHttpsLink(link: string): boolean {
  if (link.length > TEXT_LIMITS.attachment || !URL.canParse(link)) return false;
  const { protocol, hostname, username, password } = new URL(link);
  return protocol === 'https:' && hostname.includes('.') && username === '' && password === '';
}

const listFaults = (list: readonly string[], path: string, longest: number): InputFault[] =>
  list.length > longest ? [{ path: [path], ...said('TOO_MANY_ENTRIES', { most: longest, length: list.length }) }] : [];

const shown = (text: string): string =>
  (text.length > 60 ? `${text.slice(0, 60)}…` : text).replace(/[\u0000-\u001f\u007f-\u009f]/g, '?');
