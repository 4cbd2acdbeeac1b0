import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { Alert, Button, Skeleton } from 'antd';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery, type AnyVariables } from 'urql';
import { ProblemAlert } from '../components/problem-alert.js';
import { problemAt, problemsOf, type Problem } from './problems.js';

const Problems = createContext<readonly Problem[]>([]);
const AskAgain = createContext<() => void>(() => undefined);

/**
 * A page's one question to the graph. What came is shown, also beside errors; which parts of the graph are silent is
 * said above it, and each `Part` says it in its place.
 */
export function PageQuery<Data, Variables extends AnyVariables>({
  query,
  variables,
  children,
}: {
  query: TypedDocumentNode<Data, Variables>;
  variables: Variables;
  children: (data: Data) => ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({ query, variables });
  const problems = useMemo(() => problemsOf(error), [error]);
  const silent = [
    ...new Set(
      problems.flatMap(({ code, subgraph }) =>
        code === 'DEPARTMENT_UNAVAILABLE' && subgraph !== undefined ? [subgraph] : [],
      ),
    ),
  ];
  const again = <Button onClick={() => ask()}>{t('page.again')}</Button>;
  if (data == null) {
    const [problem] = problems;
    if (problem === undefined) return <Skeleton active aria-busy aria-label={t('page.loading')} />;
    return <ProblemAlert problem={problem} action={again} />;
  }
  return (
    <Problems.Provider value={problems}>
      {silent.length > 0 && (
        <Alert
          type="warning"
          showIcon
          role="status"
          title={t('page.partial', { silent: silent.join(t('list.separator')) })}
          action={again}
          className="silent"
        />
      )}
      <AskAgain.Provider value={ask}>{children(data)}</AskAgain.Provider>
    </Problems.Provider>
  );
}

/** Asks the page's question again, for who learns that what it shows is no longer so. */
export const useAskAgain = (): (() => void) => useContext(AskAgain);

/** The problem at a place of the page's answer. */
export const useProblemAt = (place: readonly (string | number)[]): Problem | undefined =>
  problemAt(useContext(Problems), place);
