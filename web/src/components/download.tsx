import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { csvText } from '../values/csv.js';

/** Gives what a page shows as a file for a spreadsheet. */
export function DownloadTable({
  name,
  rows,
}: {
  /** Name of the file, without its ending. */
  name: string;
  rows: () => readonly (readonly (string | number)[])[];
}): ReactNode {
  const { t } = useTranslation();
  const download = (): void => {
    const address = URL.createObjectURL(new Blob([csvText(rows())], { type: 'text/csv;charset=utf-8' }));
    const link = Object.assign(document.createElement('a'), { href: address, download: `${name}.csv` });
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <Button className="no-print" onClick={download}>
      {t('page.download')}
    </Button>
  );
}
