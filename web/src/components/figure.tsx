import { Card, Statistic } from 'antd';
import type { ReactNode } from 'react';
import { Link, type To } from 'react-router';
import { percentText, type RateValue } from '../values/ratio.js';

/** One figure with its name. */
export function Figure({
  title,
  value,
  note,
  to,
}: {
  title: string;
  value: string;
  note?: ReactNode;
  /** Where the list behind it is. */
  to?: To;
}): ReactNode {
  return (
    <Card>
      <Statistic
        title={title}
        value={value}
        formatter={(shown) => (to === undefined ? shown : <Link to={to}>{shown}</Link>)}
      />
      {note !== undefined && <div className="note">{note}</div>}
    </Card>
  );
}

/** A rate, always with what it was made of; a dash where nothing is counted or nothing may be told. */
export function RateFigure({
  title,
  value,
  to,
}: {
  title: string;
  value: RateValue | null | undefined;
  to?: To;
}): ReactNode {
  return (
    <Figure
      title={title}
      value={value?.rate == null ? '—' : percentText(value.rate)}
      note={value == null ? '—' : `${value.numerator} / ${value.denominator}`}
      {...(to === undefined ? {} : { to })}
    />
  );
}
