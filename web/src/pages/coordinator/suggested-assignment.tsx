import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';

const SuggestedAssignment = graphql(/* GraphQL */ `
  fragment SuggestedAssignment on Case {
    caseNumber
    legalMoves
    suggestion {
      departments {
        count
        department {
          code
          name
        }
      }
    }
  }
`);

/**
 * Whom most cases that are alike were assigned to: one press opens the case with the assignment filled in, where the
 * graph lets it be assigned. Nothing is assigned before the form is given.
 */
export function Suggested({ of }: { of: FragmentType<typeof SuggestedAssignment> }): ReactNode {
  const { t } = useTranslation();
  const { caseNumber, legalMoves, suggestion } = readFragment(SuggestedAssignment, of);
  const [first] = suggestion?.departments ?? [];
  if (first === undefined) return '—';
  const {
    count,
    department: { code, name },
  } = first;
  const words = t('suggestion.counted', { name: name ?? code, count });
  return legalMoves.includes('ASSIGNED') ? (
    <Link
      to={`/cases/${caseNumber}?assign=${code}`}
      aria-label={t('suggestion.begin', { caseNumber, name: name ?? code })}
    >
      {words}
    </Link>
  ) : (
    words
  );
}
