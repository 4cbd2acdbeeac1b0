import { addDays, type LegalDay } from '@zhitong/values';
import { said, type Said } from '../refusal-words.js';

/** Something that bars an applicant from approval on a pledge, as the credit department tells it. */
export interface ApplicantBar {
  readonly kind: string;
  /** Number of the record; null where an officer of the department that decides may not read it without a purpose. */
  readonly number: string | null;
  /** Code of the department that keeps the record. */
  readonly keptBy: string;
  /** Last day on which it bars by itself; null for what ends by being done alone. */
  readonly until: LegalDay | null;
}

/** What the credit department says of an applicant today. */
export interface ApplicantCredit {
  readonly bars: readonly ApplicantBar[];
  /** State of the signed pledge that was asked for; null where there is none of the applicant's for that department. */
  readonly pledgeState: string | null;
}

const WORDS: Readonly<Record<string, { readonly en: string; readonly zh: string }>> = {
  DISHONESTY_RECORD: { en: 'an open dishonesty record', zh: '未修复的失信记录' },
  UNFULFILLED_JUDGMENT: { en: 'a judgment that is not fulfilled', zh: '未履行的生效判决' },
  BREACHED_PLEDGE: { en: 'a breached pledge that is not put right', zh: '未整改办结的违诺' },
};

/** What bars an applicant from a grant on a pledge, listed in English and Chinese. */
export function barredWords(bars: readonly ApplicantBar[]): { readonly en: string; readonly zh: string } {
  const en = bars.map(
    ({ kind, number, keptBy, until }) =>
      `${WORDS[kind]?.en ?? kind}${number === null ? '' : ` ${number}`} kept by ${keptBy}${until === null ? '' : `, until ${until}`}`,
  );
  const zh = bars.map(
    ({ kind, number, keptBy, until }) =>
      `${WORDS[kind]?.zh ?? kind}${number === null ? '' : number}（${keptBy}${until === null ? '' : `，至${until}`}）`,
  );
  return { en: en.join('; '), zh: zh.join('；') };
}

/** Why a signed pledge cannot stand behind a grant; null when it can. */
export function pledgeFault(number: string | null, state: string | null): Said | null {
  if (number === null || state === 'IN_FORCE') return null;
  const pledge = number.slice(0, 40);
  return state === null ? said('NO_SIGNED_PLEDGE', { pledge }) : said('PLEDGE_NOT_IN_FORCE', { pledge, state });
}

/** The first day on which one of the bars has ended by itself; null where none does. */
export const nextLapse = (bars: readonly Pick<ApplicantBar, 'until'>[]): LegalDay | null => {
  const [first] = bars.flatMap(({ until }) => until ?? []).sort();
  return first === undefined ? null : addDays(first, 1);
};

/** The last day of all bars by themselves; null as soon as one ends by being done alone. */
export const lastOf = (bars: readonly Pick<ApplicantBar, 'until'>[]): LegalDay | null =>
  bars.reduce<LegalDay | null>(
    (last, { until }, at) =>
      until === null || (at > 0 && last === null) ? null : last !== null && last > until ? last : until,
    null,
  );
