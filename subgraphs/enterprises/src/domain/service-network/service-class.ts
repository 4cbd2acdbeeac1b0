/** The three classes of service officers (三类专员), by whom they look after: Rudong's programme “1+2+3”. */
export const SERVICE_CLASSES = ['OVER_100_MILLION', 'ABOVE_DESIGNATED_SIZE', 'SMALL_AND_MICRO'] as const;
export type ServiceClass = (typeof SERVICE_CLASSES)[number];

/** The industry teams (行业专班) of the same programme. */
export const SERVICE_TEAMS = ['AGRICULTURE', 'INDUSTRY', 'CONSTRUCTION_AND_REAL_ESTATE', 'SERVICES'] as const;
export type ServiceTeam = (typeof SERVICE_TEAMS)[number];

/** 亿元以上: one hundred million yuan of revenue a year. */
const HUNDRED_MILLION_YUAN = 100_000_000;

/** What decides who may look after an enterprise. */
export interface Served {
  readonly statisticalCategory: string | null;
  /** Newest known revenue of a year in yuan; null when nobody recorded one. */
  readonly revenueYuan: number | null;
  /** Industry code of GB/T 4754; null when it is not known. */
  readonly industryCode: string | null;
}

/** The newest known revenue in a set of figures. */
export function revenueOf(values: Readonly<Record<string, unknown>> | undefined): number | null {
  const revenue = values?.['annualRevenueYuan'] ?? values?.['revenueYuan'];
  return typeof revenue === 'number' ? revenue : null;
}

/**
 * The class of an enterprise: revenue of 100 million yuan and more, else above designated size (on a list of the
 * statistics bureau), else small and micro. A revenue that nobody recorded is not over 100 million.
 */
export function serviceClass({ statisticalCategory, revenueYuan }: Omit<Served, 'industryCode'>): ServiceClass {
  if (revenueYuan !== null && revenueYuan >= HUNDRED_MILLION_YUAN) return 'OVER_100_MILLION';
  return statisticalCategory === null ? 'SMALL_AND_MICRO' : 'ABOVE_DESIGNATED_SIZE';
}

/**
 * The team of an industry: section A; B, C and D; E and K; all other sections. Null when the industry is not known.
 */
export function serviceTeam(industryCode: string | null): ServiceTeam | null {
  const section = industryCode?.charAt(0) ?? '';
  if (section === '') return null;
  if (section === 'A') return 'AGRICULTURE';
  if ('BCD'.includes(section)) return 'INDUSTRY';
  return 'EK'.includes(section) ? 'CONSTRUCTION_AND_REAL_ESTATE' : 'SERVICES';
}
