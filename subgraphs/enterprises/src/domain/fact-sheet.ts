import type { FactValue } from './fact-vocabulary.js';

/** What the register itself knows about an enterprise and policies ask for. */
export interface RegisterFacts {
  readonly legalForm: string;
  readonly scale: string;
  readonly industryCode: string;
  readonly regionCode: string;
  readonly registeredOn: string;
  readonly status: string;
  readonly honours: readonly { readonly title: string; readonly validTo: string | null; readonly firstTime: boolean; readonly awardedOn: string }[];
}

/** The figures of one year. */
export interface YearFacts {
  readonly asOf: string;
  readonly values: Readonly<Record<string, FactValue>>;
}

/** What is known about an enterprise: a fact that is absent is not known, which is not the same as "no". */
export interface FactSheet {
  /** Day that the yearly figures stand for; the day of registration when no figures are there yet. */
  readonly asOf: string;
  readonly values: Readonly<Record<string, FactValue>>;
  /** Day of each fact whose day is not `asOf`: the register's facts hold today. */
  readonly dates: Readonly<Record<string, string>>;
}

/**
 * Puts the register's facts and the newest year's figures together. A figure of an earlier year is not carried forward: what
 * the newest year does not tell is not known.
 * @param today day for which the register's facts hold, YYYY-MM-DD; a title that has run out by then is not listed.
 */
export function factSheet(register: RegisterFacts, newest: YearFacts | undefined, today: string): FactSheet {
  const valid = register.honours.filter(({ awardedOn, validTo }) => awardedOn <= today && (validTo === null || validTo >= today));
  const latest = valid.reduce<string>((day, { awardedOn }) => (awardedOn > day ? awardedOn : day), '');
  const own: Record<string, FactValue> = {
    scale: register.legalForm === 'INDIVIDUAL_BUSINESS' ? 'individual' : register.scale.toLowerCase(),
    industryCode: register.industryCode,
    registeredRegion: register.regionCode,
    registeredProvince: `${register.regionCode.slice(0, 2)}0000`,
    registeredOn: register.registeredOn,
    isDeregistered: register.status === 'DEREGISTERED',
    abnormalOperationListed: register.status === 'ABNORMAL_LISTED',
    honours: valid.map(({ title }) => title),
    ...(latest === '' ? {} : { honourFirstTime: valid.some(({ awardedOn, firstTime }) => awardedOn === latest && firstTime) }),
  };
  return {
    asOf: newest?.asOf ?? register.registeredOn,
    values: { ...newest?.values, ...own },
    dates: Object.fromEntries(Object.keys(own).map((fact) => [fact, today])),
  };
}

/** Applies a record on top of a year's figures: values replace, null withdraws. */
export function applyFacts(values: Readonly<Record<string, FactValue>>, changes: Readonly<Record<string, FactValue | null>>): Record<string, FactValue> {
  const merged = new Map(Object.entries(values));
  for (const [fact, value] of Object.entries(changes)) {
    if (value === null) merged.delete(fact);
    else merged.set(fact, value);
  }
  return Object.fromEntries(merged);
}
