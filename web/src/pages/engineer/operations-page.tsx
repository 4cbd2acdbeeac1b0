import { Descriptions } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.js';
import { Part } from '../../components/part.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { momentText } from '../../values/days.js';

const Operations = graphql(/* GraphQL */ `
  query Operations($withLedger: Boolean!) {
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

/** What an engineer learns of the running graph by the graph itself. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { session } = useSession();
  const withLedger = session?.role === 'AUDITOR';
  return (
    <PageQuery query={Operations} variables={{ withLedger }}>
      {({ matchingState: state, ledgerVerification: verified }) => (
        <>
          <h1>{t('menu./operations')}</h1>
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
                  [
                    t('operations.run'),
                    state.latestRun == null
                      ? '—'
                      : `${momentText(state.latestRun.startedAt)} ${state.latestRun.done} / ${state.latestRun.total}`,
                  ],
                ].map(([label, children], at) => ({ key: at, label, children }))}
              />
            )}
          </Part>
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
