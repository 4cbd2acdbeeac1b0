import { Empty } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A column of a list: its title, and either a field that is shown as it is, or how the row is shown. */
export interface Column<Row> {
  readonly title: string;
  readonly dataIndex?: keyof Row;
  readonly render?: (row: Row) => ReactNode;
  readonly align?: 'right';
}

/**
 * A list of records, one a line; on a telephone it is moved sideways within itself. A table of the browser's own: that
 * of the component library brings trees, menus and paging, a fifth of what the first page may weigh.
 */
export function List<Row extends object>({
  rows,
  rowKey,
  columns,
  total,
}: {
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  columns: readonly Column<Row>[];
  /** How many there are in all, when not all are shown. */
  total?: number;
}): ReactNode {
  const { t } = useTranslation();
  if (rows.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('list.empty')} />;
  return (
    <>
      <div
        className="list"
        tabIndex={0}
        role="group"
        aria-label={columns.map(({ title }) => title).join(t('list.separator'))}
      >
        <table>
          <thead>
            <tr>
              {columns.map(({ title, align }) => (
                <th key={title} scope="col" className={align}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={rowKey(row)}>
                {columns.map(({ title, align, dataIndex, render }) => (
                  <td key={title} className={align}>
                    {render === undefined ? cell(dataIndex === undefined ? undefined : row[dataIndex]) : render(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {total !== undefined && total > rows.length && (
        <p className="note">{t('list.shown', { shown: rows.length, total })}</p>
      )}
    </>
  );
}

const cell = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '—');
