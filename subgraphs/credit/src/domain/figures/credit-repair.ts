import { datedFigure, type DatedFigure } from '@zhitong/values';

/** Months for which a dishonesty record is published at least before repair, and at most. */
export interface PublicationMonths {
  readonly least: number;
  readonly most: number;
}

/** The plan applies to every record that is published, also to those from before it. */
const figure = (name: string, label: string, value: PublicationMonths): DatedFigure<PublicationMonths> =>
  datedFigure({
    name,
    label,
    unit: '个月',
    values: [{ from: null, until: null, value, source: '国办发〔2025〕22号《关于进一步完善信用修复制度的实施方案》' }],
  });

/**
 * The State Council's credit repair plan: minor records are not published for a minimum time, general ones for 3 to 12
 * months, serious ones for 12 to 36.
 */
export const PUBLICATION_MONTHS = {
  MINOR: figure('publicationMonthsMinor', '轻微失信信息公示期', { least: 0, most: 3 }),
  GENERAL: figure('publicationMonthsGeneral', '一般失信信息公示期', { least: 3, most: 12 }),
  SERIOUS: figure('publicationMonthsSerious', '严重失信信息公示期', { least: 12, most: 36 }),
} as const satisfies Record<string, DatedFigure<PublicationMonths>>;
