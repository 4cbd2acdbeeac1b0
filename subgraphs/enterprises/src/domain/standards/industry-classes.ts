import { DIVIDED_IN_2017, NAMES_OF_2011, NEW_IN_2017, SECTIONS } from './industry-sections.js';
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

function inForce(): IndustryEntry[] {
  const groups = grouped(`${GROUPS_A_TO_F}${GROUPS_G_TO_T}`.trim().split(/\s+/), (text) => text.slice(0, 2));
  const entry = (level: IndustryLevel, code: string, name: string, parent: string | null): IndustryEntry => ({
    ...{ code, name, level, parent },
    edition: INDUSTRY_EDITION,
    successors: [],
  });
  return SECTIONS.flatMap(([letter, section, first, divisions]) => [
    entry('SECTION', letter, section, null),
    ...divisions.split(/\s+/).flatMap((division, index) => {
      const number = digits(first + index);
      const code = `${letter}${number}`;
      return [
        entry('DIVISION', code, division, letter),
        ...(groups.get(number) ?? []).flatMap((text) => {
          const [, group = '', name = '', classes = `0${name}`] = /^(\d{3})([^:]+)(?::(.+))?$/.exec(text) ?? [];
          return [
            entry('GROUP', `${letter}${group}`, name, code),
            ...classes
              .split('|')
              .map((one) => entry('CLASS', `${letter}${group}${one.charAt(0)}`, one.slice(1), `${letter}${group}`)),
          ];
        }),
      ];
    }),
  ]);
}

/** Sections and divisions of 2011, made of those of 2017: only the names and numbers that differ are listed. */
function of2011(present: readonly IndustryEntry[]): IndustryEntry[] {
  return present.flatMap((later): IndustryEntry[] => {
    if (later.level === 'SECTION') return [{ ...later, edition: EARLIER_INDUSTRY_EDITION, successors: [later.code] }];
    const number = Number(later.code.slice(1));
    if (later.level !== 'DIVISION' || number === NEW_IN_2017) return [];
    const code = `${later.code.charAt(0)}${digits(number > NEW_IN_2017 ? number - 1 : number)}`;
    return [
      {
        ...later,
        code,
        name: NAMES_OF_2011[code] ?? later.name,
        edition: EARLIER_INDUSTRY_EDITION,
        successors: DIVIDED_IN_2017[code] ?? [later.code],
      },
    ];
  });
}

const PRESENT = inForce();

/**
 * GB/T 4754: of 2017 whole (20 sections, 97 divisions, 473 groups, 1,381 classes), of 2011 the sections and divisions,
 * each with what it became. Single classes that moved to another division are not told.
 */
export const INDUSTRIES = standardTree([INDUSTRY_EDITION, EARLIER_INDUSTRY_EDITION], [...PRESENT, ...of2011(PRESENT)]);

/** An entry of the edition in force; undefined when it has none of that code. */
export const industryEntry = (code: string): IndustryEntry | undefined => INDUSTRIES.entry(code, INDUSTRY_EDITION);

/**
 * The entry that a registered industry means. The name decides between the editions where both have the code with
 * different names. A code that neither edition has is told by the nearest entry above it.
 * @returns undefined when not even its section exists
 * @example industryOf({ code: 'G59', name: '仓储业' })?.edition //=> 'GB/T 4754-2011'
 * @example industryOf({ code: 'C2861', name: '棉浆粕' })?.code //=> 'C28'
 */
export function industryOf({ code, name }: { code: string; name: string }): IndustryEntry | undefined {
  const present = industryEntry(code);
  const earlier = INDUSTRIES.entry(code, EARLIER_INDUSTRY_EDITION);
  const isEarlier = earlier !== undefined && earlier.name === name && present?.name !== name;
  const found = isEarlier ? earlier : (present ?? earlier);
  return found ?? (code.length > 1 ? industryOf({ code: code.slice(0, -1), name: '' }) : undefined);
}
