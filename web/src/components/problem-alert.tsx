import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsOf, type Problem } from '../graph/problems.js';

/** A problem in the reader's language: by its code, with the graph's own words below. */
export function ProblemAlert({ problem, action }: { problem: Problem; action?: ReactNode }): ReactNode {
  const { t, i18n } = useTranslation();
  const { code, subgraph, reference } = problem;
  return (
    <Alert
      type={code === 'DEPARTMENT_UNAVAILABLE' ? 'warning' : 'error'}
      showIcon
      role="alert"
      title={t(`problem.${code}`, { subgraph: subgraph ?? '', reference: reference ?? '', defaultValue: code })}
      description={
        code === 'INTERNAL' || code === 'DEPARTMENT_UNAVAILABLE' ? undefined : wordsOf(problem, i18n.language)
      }
      action={action}
      className={`problem problem-${code}`}
    />
  );
}
