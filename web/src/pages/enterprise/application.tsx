import { Alert, Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandForm } from '../../components/command-form.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { useAskAgain } from '../../graph/page-query.js';

const OpenApplicationFragment = graphql(/* GraphQL */ `
  fragment OpenApplication on OpenApplication {
    pledge
    pledgedFacts {
      name
      label
      source
    }
  }
`);

const ApplyWithPledge = graphql(/* GraphQL */ `
  mutation ApplyWithPledge($input: ApplyWithPledgeInput!) {
    change: applyWithPledge(input: $input) {
      grant {
        id
        status
      }
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

/** An application under a pledge: its words, the facts that it stands in for, who signs and where it is paid to. */
export default function Application({
  policy,
  of,
}: {
  policy: string;
  of: FragmentType<typeof OpenApplicationFragment>;
}): ReactNode {
  const { t } = useTranslation();
  const { pledge, pledgedFacts } = readFragment(OpenApplicationFragment, of);
  const [isOpen, setOpen] = useState(false);
  const [isDone, setDone] = useState(false);
  const askAgain = useAskAgain();
  if (isDone) return <Alert type="success" role="status" title={t('application.done')} />;
  return (
    <div data-part="application">
      <Button type="primary" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t('application.open')}
      </Button>
      {isOpen && (
        <>
          <h3>{t('application.pledge')}</h3>
          <blockquote className="pre-line">{pledge}</blockquote>
          {pledgedFacts.length > 0 && (
            <>
              <p>{t('application.facts')}</p>
              <ul>
                {pledgedFacts.map(({ name, label, source }) => (
                  <li key={name}>
                    {label} <span className="note">{t('match.source', { source })}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
          <CommandForm
            command={ApplyWithPledge}
            fixed={{ policy }}
            fields={[
              { name: 'signatory', kind: 'line' },
              { name: 'holder', kind: 'line' },
              { name: 'bank', kind: 'line' },
              { name: 'number', kind: 'line' },
              { name: 'pledgeAccepted', kind: 'yesNo' },
            ]}
            submit={t('application.apply')}
            onDone={() => {
              setDone(true);
              askAgain();
            }}
          />
        </>
      )}
    </div>
  );
}
