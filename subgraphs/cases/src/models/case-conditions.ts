import type { LegalDay } from '@zhitong/values';
import { lastDayOver, type Knowledge } from '../domain/figures/case-facts.js';
import type { Grouping } from '../domain/figures/kept-figures.js';
import type { FigureName } from '../domain/figures/statistics.js';

/** Which facts of cases count towards a figure of a period; of a rate, whether in the numerator. */
export interface CountedTowards extends Knowledge {
  readonly figure: FigureName;
  readonly met?: boolean | undefined;
  /** Department whose figure it is; null for what no department leads; undefined for everybody's. */
  readonly department?: string | null | undefined;
  /** The group whose figure it is; its key is empty for the cases without one. */
  readonly group?: { readonly by: Grouping; readonly key: string } | undefined;
}

/** The field of a fact, or of the case `of` which it is, that each grouping of the figures is made by. */
export const GROUP_FIELDS = {
  DEPARTMENT: 'department',
  CATEGORY: 'category',
  REGION: 'of.region',
  CHANNEL: 'of.channel',
  KIND: 'of.kind',
  ORIGIN: 'of.origin',
  INDUSTRY: 'of.industry',
  MONTH: 'of.month',
  SERVICE_ITEM: 'serviceItem',
} as const satisfies Record<Grouping, string>;

/** The condition of a group on a fact, and the one on its case. */
function groupFilter(group: CountedTowards['group']): Record<'ofFact' | 'ofCase', Record<string, unknown>> {
  if (group === undefined) return { ofFact: {}, ofCase: {} };
  const field = GROUP_FIELDS[group.by];
  const value = group.key === '' ? null : group.key;
  return field.startsWith('of.')
    ? { ofFact: {}, ofCase: { [field.slice('of.'.length)]: value } }
    : { ofFact: { [field]: value }, ofCase: {} };
}

/** The condition on one fact, the same by which figures are counted. */
export function factFilter(counted: Knowledge & Partial<CountedTowards>): Record<string, unknown> {
  const { from, to, knownOn, figure, met, department, group } = counted;
  return {
    on: { $gte: from, $lte: to },
    since: { $lte: knownOn },
    $and: [
      { $or: [{ until: null }, { until: { $gt: knownOn } }] },
      { $or: [{ after: null }, { after: { $lte: lastDayOver(counted) } }] },
    ],
    ...(figure === undefined ? {} : { figure }),
    ...(met === undefined ? {} : { met }),
    ...(department === undefined ? {} : { department }),
    ...groupFilter(group).ofFact,
  };
}

/** A span of time in which a case last changed, by the field of one insight. */
export interface UpdatedWithin {
  readonly field: 'updatedAt' | 'updatedForOffices' | 'updatedForOutside';
  readonly from: string | undefined;
  readonly to: string | undefined;
}

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
  readonly project?: string | undefined;
  /** Number of the matter that it is about. */
  readonly serviceItem?: string | undefined;
  /** Meeting at which it was raised. */
  readonly raisedAt?: string | undefined;
  readonly overdue?: { readonly is: boolean; readonly today: LegalDay } | undefined;
  readonly hasRunningClock?: boolean | undefined;
  readonly escalation?: readonly string[] | undefined;
  /** Open, with a supervision whose day lies before this one. */
  readonly supervisionOverdueOn?: LegalDay | undefined;
  readonly keywords?: readonly string[] | undefined;
  readonly receivedFrom?: LegalDay | undefined;
  readonly receivedTo?: LegalDay | undefined;
  /** Words of title and text, all of them. */
  readonly words?: readonly string[] | undefined;
  /** Beginning of the case number. */
  readonly number?: string | undefined;
  /** When it last changed, as whoever asks learns of it; RFC 3339 in UTC with milliseconds. */
  readonly updated?: UpdatedWithin | undefined;
  /** Hashes of the contact's telephone number, one of them. */
  readonly telephoneHashes?: readonly string[] | undefined;
  /** Only cases whose contact this department reads in clear: that it took in, leads, or checks. */
  readonly contactOf?: string | undefined;
  /** Cases that count towards a figure. */
  readonly counted?: CountedTowards | undefined;
  /** Only cases of this department. */
  readonly department?: string | undefined;
  /** Without those brought anonymously. */
  readonly namedOnly?: boolean | undefined;
}

/** The conditions by which a desk finds one case. */
function searchFilter({ number, updated, contactOf }: CaseConditions): Record<string, unknown> {
  return {
    ...(number === undefined ? {} : { caseNumber: { $gte: number, $lt: `${number}\uffff` } }),
    ...(updated === undefined
      ? {}
      : {
          [updated.field]: {
            ...(updated.from === undefined ? {} : { $gte: updated.from }),
            ...(updated.to === undefined ? {} : { $lte: updated.to }),
          },
        }),
    ...(contactOf === undefined
      ? {}
      : {
          $or: [
            { receivedBy: contactOf },
            { lead: contactOf },
            { checkers: contactOf, 'assignment.assisting': { $ne: contactOf } },
          ],
        }),
  };
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
    project,
    serviceItem,
    raisedAt,
    overdue,
    hasRunningClock,
    escalation,
    keywords,
    receivedFrom,
    receivedTo,
    counted,
    supervisionOverdueOn,
    department,
    namedOnly,
    words,
    telephoneHashes,
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
    ...equal('project', project),
    ...equal('serviceItem.id', serviceItem),
    ...equal('raisedAt', raisedAt),
    ...(overdue === undefined && hasRunningClock === undefined
      ? {}
      : {
          lastDayInTime: {
            ...(overdue === undefined ? {} : overdue.is ? { $lt: overdue.today } : { $not: { $lt: overdue.today } }),
            ...(hasRunningClock === undefined ? {} : hasRunningClock ? { $ne: null } : { $eq: null }),
          },
        }),
    ...oneOf('escalation', escalation),
    ...(supervisionOverdueOn === undefined
      ? {}
      : { isOpen: true, 'supervision.dueOn': { $lt: supervisionOverdueOn }, 'supervision.endedOn': null }),
    ...(keywords === undefined || keywords.length === 0 ? {} : { keywords: { $all: [...keywords] } }),
    ...(receivedFrom === undefined && receivedTo === undefined
      ? {}
      : {
          receivedOn: {
            ...(receivedFrom === undefined ? {} : { $gte: receivedFrom }),
            ...(receivedTo === undefined ? {} : { $lte: receivedTo }),
          },
        }),
    ...(counted === undefined
      ? {}
      : { facts: { $elemMatch: factFilter(counted) }, $and: [groupFilter(counted.group).ofCase] }),
    ...(words === undefined || words.length === 0 ? {} : { words: { $all: [...words] } }),
    ...oneOf('telephoneHashes', telephoneHashes),
    ...searchFilter(conditions),
    ...equal('departments', department),
    ...(namedOnly === true ? { 'complainant.anonymous': false } : {}),
  };
}
