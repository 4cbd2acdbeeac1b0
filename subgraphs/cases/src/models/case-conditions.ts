import type { LegalDay } from '@zhitong/values';

/** Conditions of a list; all must hold. */
export interface CaseConditions {
  readonly open?: boolean | undefined;
  readonly status?: readonly string[] | undefined;
  readonly kind?: readonly string[] | undefined;
  readonly category?: readonly string[] | undefined;
  readonly channel?: readonly string[] | undefined;
  readonly origin?: string | undefined;
  readonly region?: readonly string[] | undefined;
  readonly lead?: string | undefined;
  readonly uscc?: string | undefined;
  readonly overdue?: { readonly is: boolean; readonly today: LegalDay } | undefined;
  readonly escalation?: readonly string[] | undefined;
  readonly keywords?: readonly string[] | undefined;
  readonly receivedFrom?: LegalDay | undefined;
  readonly receivedTo?: LegalDay | undefined;
  /** Only cases of this department. */
  readonly department?: string | undefined;
  /** Without those brought anonymously. */
  readonly namedOnly?: boolean | undefined;
}

/** The filter over stored cases that the conditions stand for; empty without conditions. */
export function filterOf(conditions: CaseConditions): Record<string, unknown> {
  const {
    open,
    status,
    kind,
    category,
    channel,
    origin,
    region,
    lead,
    uscc,
    overdue,
    escalation,
    keywords,
    receivedFrom,
    receivedTo,
    department,
    namedOnly,
  } = conditions;
  const oneOf = (field: string, values: readonly string[] | undefined): Record<string, unknown> =>
    values === undefined ? {} : { [field]: { $in: [...values] } };
  const equal = (field: string, value: unknown): Record<string, unknown> =>
    value === undefined ? {} : { [field]: value };
  return {
    ...equal('isOpen', open),
    ...oneOf('status', status),
    ...oneOf('kind', kind),
    ...oneOf('category', category),
    ...oneOf('channel', channel),
    ...equal('origin', origin),
    ...oneOf('region', region),
    ...equal('lead', lead),
    ...equal('uscc', uscc),
    ...(overdue === undefined
      ? {}
      : { lastDayInTime: overdue.is ? { $lt: overdue.today } : { $not: { $lt: overdue.today } } }),
    ...oneOf('escalation', escalation),
    ...(keywords === undefined || keywords.length === 0 ? {} : { keywords: { $all: [...keywords] } }),
    ...(receivedFrom === undefined && receivedTo === undefined
      ? {}
      : {
          receivedOn: {
            ...(receivedFrom === undefined ? {} : { $gte: receivedFrom }),
            ...(receivedTo === undefined ? {} : { $lte: receivedTo }),
          },
        }),
    ...equal('departments', department),
    ...(namedOnly === true ? { 'complainant.anonymous': false } : {}),
  };
}
