import { yearOf } from '@zhitong/values';
import type { FactValue } from './fact-vocabulary.js';
import { honourFacts, type Award } from './honour-facts.js';
import type { Origin } from './origin.js';

/**
 * What the register itself knows about an enterprise and policies ask for; null where the register does not say it.
 */
export interface RegisterFacts {
  readonly legalForm: string | null;
  readonly scale: string | null;
  readonly industryCode: string | null;
  readonly regionCode: string | null;
  readonly registeredOn: string;
  readonly status: string | null;
  readonly honours: readonly Award[];
}

/** The fields of a record of the register that `registerFacts` reads beside industry and region. */
export const REGISTER_FIELDS = [
  'legalForm',
  'scale',
  'registeredOn',
  'status',
  'honours',
] as const satisfies readonly (keyof RegisterFacts)[];

/** The form of sheets: grows when the same record comes to have another sheet. Stored versions are made anew then. */
export const FACT_SHEET_FORM = 4;

/** The part of a record of the register that `registerFacts` reads. */
type Registered = Omit<RegisterFacts, 'industryCode' | 'regionCode'> & {
  readonly industry: { readonly code: string } | null;
  readonly region: { readonly code: string } | null;
};

/** What of a record of the register policies ask for. */
export const registerFacts = ({
  legalForm,
  scale,
  industry,
  region,
  registeredOn,
  status,
  honours,
}: Registered): RegisterFacts => ({
  legalForm,
  scale,
  registeredOn,
  status,
  honours,
  industryCode: industry?.code ?? null,
  regionCode: region?.code ?? null,
});

/** The recorded figures that count; see `Figures`. */
export interface YearFacts {
  readonly asOf: string;
  readonly values: Readonly<Record<string, FactValue>>;
  /** What of the year before growth is measured against; see `priorYearFacts`. */
  readonly prior: Readonly<Record<string, FactValue>>;
  /** Figures of the years before, by year and fact; see `Figures`. */
  readonly earlier?: Readonly<Record<string, Readonly<Record<string, FactValue>>>> | undefined;
  /** The day of each figure whose day is not `asOf`. */
  readonly days?: Readonly<Record<string, string>> | undefined;
  readonly origin?: Origin | undefined;
  readonly origins?: Readonly<Record<string, Origin>> | undefined;
}

/** Figures that policies compare with those of the year before, and the names of the earlier ones. */
export const PRIOR_YEAR: Readonly<Record<string, string>> = {
  annualRevenueYuan: 'annualRevenuePriorYearYuan',
  employees: 'employeesPriorYear',
  insuredEmployees: 'insuredEmployeesPriorYear',
  rdExpenseYuan: 'rdExpensePriorYearYuan',
  industrialOutputYuan: 'industrialOutputPriorYearYuan',
};

/** The figures of a year under the names by which the next year's growth is measured. */
export function priorYearFacts(values: Readonly<Record<string, FactValue>>): Record<string, FactValue> {
  return Object.fromEntries(
    Object.entries(PRIOR_YEAR).flatMap(([fact, prior]) => (values[fact] === undefined ? [] : [[prior, values[fact]]])),
  );
}

/**
 * The first day of the unbroken run of years above designated size (规上、限上), from how many years it is long by the end
 * of the year of the figures; undefined when that is not known or the enterprise is below.
 */
function aboveDesignatedSizeSince({ asOf, values, days }: YearFacts): string | undefined {
  const years = values['yearsAboveScale'];
  const end = yearOf(days?.['yearsAboveScale'] ?? asOf);
  return typeof years === 'number' && years >= 1 ? `${String(end - years + 1)}-01-01` : undefined;
}

/** What is known about an enterprise: a fact that is absent is not known, which is not the same as "no". */
export interface FactSheet {
  /** Day that most figures stand for; the day of registration when no figures are there yet. */
  readonly asOf: string;
  readonly values: Readonly<Record<string, FactValue>>;
  /**
   * Day of each fact whose day is not `asOf`: the register's facts hold today, a figure has the day of its own year.
   */
  readonly dates: Readonly<Record<string, string>>;
  /** The facts that hold on the day for which the sheet is told, and are told under it. */
  readonly current: readonly string[];
  /** Who recorded the figures, but for those that have an origin of their own; none where that is not known. */
  readonly origin?: Origin | undefined;
  readonly origins?: Readonly<Record<string, Origin>> | undefined;
  /** Figures of the years before that of the newest value, by year and fact; none where nothing was recorded. */
  readonly earlier?: Readonly<Record<string, Readonly<Record<string, FactValue>>>> | undefined;
}

/**
 * Puts the register's facts and the recorded figures together, each figure in its newest known value with its own day;
 * those against which growth is measured stand beside them under names of their own.
 * @param today day for which the register's facts hold, YYYY-MM-DD; a title that has run out by then is not listed.
 */
export function factSheet(register: RegisterFacts, newest: YearFacts | undefined, today: string): FactSheet {
  const own: Record<string, FactValue> = {
    ...known('scale', register.legalForm === 'INDIVIDUAL_BUSINESS' ? 'individual' : register.scale?.toLowerCase()),
    ...known('industryCode', register.industryCode),
    ...known('registeredRegion', register.regionCode),
    ...known('registeredProvince', register.regionCode === null ? null : `${register.regionCode.slice(0, 2)}0000`),
    registeredOn: register.registeredOn,
    ...known('isDeregistered', register.status === null ? null : register.status === 'DEREGISTERED'),
    ...known('isLicenceRevoked', register.status === null ? null : register.status === 'LICENCE_REVOKED'),
    ...known('abnormalOperationListed', register.status === null ? null : register.status === 'ABNORMAL_LISTED'),
    ...honourFacts(register.honours, today),
  };
  const since = newest === undefined ? undefined : aboveDesignatedSizeSince(newest);
  const asOf = newest?.asOf ?? register.registeredOn;
  return {
    asOf,
    values: {
      ...newest?.values,
      ...newest?.prior,
      ...(since === undefined ? {} : { aboveDesignatedSizeSince: since }),
      ...own,
    },
    dates: {
      ...newest?.days,
      ...(newest?.days?.['yearsAboveScale'] === undefined || since === undefined
        ? {}
        : { aboveDesignatedSizeSince: newest.days['yearsAboveScale'] }),
      ...Object.fromEntries(Object.keys(own).map((fact) => [fact, today])),
    },
    current: Object.keys(own),
    ...(newest?.origin === undefined ? {} : { origin: newest.origin }),
    ...(newest?.origins === undefined ? {} : { origins: newest.origins }),
    ...(newest?.earlier === undefined ? {} : { earlier: newest.earlier }),
  };
}

/**
 * A sheet without a day to come: earlier releases dated the figures of a year that runs by its end, which has not
 * come.
 */
export const withoutDaysToCome = (sheet: FactSheet, today: string): FactSheet =>
  sheet.asOf > today ? { ...sheet, asOf: today } : sheet;

/** A fact that the register states; none where it does not. */
const known = (fact: string, value: FactValue | null | undefined): Record<string, FactValue> =>
  value === null || value === undefined ? {} : { [fact]: value };

/** Applies a record on top of a year's figures: values replace, null withdraws. */
export function applyFacts(
  values: Readonly<Record<string, FactValue>>,
  changes: Readonly<Record<string, FactValue | null>>,
): Record<string, FactValue> {
  const merged = new Map(Object.entries(values));
  for (const [fact, value] of Object.entries(changes)) {
    if (value === null) merged.delete(fact);
    else merged.set(fact, value);
  }
  return Object.fromEntries(merged);
}
