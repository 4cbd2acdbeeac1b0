import type { FeedEntry } from '@zhitong/kit/feed';
import { isLegalDay, startOfDayInShanghai } from '@zhitong/values';
import { z } from 'zod';

/** Entries' names begin with it (tag URI, RFC 4151); it never changes, or every reader sees every entry anew. */
const AUTHORITY = 'tag:zhitong.example,2026:disclosure';

const department = z.object({ name: z.string().nullable() }).nullish();
const day = z.string().refine(isLegalDay);
const nodes = z.object({ nodes: z.array(z.unknown()).nullish() });

/** What one kind of publication says of itself; `at` null: it is not published. */
interface Told {
  readonly key: string;
  readonly title: string;
  readonly at: Date | null;
  readonly by?: string | null;
  readonly text?: string;
  readonly page?: string;
}
interface Kind {
  readonly term: string;
  readonly label: string;
  /** The fields of the operation in which it is answered. */
  readonly fields: readonly string[];
  /** Undefined for what is not of the form that was asked for. */
  readonly read: (row: unknown) => Told | undefined;
}

function kind<Row>(
  { term, label, fields = [term] }: { term: string; label: string; fields?: readonly string[] },
  row: z.ZodType<Row>,
  tell: (row: Row) => Told,
): Kind {
  return {
    term,
    label,
    fields,
    read: (value) => {
      const { success, data } = row.safeParse(value);
      return success ? tell(data) : undefined;
    },
  };
}

const since = (on: string | null): Date | null => (on === null ? null : startOfDayInShanghai(on));

const KINDS: readonly Kind[] = [
  kind(
    { term: 'publishedPolicies', label: '政策与解读' },
    z.object({
      id: z.string(),
      version: z.int(),
      title: z.string(),
      issuerName: z.string(),
      interpretation: z.string(),
      publishedAt: z.iso.datetime({ offset: true }).nullable(),
    }),
    ({ id, version, title, issuerName, interpretation, publishedAt }) => ({
      key: `${encodeURIComponent(id)}/${version}`,
      title,
      at: publishedAt === null ? null : new Date(publishedAt),
      by: issuerName,
      text: interpretation,
      page: `/policies/${encodeURIComponent(id)}`,
    }),
  ),
  kind(
    { term: 'typicalCases', label: '典型案例' },
    z.object({ id: z.string(), title: z.string(), text: z.string(), publishedOn: day.nullable(), department }),
    ({ id, title, text, publishedOn, department: by }) => ({
      key: encodeURIComponent(id),
      title,
      at: since(publishedOn),
      by: by?.name,
      text,
    }),
  ),
  kind(
    { term: 'clearingNotices', label: '澄清通报' },
    z.object({ id: z.string(), text: z.string(), issuedOn: day, department }),
    ({ id, text, issuedOn, department: by }) => ({
      key: encodeURIComponent(id),
      title: `澄清通报：${by?.name ?? id}`,
      at: since(issuedOn),
      by: by?.name,
      text,
    }),
  ),
  // Readers keep what a feed told beyond the days on which everybody sees the penalty: no enterprise is named.
  kind(
    { term: 'penalties', label: '行政处罚公示' },
    z.object({
      id: z.string(),
      decisionNumber: z.string(),
      reason: z.string(),
      publicFrom: day.nullable(),
      department,
    }),
    ({ id, decisionNumber, reason, publicFrom, department: by }) => ({
      key: encodeURIComponent(id),
      title: `行政处罚决定：${decisionNumber}`,
      at: since(publicFrom),
      by: by?.name,
      text: reason,
    }),
  ),
  // The same of a notice, which is for everybody to see until its last day.
  kind(
    { term: 'publicNotices', label: '惠企兑现公示' },
    z.object({
      grant: z.string(),
      policy: z.object({ id: z.string(), title: z.string(), issuerName: z.string() }).nullish(),
      from: day.nullable(),
      until: day,
    }),
    ({ grant, policy, from, until }) => ({
      key: encodeURIComponent(grant),
      title: `兑现公示：${policy?.title ?? grant}`,
      at: since(from),
      by: policy?.issuerName ?? null,
      text: `公示编号 ${grant}，公示至 ${until}，期间可提出异议`,
      ...(policy === null || policy === undefined ? {} : { page: `/policies/${encodeURIComponent(policy.id)}` }),
    }),
  ),
  kind(
    { term: 'majorProjects', label: '重大项目信息公开' },
    z.object({ id: z.string(), name: z.string(), signedOn: day, region: z.object({ name: z.string() }).nullish() }),
    ({ id, name, signedOn, region }) => ({
      key: encodeURIComponent(id),
      title: name,
      at: since(signedOn),
      text: region === null || region === undefined ? `签约 ${signedOn}` : `${region.name}，签约 ${signedOn}`,
    }),
  ),
  kind(
    { term: 'appraisals', label: '企业库评议结果' },
    z.object({ id: z.string(), title: z.string(), publishedOn: day.nullable() }),
    ({ id, title, publishedOn }) => ({ key: encodeURIComponent(id), title, at: since(publishedOn) }),
  ),
  kind(
    { term: 'arrearsDisclosure', label: '拖欠中小企业账款年度披露', fields: ['arrears1', 'arrears2'] },
    z.object({
      year: z.int(),
      publishedOn: day.nullable(),
      contractCount: z.int(),
      amount: z.object({ amount: z.string() }),
    }),
    ({ year, publishedOn, contractCount, amount }) => ({
      key: String(year),
      title: `${year}年度拖欠中小企业账款披露`,
      at: since(publishedOn),
      text: `逾期未付合同 ${contractCount} 份，金额 ${amount.amount} 元`,
    }),
  ),
  kind(
    { term: 'departmentRanking', label: '部门考核排名', fields: ['ranking1', 'ranking2', 'ranking3'] },
    z.object({
      from: day,
      publishedOn: day.nullable(),
      awaitedMonths: z.array(z.string()),
      departments: z.array(
        z.object({ rank: z.int().nullable(), score: z.string().nullable(), holdsFlag: z.boolean(), department }),
      ),
    }),
    ({ from, publishedOn, awaitedMonths, departments }) => {
      const ranked = departments.filter(({ rank }) => rank !== null);
      return {
        key: from.slice(0, 7),
        title: `${from.slice(0, 7)} 部门考核排名`,
        at: awaitedMonths.length > 0 || ranked.length === 0 ? null : since(publishedOn),
        text: ranked
          .map(({ rank, score, holdsFlag, department: who }) =>
            [`${rank}.`, who?.name ?? '', score ?? '', ...(holdsFlag ? ['流动红旗'] : [])].join(' '),
          )
          .join('\n'),
      };
    },
  ),
];

