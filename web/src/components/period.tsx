import { Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

/** A day of the address, such as `?from=2026-01-01`; an empty one counts as not given. */
export function useDay(name: string, otherwise: string): [day: string, choose: (day: string) => void] {
  const [search, setSearch] = useSearchParams();
  const choose = (day: string): void =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      if (day === '') after.delete(name);
      else after.set(name, day);
      return after;
    });
  return [search.get(name) ?? otherwise, choose];
}

/** A day that the reader chooses and the address keeps. */
export function DayChoice({
  name,
  day,
  choose,
}: {
  name: string;
  day: string;
  choose: (day: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <label className="no-print">
      {t(`day.${name}`)}{' '}
      <Input type="date" value={day} onChange={({ target }) => choose(target.value)} style={{ width: 'auto' }} />
    </label>
  );
}
