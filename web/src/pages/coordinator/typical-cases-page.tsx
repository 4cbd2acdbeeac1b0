import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../../app/use-may.js';
import { List } from '../../components/list.js';
import { Part } from '../../components/part.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { ProposeCase, TypicalCaseStep } from './typical-case-forms.js';

const TypicalCases = graphql(/* GraphQL */ `
  query TypicalCases($isOfOffice: Boolean!) {
    typicalCases(first: 50) {
      id
      title
      text
      category
      publishedOn
      department {
        name
      }
      legalMoves @include(if: $isOfOffice)
    }
    typicalCaseProposals(first: 50) @include(if: $isOfOffice) {
      id
      title
      text
      category
      department {
        name
      }
      proposedBy
      case {
        caseNumber
      }
      legalMoves
    }
  }
`);

/** 典型案例: what is published, for everybody; for the coordinator's office what is proposed, and its steps. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const isOfOffice = useMay('typicalCaseProposals');
  const mayPropose = useMay('proposeTypicalCase');
  const words = {
    title: t('typicalCase.words'),
    render: ({ title, text }: { readonly title: string; readonly text: string }) => (
      <>
        <strong>{title}</strong>
        <p>{text}</p>
      </>
    ),
  };
  return (
    <PageQuery query={TypicalCases} variables={{ isOfOffice }}>
      {({ typicalCases, typicalCaseProposals }) => (
        <>
          <h1>{t('menu./typical-cases')}</h1>
          {isOfOffice && (
            <Part id="proposals" title={t('typicalCase.proposals')} place={['typicalCaseProposals']}>
              <List
                rows={typicalCaseProposals ?? []}
                rowKey={({ id }) => id}
                columns={[
                  words,
                  { title: t('column.kind'), render: ({ category }) => t(`enum.CaseCategory.${category}`) },
                  {
                    title: t('typicalCase.named'),
                    render: ({ department }) => department?.name ?? t('typicalCase.notNamed'),
                  },
                  {
                    title: t('column.case'),
                    render: ({ case: of }) =>
                      of == null ? '—' : <Link to={`/cases/${of.caseNumber}`}>{of.caseNumber}</Link>,
                  },
                  { title: t('typicalCase.proposedBy'), render: ({ proposedBy }) => proposedBy ?? '—' },
                  {
                    title: t('column.action'),
                    render: (proposal) =>
                      (proposal.legalMoves ?? []).map((move) => (
                        <TypicalCaseStep key={move} of={proposal} move={move} />
                      )),
                  },
                ]}
              />
            </Part>
          )}
          <Part id="published" title={t('typicalCase.published')} place={['typicalCases']}>
            <List
              rows={typicalCases ?? []}
              rowKey={({ id }) => id}
              columns={[
                { title: t('column.day'), render: ({ publishedOn }) => publishedOn ?? '—' },
                words,
                { title: t('column.kind'), render: ({ category }) => t(`enum.CaseCategory.${category}`) },
                {
                  title: t('typicalCase.named'),
                  render: ({ department }) => department?.name ?? t('typicalCase.notNamed'),
                },
                ...(mayPropose
                  ? [
                      {
                        title: t('column.action'),
                        render: (published: PublishedRow) =>
                          (published.legalMoves ?? []).map((move) => (
                            <TypicalCaseStep key={move} of={published} move={move} />
                          )),
                      },
                    ]
                  : []),
              ]}
            />
          </Part>
          {mayPropose && (
            <Part id="propose" title={t('typicalCase.propose')} place={['typicalCases']}>
              <ProposeCase />
            </Part>
          )}
        </>
      )}
    </PageQuery>
  );
}

/** What of a published one its steps need. */
interface PublishedRow {
  readonly id: string;
  readonly title: string;
  readonly legalMoves?: readonly ('REVIEW' | 'RETRACT')[] | null;
}
