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

/** Where the lists behind both parts of a rate are: of what it counts, or of all of which that is a part. */
export type RateLists = (part: 'numerator' | 'denominator') => To;

/** What a rate is made of, each part with the list behind it where there is one. */
export function RateParts({
  value,
  lists,
}: {
  value: Pick<RateValue, 'numerator' | 'denominator'> | null | undefined;
  lists?: RateLists | undefined;
}): ReactNode {
  if (value == null) return '—';
  if (lists === undefined) return `${value.numerator} / ${value.denominator}`;
  return (
    <>
      <Link to={lists('numerator')}>{value.numerator}</Link> /{' '}
      <Link to={lists('denominator')}>{value.denominator}</Link>
    </>
  );
}

/** A rate, always with what it was made of; a dash where nothing is counted or nothing may be told. */
export function RateFigure({
  title,
  value,
  to,
  lists,
}: {
  title: string;
  value: RateValue | null | undefined;
  to?: To;
  lists?: RateLists | undefined;
}): ReactNode {
  return (
    <Figure
      title={title}
      value={value?.rate == null ? '—' : percentText(value.rate)}
      note={<RateParts value={value} lists={lists} />}
      {...(to === undefined ? {} : { to })}
    />
  );
}
