import { Alert, Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { departmentOptions } from '../../components/choices.js';
import { CommandForm } from '../../components/command-form.js';
import type { EnterpriseScale } from '../../generated/graphql.js';
import { useAskAgain } from '../../graph/page-query.js';
import { sha256 } from '../../values/hash.js';
import { PLAN_APPRAISAL } from './task-commands.js';

const SCALES = ['LARGE', 'MEDIUM', 'SMALL', 'MICRO'] as const satisfies readonly EnterpriseScale[];

/**
 * Plans a round with a seed that the browser makes: only its hash is sent, so the seed is shown to be kept, and the
 * draw asks for it.
 */
export function PlanAppraisal({
  departments,
}: {
  departments: readonly { readonly code: string; readonly name?: string | null }[];
}): ReactNode {
  const { t } = useTranslation();
  const askAgain = useAskAgain();
  const [made, setMade] = useState<{ seed: string; seedHash: string } | undefined>();
  const [isDone, setDone] = useState(false);
  const make = async (): Promise<void> => {
    const seed = crypto.randomUUID();
    setMade({ seed, seedHash: await sha256(seed) });
    setDone(false);
  };
  return (
    <>
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
              command={PLAN_APPRAISAL}
              fixed={{ seedHash: made.seedHash }}
              fields={[
                { name: 'title', kind: 'line' },
                {
                  name: 'departments',
                  kind: 'choices',
                  label: 'appraised',
                  options: departmentOptions(departments),
                },
                {
                  name: 'strata',
                  kind: 'rows',
                  columns: [
                    {
                      name: 'scale',
                      kind: 'choice',
                      options: SCALES.map((value) => ({ value, label: t(`enum.EnterpriseScale.${value}`) })),
                    },
                    { name: 'size', kind: 'number' },
                  ],
                },
                { name: 'opensOn', kind: 'date' },
                { name: 'closesOn', kind: 'date' },
              ]}
              submit={t('appraisal.plan')}
              onDone={() => {
                setDone(true);
                askAgain();
              }}
            />
          )}
        </>
      )}
    </>
  );
}
