import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useSession } from '../../app/session.js';
import { Part } from '../../components/part.js';
import type { CaseMove } from '../../generated/graphql.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { CaseHead } from './case-head.js';
import { CaseClocks } from './case-clocks.js';
import { CaseHistory } from './case-history.js';
import { CaseMoves } from './case-moves.js';

const CaseQuery = graphql(/* GraphQL */ `
  query CasePage(
    $caseNumber: ID!
    $withDepartments: Boolean!
    $withReferrals: Boolean!
    $withInternalNotes: Boolean!
    $withSuggestion: Boolean!
  ) {
    case(caseNumber: $caseNumber) {
      caseNumber
      title
      ...CaseHead
      ...CaseClocks
      ...CaseHistory
      ...CaseMoves
    }
    departments @include(if: $withDepartments) {
      code
      name
    }
  }
`);

/** One case: what it is about, its clocks, what was done, and what its reader may do with it now. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { caseNumber = '' } = useParams();
  const role = useSession().session?.role;
  const [done, setDone] = useState<{ readonly of: string; readonly move: CaseMove } | undefined>();
  const withReferrals = role === 'COORDINATOR' || role === 'AUDITOR';
  return (
    <PageQuery
      query={CaseQuery}
      variables={{
        caseNumber,
        withDepartments: role !== 'ENTERPRISE',
        withReferrals,
        withInternalNotes: withReferrals || role === 'OFFICER',
        withSuggestion: role === 'COORDINATOR',
      }}
    >
      {({ case: shown, departments }) => (
        <>
          <h1>{shown?.title ?? caseNumber}</h1>
          {/* Whoever gives a case away may not see it any more, and is told all the same that it is done. */}
          <p role="status" className="note">
            {done?.of === caseNumber && t('case.done', { move: t(`enum.CaseMove.${done.move}`) })}
          </p>
          <Part
            id="case"
            title={t('case.about', { caseNumber })}
            place={['case']}
            extra={
              <Button className="no-print" onClick={() => print()}>
                {t('page.print')}
              </Button>
            }
          >
            {shown == null ? t('case.none') : <CaseHead of={shown} />}
          </Part>
          {shown != null && (
            <>
              <Part id="moves" title={t('case.moves')} place={['case', 'legalMoves']} className="no-print">
                <CaseMoves
                  of={shown}
                  departments={departments ?? []}
                  onDone={(move) => setDone(move && { of: caseNumber, move })}
                />
              </Part>
              <Part id="clocks" title={t('case.clocks')} place={['case', 'clocks']}>
                <CaseClocks of={shown} />
              </Part>
              <Part id="history" title={t('case.history')} place={['case', 'history']}>
                <CaseHistory of={shown} />
              </Part>
            </>
          )}
        </>
      )}
    </PageQuery>
  );
}
