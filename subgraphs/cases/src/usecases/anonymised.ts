import { replacePersonalNumbers } from '@zhitong/kit/personal-data';
import type { Complainant } from '../domain/case-event.js';
import type { CaseView } from '../domain/case-view.js';
import type { Stores } from '../stores.js';
import { withoutCreditCodes, withoutPersonalData, withoutRegistered, type RegisteredWords } from '../domain/masking.js';

/**
 * A text for publication, or for whoever may not know who brought a case: telephone, identity and account numbers,
 * addresses, number plates and credit codes are replaced by what they are, those that are registered in whatever form,
 * and each of `names` (the enterprise, its contact) by 某. A second person still has to read what is published.
 */
export function anonymised(text: string, { names, ...registered }: Behind): string {
  return withoutPersonalData(
    replacePersonalNumbers(withoutCreditCodes(withoutRegistered(text, registered)), {
      identity: '［身份证号］',
      account: '［账号］',
      mobile: '［手机号］',
      landline: '［电话］',
    }),
    names,
  );
}

/** What leads to who brought a case. */
export interface Behind extends RegisteredWords {
  readonly names: readonly string[];
}

export const NOTHING_BEHIND: Behind = { names: [], codes: [], telephones: [], addresses: [] };

/** How what the registry has of an enterprise is asked for. */
export interface NameSource {
  /** @throws DEPARTMENT_UNAVAILABLE when nobody can say */
  enterpriseNames(uscc: string): Promise<readonly string[]>;
  /** @throws DEPARTMENT_UNAVAILABLE when nobody can say */
  identifyingWords(uscc: string): Promise<Omit<RegisteredWords, 'codes'> & { readonly persons: readonly string[] }>;
  /** @throws DEPARTMENT_UNAVAILABLE when nobody can say */
  projectName(id: string): Promise<string | null>;
}

/** The part of a case that tells who brought it. */
export interface Revealing {
  readonly complainant: Pick<Complainant, 'uscc' | 'name' | 'contactName' | 'contactPhone' | 'formerly'>;
  readonly project?: string | null;
}

/**
 * What leads to who brought a stored case, those that it is joined with among them; nothing of one that is not there.
 * @throws DEPARTMENT_UNAVAILABLE when the registry cannot be asked
 */
export async function behindCase(
  caseNumber: string,
  { cases, register }: { readonly cases: Pick<Stores['cases'], 'byNumber'>; readonly register: NameSource },
): Promise<{ readonly behind: Behind; readonly isAnonymous: boolean }> {
  const [found] = await cases.byNumber([caseNumber], LINKS);
  if (found === undefined) return { behind: NOTHING_BEHIND, isAnonymous: false };
  const joined = await cases.byNumber(joinedWith(found), []);
  return { behind: await namesBehind(found, register, joined), isAnonymous: found.complainant.anonymous };
}

/** By which a case is joined with others, whose words may stand in its own. */
export const LINKS = ['absorbed', 'mergedInto', 'splitFrom', 'splitInto'] as const;

/** Numbers of the cases that one is joined with. */
export const joinedWith = ({
  absorbed = [],
  mergedInto = null,
  splitFrom = null,
  splitInto = [],
}: Partial<Pick<CaseView, (typeof LINKS)[number]>>): string[] =>
  [...absorbed, mergedInto, splitFrom, ...splitInto].filter((number) => number !== null);

/**
 * What leads to who brought a case: what was said at the intake, what the registry calls the enterprise now and has of
 * its contact and address, and the project that the case concerns, by number and name.
 * @param joined the cases that it is joined with: a merging of an earlier form does not tell whom their words name
 * @throws DEPARTMENT_UNAVAILABLE when the registry cannot be asked; then the text may not be shown
 */
export async function namesBehind(
  record: Revealing,
  register: NameSource,
  joined: readonly Revealing[] = [],
): Promise<Behind> {
  const all = [record, ...joined].flatMap(({ complainant, project = null }) => [
    { ...complainant, project },
    ...(complainant.formerly ?? []),
  ]);
  const usccs = [...new Set(all.flatMap(({ uscc }) => (uscc === null ? [] : [uscc])))];
  const projects = [...new Set(all.flatMap(({ project }) => project ?? []))];
  const [registered, words, projectNames] = await Promise.all([
    Promise.all(usccs.map(async (uscc) => register.enterpriseNames(uscc))),
    Promise.all(usccs.map(async (uscc) => register.identifyingWords(uscc))),
    Promise.all(projects.map(async (project) => register.projectName(project))),
  ]);
  const said = [...all.flatMap((each) => [each.name, each.contactName]), ...projects, ...projectNames];
  return {
    names: [
      ...said.filter((known) => known !== null),
      ...registered.flat(),
      ...words.flatMap(({ persons }) => persons),
    ],
    codes: usccs,
    telephones: [
      ...all.flatMap(({ contactPhone }) => (contactPhone ? [contactPhone] : [])),
      ...words.flatMap(({ telephones }) => telephones),
    ],
    addresses: words.flatMap(({ addresses }) => addresses),
  };
}
