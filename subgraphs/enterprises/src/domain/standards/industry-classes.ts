import { DIVIDED_IN_2017, NAMES_OF_2011, NEW_IN_2017, SECTIONS } from './industry-sections.js';
import { GROUPS_OF_2011 } from './industry-table-2011.js';
import { GROUPS_A_TO_F } from './industry-table-goods.js';
import { GROUPS_G_TO_T } from './industry-table-services.js';
import { grouped, standardTree, type StandardEntry } from './standard-tree.js';

/** Levels of GB/T 4754: 门类, 大类, 中类, 小类. */
export type IndustryLevel = 'SECTION' | 'DIVISION' | 'GROUP' | 'CLASS';
export type IndustryEntry = StandardEntry<IndustryLevel>;

/** The edition in force, since 2017-10-01. Its amendment of 2019 is not told: its text is unconfirmed. */
export const INDUSTRY_EDITION = 'GB/T 4754-2017';
export const EARLIER_INDUSTRY_EDITION = 'GB/T 4754-2011';

const digits = (number: number): string => String(number).padStart(2, '0');

/** The groups of a table by the digits of their division. */
const groupsOf = (table: string): Map<string, string[]> =>
  grouped(table.trim().split(/\s+/), (text) => text.slice(0, 2));

/** A group and its classes, as a table writes it, without what they became. */
function groupEntries(text: string, { code, edition }: Pick<IndustryEntry, 'code' | 'edition'>): IndustryEntry[] {
  const letter = code.charAt(0);
  const [, digitsOfGroup = '', name = '', classes = `0${name}`] = /^(\d{3})([^:]+)(?::(.+))?$/.exec(text) ?? [];
  const group = `${letter}${digitsOfGroup}`;
  return [
    { code: group, name, level: 'GROUP', edition, parent: code, successors: [] },
    ...classes.split('|').map((one): IndustryEntry => ({
      ...{ code: `${group}${one.charAt(0)}`, name: one.slice(1), level: 'CLASS' },
      ...{ edition, parent: group, successors: [] },
    })),
  ];
}

function inForce(): IndustryEntry[] {
  const groups = groupsOf(`${GROUPS_A_TO_F}${GROUPS_G_TO_T}`);
  const edition = INDUSTRY_EDITION;
  return SECTIONS.flatMap(([letter, section, first, divisions]): IndustryEntry[] => [
    { code: letter, name: section, level: 'SECTION', edition, parent: null, successors: [] },
    ...divisions.split(/\s+/).flatMap((name, index): IndustryEntry[] => {
      const number = digits(first + index);
      const division = { code: `${letter}${number}`, edition };
      return [
        { ...division, name, level: 'DIVISION', parent: letter, successors: [] },
        ...(groups.get(number) ?? []).flatMap((text) => groupEntries(text, division)),
      ];
    }),
  ]);
}

/**
 * The edition of 2011: its sections and divisions made of those of 2017, of which only the names and numbers that
 * differ are listed, its groups and classes from their own table. What became of a group or class is told where 2017
 * has exactly one of its level and name; the standard's own comparison of the editions was not to be had, so what got
 * another name, was divided or was put together is left open, unconfirmed.
 */
function of2011(present: readonly IndustryEntry[]): IndustryEntry[] {
  const edition = EARLIER_INDUSTRY_EDITION;
  const groups = groupsOf(GROUPS_OF_2011);
  const named = grouped(present, ({ level, name }) => `${level} ${name}`);
  const sameName = ({ level, name }: IndustryEntry): string[] => {
    const found = named.get(`${level} ${name}`) ?? [];
    return found.length === 1 ? found.map(({ code }) => code) : [];
  };
  return present.flatMap((later): IndustryEntry[] => {
    if (later.level === 'SECTION') return [{ ...later, edition, successors: [later.code] }];
    const number = Number(later.code.slice(1));
    if (later.level !== 'DIVISION' || number === NEW_IN_2017) return [];
    const own = digits(number > NEW_IN_2017 ? number - 1 : number);
    const code = `${later.code.charAt(0)}${own}`;
    return [
      {
        ...{ ...later, code, edition },
        name: NAMES_OF_2011[code] ?? later.name,
        successors: DIVIDED_IN_2017[code] ?? [later.code],
      },
      ...(groups.get(own) ?? []).flatMap((text) => {
        const entries = groupEntries(text, { code, edition });
        const became = entries.map(sameName);
        // A group of one class is that class under another number: one became what the other did.
        const both = entries.length === 2 ? became.find((codes) => codes.length > 0) : undefined;
        return entries.map((entry, at) => {
          const successors = became[at] ?? [];
          return { ...entry, successors: successors.length === 0 ? (both ?? []) : successors };
        });
      }),
    ];
  });
}

const PRESENT = inForce();

/**
 * GB/T 4754: of 2017 whole (20 sections, 97 divisions, 473 groups, 1,381 classes), of 2011 whole (20, 96, 432, 1,094),
 * each entry of 2011 with what it became where that is known.
 */
export const INDUSTRIES = standardTree([INDUSTRY_EDITION, EARLIER_INDUSTRY_EDITION], [...PRESENT, ...of2011(PRESENT)]);

/** An entry of the edition in force; undefined when it has none of that code. */
export const industryEntry = (code: string): IndustryEntry | undefined => INDUSTRIES.entry(code, INDUSTRY_EDITION);

/** The nearest entry of 2011, from a code upwards, of which it is known what it became; undefined without any. */
export function earlierEntry(code: string): IndustryEntry | undefined {
  const entry = INDUSTRIES.entry(code, EARLIER_INDUSTRY_EDITION);
  if (entry !== undefined && entry.successors.length > 0) return entry;
  return code.length > 1 ? earlierEntry(code.slice(0, -1)) : undefined;
}

/**
 * The entry that a registered industry means. The name decides between the editions where both have the code with
 * different names. A code that neither edition has is told by the nearest entry above it.
 * @returns undefined when not even its section exists
 * @example industryOf({ code: 'G59', name: '仓储业' })?.edition //=> 'GB/T 4754-2011'
 * @example industryOf({ code: 'L7231', name: '市场调查' })?.edition //=> 'GB/T 4754-2017'
 * @example industryOf({ code: 'C2861', name: '棉浆粕' })?.code //=> 'C28'
 */
export function industryOf({ code, name }: { code: string; name: string }): IndustryEntry | undefined {
  const present = industryEntry(code);
  const earlier = INDUSTRIES.entry(code, EARLIER_INDUSTRY_EDITION);
  const isEarlier = earlier !== undefined && earlier.name === name && present?.name !== name;
  const found = isEarlier ? earlier : (present ?? earlier);
  return found ?? (code.length > 1 ? industryOf({ code: code.slice(0, -1), name: '' }) : undefined);
}
