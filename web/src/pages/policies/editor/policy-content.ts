/** A value that a criterion compares with, as the format of policy files has it. */
export type CriterionValue =
  | boolean
  | number
  | string
  | readonly (number | string)[]
  | { readonly count: number; readonly unit: string }
  | readonly ItemCondition[];

/** What one item of a collection must meet, in the format of policy files. */
export interface ItemCondition {
  readonly attribute: string;
  readonly op: string;
  readonly value: CriterionValue;
}

/** The year whose figure counts, from the year for which the benefit is, or one year; absent: the newest known one. */
export type AskedYear = 'PREVIOUS' | 'CURRENT' | number;

/** One comparison of one fact, in the format of policy files. */
export interface TestContent {
  readonly fact: string;
  readonly year?: AskedYear | undefined;
  readonly op: string;
  readonly value: CriterionValue;
  readonly text_zh?: string;
}

export const GROUPS = ['allOf', 'anyOf', 'not', 'atLeast'] as const;
export type GroupKind = (typeof GROUPS)[number];

/** A criterion as the editor holds it: a comparison, or a group of criteria with its words. */
export type CriterionNode =
  | { readonly kind: 'test'; readonly test: TestContent }
  | {
      readonly kind: GroupKind;
      readonly of: readonly CriterionNode[];
      /** How many must be met, in a group of "at least". */
      readonly count: number;
      readonly text?: string | undefined;
    };

/** The content of a policy; the editor changes its criteria and keeps the rest as it came. */
export type PolicyContent = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** Reads a criterion of a policy file into the editor. */
export function nodeOf(content: unknown): CriterionNode {
  const record = isRecord(content) ? content : {};
  const text = typeof record['text_zh'] === 'string' ? record['text_zh'] : undefined;
  if (typeof record['atLeast'] === 'number')
    return { kind: 'atLeast', count: record['atLeast'], of: listOf(record['of']).map(nodeOf), text };
  const kind = (['allOf', 'anyOf', 'not'] as const).find((name) => record[name] !== undefined);
  if (kind !== undefined) return { kind, count: 1, of: listOf(record[kind]).map(nodeOf), text };
  // What the editor does not know stays as it came.
  return { kind: 'test', test: { fact: '', op: 'eq', value: '', ...record } };
}

/** Writes what the editor holds in the format of policy files. */
export function contentOf(node: CriterionNode): unknown {
  if (node.kind === 'test') return node.test;
  const members = node.of.map(contentOf);
  const words = node.text === undefined || node.text === '' ? {} : { text_zh: node.text };
  switch (node.kind) {
    case 'atLeast':
      return { atLeast: node.count, of: members, ...words };
    case 'not':
      return { not: members[0], ...words };
    default:
      return { [node.kind]: members, ...words };
  }
}

/** The criteria of a policy. */
export const criteriaOf = (content: PolicyContent): CriterionNode[] =>
  content['criteria'] === undefined ? [] : listOf(content['criteria']).map(nodeOf);

/** The policy with other criteria. */
export const withCriteria = (content: PolicyContent, criteria: readonly CriterionNode[]): PolicyContent => ({
  ...content,
  criteria: criteria.map(contentOf),
});

const NUMBERS = new Set(['INTEGER', 'NUMBER', 'MONEY']);
const LISTS = new Set(['in', 'nin', 'between', 'containsAny']);
const PERIODS = new Set(['withinLast', 'atLeastAgo']);
/** Whether a comparison takes several values. */
export const isList = (op: string): boolean => LISTS.has(op);
/** Whether a comparison takes a span of time. */
export const isPeriod = (op: string): boolean => PERIODS.has(op);
const PERIOD = /^(\d+)\s*([A-Za-z]+)$/;

/**
 * What somebody typed as a value for a fact of a type: `3 YEARS` for a span, parts between commas for a list, digits as
 * a number where the fact is one. A name such as `$minimumWage` stays a name. What the graph cannot use it refuses.
 */
export function valueTyped(text: string, { op, type }: { op: string; type: string }): CriterionValue {
  const [, count, unit] = PERIOD.exec(text.trim()) ?? [];
  if (PERIODS.has(op) && count !== undefined && unit !== undefined)
    return { count: Number(count), unit: unit.toUpperCase() };
  const one = (part: string): number | string =>
    NUMBERS.has(type) && /^-?\d+(\.\d+)?$/.test(part) ? Number(part) : part;
  if (LISTS.has(op))
    return text
      .split(/[,，]/)
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map(one);
  if (op === 'exists' || type === 'BOOLEAN') return text.trim() !== 'false';
  return one(text.trim());
}

const isCondition = (value: unknown): value is ItemCondition => isRecord(value) && 'attribute' in value;

/** The conditions that one item of a collection must meet; none where the value is another one. */
export const conditionsOf = (value: unknown): readonly ItemCondition[] =>
  Array.isArray(value) ? value.filter(isCondition) : [];

/** A value as one types it; conditions of items have a form of their own. */
export function valueText(value: CriterionValue): string {
  if (Array.isArray(value)) return value.filter((one) => !isCondition(one)).join(', ');
  if (typeof value === 'object') return 'count' in value ? `${String(value.count)} ${value.unit}` : '';
  return String(value);
}
