import { replacePersonalNumbers } from '@zhitong/kit/personal-data';
import { withoutPersonalData } from '../domain/masking.js';

/**
 * A text for publication, or for whoever may not know who brought a case: telephone, identity and account numbers,
 * addresses, number plates and credit codes are replaced by what they are, and each of `names` (the enterprise, its
 * contact) by 某. A second person still has to read what is published.
 */
export function anonymised(text: string, names: readonly string[]): string {
  return withoutPersonalData(
    replacePersonalNumbers(text, {
      identity: '［身份证号］',
      account: '［账号］',
      mobile: '［手机号］',
      landline: '［电话］',
    }),
    names,
  );
}
