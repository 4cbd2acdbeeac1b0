import { createHash } from 'node:crypto';
import {
  SourceRefused,
  type OpenOptions,
  type OpenSource,
  type Position,
  type RecordSource,
  type SourceRecord,
} from '../source-record.js';
import { HttpClient, type HttpAnswer, type HttpBounds, type ResolvedAuthentication } from './http-client.js';
import { textOfCell } from './sql/sql-cells.js';
import { ExactNumber, valueAt, type JsonValue } from './json-values.js';
import { recordOfValue } from './json.js';
import type { HttpSection, Paging } from './source-section.js';
import { lessOverlap } from './watermark.js';

export interface HttpSettings extends Omit<HttpSection, 'kind' | 'authentication'> {
  readonly authentication: ResolvedAuthentication | null;
  readonly watermark?: { readonly column: string; readonly overlap: number };
  /** Milliseconds before the first repeat; for tests. */
  readonly firstDelay?: number;
}

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_PAGES = 1_000_000;
const TIMEOUT_SECONDS = 60;
const RETRIES = 5;

/** Where a page stands: a number, an offset, a cursor, an address; null for the first. */
type Page = string | number | null;

/** Records of a JSON interface, page by page. */
export function httpSource(settings: HttpSettings): RecordSource {
  return {
    async open({ after, since, signal }: OpenOptions): Promise<OpenSource> {
      const bounds: HttpBounds = {
        timeoutSeconds: settings.timeoutSeconds ?? TIMEOUT_SECONDS,
        mostBytes: settings.mostBytes ?? MOST_BYTES,
        retries: settings.retries ?? RETRIES,
        requestsPerSecond: settings.requestsPerSecond ?? null,
        firstDelay: settings.firstDelay,
      };
      const client = new HttpClient(bounds, settings.authentication);
      const pages = pageRecords(client, settings, { after, since: since ?? null }, signal);
      try {
        const first = await pages.next();
        const columns = new Set((first.done === true ? [] : first.value).flatMap(({ cells }) => [...cells.keys()]));
        return {
          header: {
            columns: [...columns],
            notes: [
              `${settings.method ?? 'GET'} ${new URL(settings.url).origin}${new URL(settings.url).pathname}，分页：${settings.paging?.kind ?? '无'}`,
            ],
            digest: null,
          },
          records: withFirst(first, pages),
          [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
        };
      } catch (error) {
        await client[Symbol.asyncDispose]();
        throw error;
      }
    },
  };
}

async function* withFirst(
  first: IteratorResult<readonly SourceRecord[]>,
  rest: AsyncGenerator<readonly SourceRecord[]>,
): AsyncGenerator<readonly SourceRecord[]> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}

