import { Alert, Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandForm } from '../../components/command-form.js';
import { graphql } from '../../generated/index.js';
import { useAskAgain } from '../../graph/page-query.js';
import { sha256 } from '../../values/hash.js';

const CommitSpotCheckSeed = graphql(/* GraphQL */ `
  mutation CommitSpotCheckSeed($input: CommitSpotCheckSeedInput!) {
    change: commitSpotCheckSeed(input: $input) {
      commitment {
        id
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

const DrawSpotCheck = graphql(/* GraphQL */ `
  mutation DrawSpotCheck($input: DrawSpotCheckInput!) {
    change: drawSpotCheck(input: $input) {
      spotCheck {
        id
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

/**
 * Commits to a seed that the browser makes: only its hash is sent, so the seed is shown to be kept, and the draw asks
 * for it.
 */
export function CommitSeed(): ReactNode {
  const { t } = useTranslation();
  const [made, setMade] = useState<{ seed: string; seedHash: string } | undefined>();
  const [isDone, setDone] = useState(false);
  const askAgain = useAskAgain();
  const make = async (): Promise<void> => {
    const seed = crypto.randomUUID();
    setMade({ seed, seedHash: await sha256(seed) });
    setDone(false);
  };
  return (
    <div className="no-print">
      <Button onClick={() => void make()}>{t('spotCheck.makeSeed')}</Button>
      {made !== undefined && (
        <>
          <Alert
            type={isDone ? 'success' : 'warning'}
            role="status"
            showIcon
            title={t(isDone ? 'spotCheck.seedCommitted' : 'spotCheck.keepSeed')}
            description={<code data-shown="seed">{made.seed}</code>}
          />
          {!isDone && (
            <CommandForm
              key={made.seedHash}
              command={CommitSpotCheckSeed}
              fixed={{ seedHash: made.seedHash }}
              fields={[
                { name: 'from', kind: 'date' },
                { name: 'to', kind: 'date' },
              ]}
              submit={t('spotCheck.commit')}
              onDone={() => {
                setDone(true);
                askAgain();
              }}
            />
          )}
        </>
      )}
    </div>
  );
}

/** Draws the cases of months that are over, with the seed that was committed to. */
export function DrawSample({
  departments,
}: {
  departments: readonly { readonly code: string; readonly name?: string | null }[];
}): ReactNode {
  const { t } = useTranslation();
  const [draws, setDraws] = useState(0);
  const askAgain = useAskAgain();
  return (
    <CommandForm
      key={draws}
      command={DrawSpotCheck}
      fixed={{}}
      fields={[
        { name: 'from', kind: 'date' },
        { name: 'to', kind: 'date' },
        { name: 'seed', kind: 'line', isOptional: true },
        {
          name: 'team',
          kind: 'choices',
          isOptional: true,
          options: departments.map(({ code, name }) => ({ value: code, label: name ?? code })),
        },
      ]}
      submit={t('spotCheck.draw')}
      onDone={() => {
        setDraws(draws + 1);
        askAgain();
      }}
    />
  );
}
