import { Card } from 'antd';
import type { ReactNode } from 'react';
import { useProblemAt } from '../graph/page-query.js';
import { ProblemAlert } from './problem-alert.js';

/**
 * A part of a page that rests on one place of the answer. Where that place is missing it says why, and the rest of the
 * page stands.
 */
export function Part({
  id,
  title,
  place,
  extra,
  className,
  children,
}: {
  id: string;
  title: string;
  place: readonly (string | number)[];
  extra?: ReactNode;
  /** `no-print` where the part is of no use on paper. */
  className?: string;
  children: ReactNode;
}): ReactNode {
  const problem = useProblemAt(place);
  return (
    <section aria-labelledby={`${id}-title`} data-part={id} className={className}>
      <Card title={<h2 id={`${id}-title`}>{title}</h2>} extra={problem === undefined ? extra : undefined}>
        {problem === undefined ? children : <ProblemAlert problem={problem} />}
      </Card>
    </section>
  );
}
