import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { Button } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { problemsOf, type Problem } from '../graph/problems.js';
import { csvText } from '../values/csv.js';
import { saveFile } from './files/save-file.js';
import type { PageEnd } from './paging.js';
import { ProblemAlert } from './problem-alert.js';

type Row = readonly (string | number)[];

const save = (name: string, rows: readonly Row[]): void =>
  saveFile(`${name}.csv`, new Blob([csvText(rows)], { type: 'text/csv;charset=utf-8' }));

/** Gives what a page shows as a file for a spreadsheet. */
export function DownloadTable({
  name,
  rows,
}: {
  /** Name of the file, without its ending. */
  name: string;
  rows: () => readonly Row[];
}): ReactNode {
  const { t } = useTranslation();
  return (
    <Button className="no-print" onClick={() => save(name, rows())}>
      {t('page.download')}
    </Button>
  );
}

/** Rows of one file: more are a matter for the command line, and the page says so. */
const MOST_ROWS = 5_000;
const PAGE = 200;

/** A page of a list as the graph gives it. */
interface ListPage<Node> {
  readonly totalCount: number;
  readonly nodes: readonly Node[];
  readonly pageInfo: PageEnd;
}

/**
 * Gives a whole list as a file: its pages are asked for one after the other, with how far it is, up to a bound that the
 * reader is told. A list that could not be read to its end gives no file.
 */
export function DownloadList<Data, Node>({
  name,
  query,
  variables,
  total,
  pageOf,
  head,
  row,
}: {
  /** Name of the file, without its ending. */
  name: string;
  /** Takes `first` and `after` beside the variables. */
  query: TypedDocumentNode<Data, never>;
  variables: Readonly<Record<string, unknown>>;
  total: number;
  pageOf: (data: Data) => ListPage<Node> | null | undefined;
  head: Row;
  row: (node: Node) => Row;
}): ReactNode {
  const { t } = useTranslation();
  const client = useClient();
  const isAtWork = useRef(false);
  const [read, setRead] = useState<number | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  const [saved, setSaved] = useState<number | undefined>();
  const most = Math.min(total, MOST_ROWS);
  const download = async (): Promise<void> => {
    if (isAtWork.current) return;
    isAtWork.current = true;
    setProblem(undefined);
    setSaved(undefined);
    setRead(0);
    try {
      const rows: Row[] = [];
      for (let after: string | null | undefined = null; after !== undefined && rows.length < MOST_ROWS;) {
        const asked: Readonly<Record<string, unknown>> = { ...variables, first: PAGE, after };
        const { data, error } = await client.query<Data>(query, asked, { requestPolicy: 'network-only' }).toPromise();
        const [complaint] = problemsOf(error);
        const page = data === undefined ? undefined : pageOf(data);
        if (complaint !== undefined || page == null) {
          setProblem(complaint);
          return;
        }
        rows.push(...page.nodes.map(row));
        setRead(rows.length);
        after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? undefined) : undefined;
      }
      const kept = rows.slice(0, MOST_ROWS);
      save(name, [head, ...kept]);
      setSaved(kept.length);
    } finally {
      isAtWork.current = false;
      setRead(undefined);
    }
  };
  const words = read === undefined ? '' : t('download.read', { read, most });
  return (
    <div className="no-print">
      <Button onClick={() => void download()} loading={read !== undefined}>
        {t('download.all', { count: most })}
      </Button>
      {total > MOST_ROWS && <p className="note">{t('download.bound', { most: MOST_ROWS, total })}</p>}
      {read !== undefined && (
        <p>
          <progress value={read} max={most} aria-label={words} /> {words}
        </p>
      )}
      {problem !== undefined && <ProblemAlert problem={problem} />}
      <p role="status" className="note">
        {saved !== undefined && t('download.saved', { count: saved })}
      </p>
    </div>
  );
}