async function* pageRecords(
  client: HttpClient,
  settings: HttpSettings,
  { after, since }: { readonly after: Position | null; readonly since: Position | null },
  signal?: AbortSignal,
): AsyncGenerator<readonly SourceRecord[]> {
  const source = new URL(settings.url).origin + new URL(settings.url).pathname;
  const paging = settings.paging ?? { kind: 'none' };
  let page: Page =
    typeof after?.['page'] === 'string' || typeof after?.['page'] === 'number' ? after['page'] : firstPage(paging);
  let skip = typeof after?.['index'] === 'number' ? after['index'] : 0;
  let mark = after?.['mark'] ?? since?.['mark'] ?? null;
  const seen = new Set<string>();
  const asked = new Set<string>();
  const from =
    typeof since?.['mark'] === 'string' && settings.watermark !== undefined
      ? lessOverlap(since['mark'], settings.watermark.overlap)
      : null;
  for (let count = 0; ; count += 1) {
    if (count >= (settings.mostPages ?? MOST_PAGES)) throw new SourceRefused('MANY_PAGES', { source, pages: count });
    const url = addressOf(settings, paging, page, from);
    if (asked.has(url.href)) throw new SourceRefused('PAGING_CIRCLE', { source });
    asked.add(url.href);
    const answer = await client.ask(
      {
        url,
        method: settings.method ?? 'GET',
        headers: {
          ...settings.headers,
          ...(settings.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: settings.body === undefined ? undefined : JSON.stringify(settings.body),
      },
      signal,
    );
    const items = itemsOf(answer, settings, source);
    const print = createHash('sha256').update(answer.text).digest('base64');
    if (items.length > 0 && seen.has(print))
      throw new SourceRefused('SAME_PAGE', { source, by: 'parameter' in paging ? paging.parameter : null });
    seen.add(print);
    const records: SourceRecord[] = [];
    for (const [at, item] of items.entries()) {
      const read = recordOfValue(item);
      const stamp = settings.watermark === undefined ? null : textOfCell(read.cells.get(settings.watermark.column));
      if (stamp !== null && isLater(stamp, mark)) mark = stamp;
      if (at < skip) continue;
      records.push({
        place: { source, key: `${page === null ? '' : `${String(page)}#`}${String(at + 1)}` },
        position: { page, index: at + 1, mark },
        ...read,
      });
    }
    skip = 0;
    if (records.length > 0 || count === 0) yield records;
    page = nextPage(paging, page, items.length, answer, settings, source);
    if (page === null) return;
  }
}

/** Numbers grow by value, stamps of one form as texts. */
function isLater(stamp: string, mark: string | number | boolean | null): boolean {
  if (typeof mark !== 'string') return true;
  return /^\d+$/.test(stamp) && /^\d+$/.test(mark) ? BigInt(stamp) > BigInt(mark) : stamp > mark;
}

const firstPage = (paging: Paging): Page =>
  paging.kind === 'page' ? (paging.first ?? 1) : paging.kind === 'offset' ? 0 : null;

function addressOf(settings: HttpSettings, paging: Paging, page: Page, since: string | null): URL {
  if (paging.kind === 'link' && page !== null) return new URL(String(page));
  const url = new URL(settings.url);
  for (const [name, value] of Object.entries(settings.query ?? {})) url.searchParams.set(name, String(value));
  if (since !== null && settings.sinceParameter !== undefined) url.searchParams.set(settings.sinceParameter, since);
  if ('sizeParameter' in paging && paging.sizeParameter !== undefined && paging.size !== undefined)
    url.searchParams.set(paging.sizeParameter, String(paging.size));
  if ('parameter' in paging && page !== null) url.searchParams.set(paging.parameter, String(page));
  return url;
}

function itemsOf({ body }: HttpAnswer, { records }: HttpSettings, source: string): readonly JsonValue[] {
  if (body === null) return [];
  const items = valueAt(body, records ?? '');
  if (Array.isArray(items)) return items as readonly JsonValue[];
  if (items === null) return [];
  throw new SourceRefused('NO_LIST', { source, at: records ?? null });
}

/** The page after one, or null after the last. */
function nextPage(
  paging: Paging,
  page: Page,
  count: number,
  answer: HttpAnswer,
  settings: HttpSettings,
  source: string,
): Page {
  switch (paging.kind) {
    case 'none':
      return null;
    case 'page':
      return count === 0 || (paging.size !== undefined && count < paging.size) ? null : Number(page) + 1;
    case 'offset':
      return count < paging.size ? null : Number(page) + count;
    case 'cursor': {
      const next = valueAt(answer.body, paging.next);
      const text = next instanceof ExactNumber ? next.text : next;
      return typeof text === 'string' && text !== '' ? text : null;
    }
    case 'link': {
      const stated = paging.next === undefined ? linkOf(answer.link) : valueAt(answer.body, paging.next);
      if (typeof stated !== 'string' || stated === '') return null;
      const current = page === null ? settings.url : String(page);
      const url = new URL(stated, current);
      const allowed = [new URL(settings.url).origin, ...(paging.otherOrigins ?? [])];
      if (!allowed.includes(url.origin)) throw new SourceRefused('OTHER_ORIGIN', { source, origin: url.origin });
      return url.href;
    }
  }
}

/** The address of the next page in a Link header (RFC 8288). */
function linkOf(header: string | undefined): string | null {
  for (const part of header?.split(/,\s*(?=<)/) ?? []) {
    const match = /^<([^>]*)>(.*)$/.exec(part.trim());
    if (match !== null && /;\s*rel\s*=\s*"?(?:[^"]*\s)?next(?:\s[^"]*)?"?/i.test(match[2] ?? ''))
      return match[1] ?? null;
  }
  return null;
}
