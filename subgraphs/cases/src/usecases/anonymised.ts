import { replacePersonalNumbers } from '@zhitong/kit/personal-data';
import type { Complainant } from '../domain/case-event.js';
import { withoutCreditCodes, withoutPersonalData } from '../domain/masking.js';

/**
 * A text for publication, or for whoever may not know who brought a case: telephone, identity and account numbers,
 * addresses, number plates and credit codes are replaced by what they are, and each of `names` (the enterprise, its
 * contact) by 某. A second person still has to read what is published.
 */
export function anonymised(text: string, names: readonly string[]): string {
  return withoutPersonalData(
    replacePersonalNumbers(withoutCreditCodes(text), {
      identity: '［身份证号］',
      account: '［账号］',
      mobile: '［手机号］',
      landline: '［电话］',
    }),
    names,
  );
}

/** How the registry's names of an enterprise are asked for. */
export interface NameSource {
  /** @throws DEPARTMENT_UNAVAILABLE when nobody can say */
  enterpriseNames(uscc: string): Promise<readonly string[]>;
  /** @throws DEPARTMENT_UNAVAILABLE when nobody can say */
  projectName(id: string): Promise<string | null>;
}

/** The part of a case that tells who brought it. */
export interface Revealing {
  readonly complainant: Pick<Complainant, 'uscc' | 'name' | 'contactName' | 'formerly'>;
  readonly project?: string | null;
}

/**
 * What leads to who brought a case: what was said at the intake, what the registry calls the enterprise now, and the
 * project that the case concerns, by number and name.
 * @throws DEPARTMENT_UNAVAILABLE when the registry cannot be asked; then the text may not be shown
 */
export async function namesBehind({ complainant, project = null }: Revealing, register: NameSource): Promise<string[]> {
  const all = [complainant, ...(complainant.formerly ?? [])];
  const registered = await Promise.all(
    all.map(async (each) => (each.uscc === null ? [] : register.enterpriseNames(each.uscc))),
  );
  const projectNames = project === null ? [] : [project, await register.projectName(project)];
  return [...all.flatMap((each) => [each.name, each.contactName]), ...registered.flat(), ...projectNames].filter(
    (known) => known !== null,
  );
}
