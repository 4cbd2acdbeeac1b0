import { Descriptions } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.js';
import { useAfters } from '../../components/paging.js';
import { Part } from '../../components/part.js';
import { graphql } from '../../generated/index.js';
import { PageQuery, useProblemAt } from '../../graph/page-query.js';
import { momentText } from '../../values/days.js';
import { DeadLetters } from './dead-letters.js';
import { SUBGRAPHS } from './subgraphs.js';

const Operations = graphql(/* GraphQL */ `
  query Operations(
    $withLedger: Boolean!
    $withLetters: Boolean!
    $enterprisesAfter: String
    $casesAfter: String
    $policiesAfter: String
    $creditAfter: String
  ) {
    enterprises: enterpriseDeadLetters(first: 20, after: $enterprisesAfter) @include(if: $withLetters) {
      ...DeadLetters
    }
    cases: caseDeadLetters(first: 20, after: $casesAfter) @include(if: $withLetters) {
      ...DeadLetters
    }
    policies: policyDeadLetters(first: 20, after: $policiesAfter) @include(if: $withLetters) {
      ...DeadLetters
    }
    credit: creditDeadLetters(first: 20, after: $creditAfter) @include(if: $withLetters) {
      ...DeadLetters
    }
    ledgerVerification @include(if: $withLedger) {
      on
      at
      commitments
      entries
      records
      seals
      findingCount
      findings
    }
    cityDivisions {
      code
    }
    clearingNotices(first: 1) {
      id
    }
    ledgerSeals(first: 1) {
      no
    }
    matchingState {
      enterprises
      factsReadAt
      lagSeconds
      waiting
      latestRun {
        status
        total
        done
        newlyEligible
        noLongerEligible
        startedAt
        finishedAt
      }
    }
  }
`);

/** Something cheap that each department answers to everybody: whether it comes says whether the department is there. */
const HEALTH = [
  ['enterprises', 'cityDivisions'],
  ['cases', 'clearingNotices'],
  ['policies', 'matchingState'],
  ['credit', 'ledgerSeals'],
] as const;

/** What an engineer learns of the running graph by the graph itself. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { session } = useSession();
  const after = useAfters(...SUBGRAPHS);
  const withLedger = session?.role === 'AUDITOR';
  const withLetters = session?.role === 'ADMIN';
  return (
    <PageQuery query={Operations} variables={{ withLedger, withLetters, ...after }}>
      {({ matchingState: state, ledgerVerification: verified, ...letters }) => (
        <>
          <h1>{t('menu./operations')}</h1>
          <Part id="health" title={t('operations.health')} place={[]}>
            <ul>
              {HEALTH.map(([department, place]) => (
                <Health key={department} department={department} place={place} />
              ))}
            </ul>
          </Part>
          <Part id="matching" title={t('operations.matching')} place={['matchingState']}>
            {state != null && (
              <Descriptions
                size="small"
                column={{ xs: 1, sm: 2 }}
                items={[
                  [t('column.enterprises'), state.enterprises],
                  [t('operations.factsReadAt'), state.factsReadAt == null ? '—' : momentText(state.factsReadAt)],
                  [t('operations.lag'), state.lagSeconds ?? '—'],
                  [t('operations.waiting'), state.waiting],
                  [t('operations.run'), state.latestRun == null ? '—' : <MatchingRun key="run" of={state.latestRun} />],
                ].map(([label, children], at) => ({ key: at, label, children }))}
              />
            )}
          </Part>
          {withLetters &&
            SUBGRAPHS.map((subgraph) => {
              const given = letters[subgraph];
              return (
                <Part
                  key={subgraph}
                  id={`letters-${subgraph}`}
                  title={t('letters.of', { department: t(`connectors.${subgraph}`) })}
                  place={[subgraph]}
                >
                  {given != null && <DeadLetters subgraph={subgraph} of={given} />}
                </Part>
              );
            })}
          {withLedger && (
            <Part id="verification" title={t('operations.verification')} place={['ledgerVerification']}>
              {verified == null ? (
                <p>{t('operations.notVerified')}</p>
              ) : (
                <>
                  <p className={verified.findingCount > 0 ? 'late' : undefined}>
                    {t('operations.verified', { ...verified, at: momentText(verified.at) })}
                  </p>
                  <ul>
                    {verified.findings.map((finding) => (
                      <li key={finding}>{finding}</li>
                    ))}
                  </ul>
                </>
              )}
            </Part>
          )}
        </>
      )}
    </PageQuery>
  );
}

function Health({ department, place }: { department: string; place: string }): ReactNode {
  const { t } = useTranslation();
  const problem = useProblemAt([place]);
  return (
    <li data-health={department} className={problem === undefined ? undefined : 'late'}>
      {t(`connectors.${department}`)}: {t(problem === undefined ? 'operations.answers' : 'operations.silent')}
      {problem !== undefined && ` (${problem.code})`}
    </li>
  );
}

/** A matching run with how far it is. */
function MatchingRun({
  of: { startedAt, done, total },
}: {
  of: { readonly startedAt: string; readonly done: number; readonly total: number };
}): ReactNode {
  const words = `${momentText(startedAt)} ${String(done)} / ${String(total)}`;
  return (
    <>
      {words} <progress value={done} max={total} aria-label={words} />
    </>
  );
}