/** Controls, and what turns the direction of the text around it (UAX 9). */
const UNSHOWN = /(?!\n)[\p{Cc}\p{Cs}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
const shown = (text: string): string => text.replaceAll(UNSHOWN, '');
const onOneLine = (text: string): string => shown(text.replaceAll(/\s+/g, ' ')).trim();

/** What is published of one answer to the operation `Disclosure`. */
export interface PublishedEntries {
  /** In no order; `link` is an address of the pages without the origin. */
  readonly entries: readonly FeedEntry[];
  /** Kinds of which a row was not of the form that was asked for; the others are there. */
  readonly unreadable: readonly string[];
}

/** What the graph answered as entries; what is null there, or not published, is none. */
export function publishedEntries(data: Readonly<Record<string, unknown>>): PublishedEntries {
  const unreadable = new Set<string>();
  const entries = KINDS.flatMap(({ term, label, fields, read }) =>
    fields
      .flatMap((field) => rowsOf(data[field]))
      .flatMap((row): FeedEntry[] => {
        const told = read(row);
        if (told === undefined) unreadable.add(term);
        if (told === undefined || told.at === null) return [];
        const { key, title, at, by, text, page } = told;
        return [
          {
            id: `${AUTHORITY}/${term}/${key}`,
            title: onOneLine(title),
            updated: at,
            published: at,
            category: { term, label },
            ...(by === null || by === undefined || by === '' ? {} : { author: onOneLine(by) }),
            ...(text === undefined || text === '' ? {} : { content: shown(text) }),
            ...(page === undefined ? {} : { link: page }),
          },
        ];
      }),
  );
  return { entries, unreadable: [...unreadable] };
}

/** A list, a page of a list, or one thing. */
function rowsOf(value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value;
  const page = nodes.safeParse(value);
  return page.success && 'nodes' in page.data ? (page.data.nodes ?? []) : [value];
}
