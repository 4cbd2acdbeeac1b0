import { Checkbox } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../../app/use-may.js';
import { List } from '../../components/list.js';
import { Part } from '../../components/part.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { dayInShanghai, firstOfYear } from '../../values/days.js';
import { AcknowledgeBriefing, SubmitBriefing, type Issue } from './briefing-forms.js';

const Briefings = graphql(/* GraphQL */ `
  query Briefings($from: Date!, $to: Date!) {
    briefings(first: 50) {
      id
      version
      addressees
      title
      text
      submittedOn
      cases {
        caseNumber
      }
      issues {
        category
        keywords
        caseCount
      }
      acknowledgements {
        leader
        acknowledgedOn
        instruction
        document
      }
      awaited
      legalMoves
    }
    commonIssues(from: $from, to: $to, first: 20) {
      category
      words
      count
      enterprises
    }
  }
`);

/** 专报: briefings to secretary and mayor, who has acknowledged them and what was instructed; and a new one. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const today = dayInShanghai();
  const mayWrite = useMay('submitBriefing');
  const [chosen, setChosen] = useState<readonly Issue[]>([]);
  return (
    <PageQuery query={Briefings} variables={{ from: firstOfYear(today), to: today }}>
      {({ briefings, commonIssues }) => (
        <>
          <h1>{t('menu./briefings')}</h1>
          <Part id="briefings" title={t('briefing.list')} place={['briefings']}>
            <List
              rows={briefings ?? []}
              rowKey={({ id }) => id}
              columns={[
                {
                  title: t('column.day'),
                  render: ({ submittedOn, addressees }) => (
                    <>
                      {submittedOn}
                      <br />
                      {addressees.map((leader) => t(`enum.BriefedLeader.${leader}`)).join(t('list.separator'))}
                    </>
                  ),
                },
                {
                  title: t('typicalCase.words'),
                  render: ({ title, text }) => (
                    <>
                      <strong>{title}</strong>
                      <p>{text}</p>
                    </>
                  ),
                },
                {
                  title: t('briefing.restsOn'),
                  render: ({ cases, issues }) => (
                    <ul>
                      {issues.map(({ category, keywords, caseCount }) => (
                        <li key={category + keywords.join()}>
                          {t(`enum.CaseCategory.${category}`)}: {keywords.join(t('list.separator'))} ({caseCount})
                        </li>
                      ))}
                      {cases.map(({ caseNumber }) => (
                        <li key={caseNumber}>
                          <Link to={`/cases/${caseNumber}`}>{caseNumber}</Link>
                        </li>
                      ))}
                    </ul>
                  ),
                },
                {
                  title: t('briefing.acknowledgements'),
                  render: ({ acknowledgements, awaited }) => (
                    <ul>
                      {acknowledgements.map(({ leader, acknowledgedOn, instruction, document }) => (
                        <li key={leader}>
                          {t(`enum.BriefedLeader.${leader}`)} {acknowledgedOn} {instruction} {document}
                        </li>
                      ))}
                      {awaited.map((leader) => (
                        <li key={leader}>
                          {t(`enum.BriefedLeader.${leader}`)} <strong>{t('briefing.awaited')}</strong>
                        </li>
                      ))}
                    </ul>
                  ),
                },
                ...(mayWrite
                  ? [
                      {
                        title: t('column.action'),
                        render: (briefing: Acknowledged) =>
                          briefing.legalMoves.map((move) => <AcknowledgeBriefing key={move} of={briefing} />),
                      },
                    ]
                  : []),
              ]}
            />
          </Part>
          {mayWrite && (
            <Part id="submit" title={t('briefing.submit')} place={['commonIssues']}>
              <fieldset>
                <legend>{t('briefing.issues')}</legend>
                {(commonIssues ?? []).map(({ category, words, count, enterprises }) => {
                  const issue = { category, keywords: words };
                  const isChosen = chosen.some((one) => isSame(one, issue));
                  return (
                    <div key={category + words.join()}>
                      <Checkbox
                        checked={isChosen}
                        onChange={() =>
                          setChosen(isChosen ? chosen.filter((one) => !isSame(one, issue)) : [...chosen, issue])
                        }
                      >
                        {t(`enum.CaseCategory.${category}`)}: {words.join(t('list.separator'))} (
                        {t('briefing.counted', { count, enterprises })})
                      </Checkbox>
                    </div>
                  );
                })}
              </fieldset>
              <SubmitBriefing issues={chosen} onDone={() => setChosen([])} />
            </Part>
          )}
        </>
      )}
    </PageQuery>
  );
}

/** What of a briefing its acknowledgement needs. */
type Acknowledged = Parameters<typeof AcknowledgeBriefing>[0]['of'] & { readonly legalMoves: readonly 'ACKNOWLEDGE'[] };

const isSame = (one: Issue, other: Issue): boolean =>
  one.category === other.category && one.keywords.join() === other.keywords.join();
