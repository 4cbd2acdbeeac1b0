import { Button, Space } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

/** Where a page of a connection ends, as the graph says it. */
export interface PageEnd {
  readonly hasNextPage: boolean;
  readonly endCursor?: string | null;
}

/** The cursor after which the address wants a list to begin; null: at its beginning. */
export function useAfter(list: string): string | null {
  const [search] = useSearchParams();
  return search.get(`${list}After`);
}

/** The same of several lists of a page, as the variables of its question: `appealsAfter` of the list `appeals`. */
export function useAfters<Name extends string>(...lists: readonly Name[]): Record<`${Name}After`, string | null> {
  const [search] = useSearchParams();
  const found = lists.map((list) => [`${list}After`, search.get(`${list}After`)] as const);
  return Object.fromEntries(found) as Record<`${Name}After`, string | null>;
}

/** Goes back to the beginning of a list, where another list is asked for under its name. */
export function useBeginning(list: string): () => void {
  const [, setSearch] = useSearchParams();
  return () =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      after.delete(`${list}After`);
      return after;
    });
}

/**
 * The ways from one page of a list to the next and back to the first. The place in the list is in the address: it can
 * be sent to somebody, and the browser's own way back leads to the page before.
 */
export function Paging({ list, pageInfo }: { list: string; pageInfo: PageEnd }): ReactNode {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const name = `${list}After`;
  const { hasNextPage, endCursor } = pageInfo;
  const begin = (cursor: string | null): void =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      if (cursor === null) after.delete(name);
      else after.set(name, cursor);
      return after;
    });
  const isNext = hasNextPage && endCursor != null;
  if (!isNext && !search.has(name)) return null;
  return (
    <Space className="no-print">
      {search.has(name) && <Button onClick={() => begin(null)}>{t('list.first')}</Button>}
      {isNext && <Button onClick={() => begin(endCursor)}>{t('list.next')}</Button>}
    </Space>
  );
}
