import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';

const CaseSuggestionFragment = graphql(/* GraphQL */ `
  fragment CaseSuggestion on HandlingSuggestion {
    categories {
      category
      count
    }
    departments {
      count
      department {
        code
        name
      }
    }
    similar {
      caseNumber
      title
      status
    }
  }
`);

/** How similar cases were assigned, to begin an assignment from; a proposal, with what it rests on. */
export function CaseSuggestion({
  of,
  onChoose,
}: {
  of: FragmentType<typeof CaseSuggestionFragment>;
  onChoose: (department: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const { categories, departments, similar } = readFragment(CaseSuggestionFragment, of);
  if (similar.length === 0) return <p className="note">{t('suggestion.none')}</p>;
  return (
    <div data-part="suggestion">
      <h3>{t('suggestion.title', { count: similar.length })}</h3>
      <p>
        {t('suggestion.categories')}{' '}
        {categories
          .map(({ category, count }) => t('suggestion.counted', { name: t(`enum.CaseCategory.${category}`), count }))
          .join(t('list.separator'))}
      </p>
      <ul>
        {departments.map(({ department: { code, name }, count }) => (
          <li key={code}>
            {t('suggestion.counted', { name: name ?? code, count })}{' '}
            <Button size="small" className="no-print" onClick={() => onChoose(code)}>
              {t('suggestion.assign', { department: name ?? code })}
            </Button>
          </li>
        ))}
      </ul>
      <p>{t('suggestion.similar')}</p>
      <ul>
        {similar.map(({ caseNumber, title, status }) => (
          <li key={caseNumber}>
            <Link to={`/cases/${caseNumber}`}>{title}</Link>{' '}
            <span className="note">{t(`enum.CaseStatus.${status}`)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
