import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandForm } from '../../components/command-form.js';
import { graphql } from '../../generated/index.js';
import type { BriefedLeader, CaseCategory } from '../../generated/graphql.js';
import { useAskAgain } from '../../graph/page-query.js';

const SubmitBriefingCommand = graphql(/* GraphQL */ `
  mutation SubmitBriefing($input: SubmitBriefingInput!) {
    change: submitBriefing(input: $input) {
      briefing {
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

const AcknowledgeBriefingCommand = graphql(/* GraphQL */ `
  mutation AcknowledgeBriefing($input: AcknowledgeBriefingInput!) {
    change: acknowledgeBriefing(input: $input) {
      briefing {
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

const LEADERS = ['PARTY_SECRETARY', 'MAYOR'] as const satisfies readonly BriefedLeader[];

/** A common issue that a briefing rests on. */
export interface Issue {
  readonly category: CaseCategory;
  readonly keywords: readonly string[];
}

/** Submits a briefing that rests on the chosen issues and on cases by their numbers. */
export function SubmitBriefing({ issues, onDone }: { issues: readonly Issue[]; onDone: () => void }): ReactNode {
  const { t } = useTranslation();
  const [submitted, setSubmitted] = useState(0);
  const askAgain = useAskAgain();
  return (
    <CommandForm
      key={submitted}
      command={SubmitBriefingCommand}
      fixed={{ issues }}
      fields={[
        {
          name: 'addressees',
          kind: 'choices',
          options: LEADERS.map((value) => ({ value, label: t(`enum.BriefedLeader.${value}`) })),
        },
        { name: 'title', kind: 'line' },
        { name: 'text', kind: 'text' },
        { name: 'cases', kind: 'lines', label: 'restsOnCases', isOptional: true },
      ]}
      submit={t('briefing.submit')}
      onDone={() => {
        setSubmitted(submitted + 1);
        onDone();
        askAgain();
      }}
    />
  );
}

/** Records that a leader has read a briefing, and what was instructed. */
export function AcknowledgeBriefing({
  of: { id, version, title, awaited },
}: {
  of: {
    readonly id: string;
    readonly version: number;
    readonly title: string;
    readonly awaited: readonly BriefedLeader[];
  };
}): ReactNode {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const askAgain = useAskAgain();
  return (
    <>
      <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t('briefing.acknowledge')}
      </Button>
      {isOpen && (
        <CommandForm
          command={AcknowledgeBriefingCommand}
          fixed={{ briefing: id, expectedVersion: version }}
          fields={[
            {
              name: 'leader',
              kind: 'choice',
              options: awaited.map((value) => ({ value, label: t(`enum.BriefedLeader.${value}`) })),
            },
            { name: 'acknowledgedOn', kind: 'date' },
            { name: 'instruction', kind: 'text', label: 'leadersInstruction', isOptional: true },
            { name: 'document', kind: 'line', label: 'instructionNumber', isOptional: true },
          ]}
          submit={t('briefing.acknowledgeOf', { title })}
          onDone={() => {
            setOpen(false);
            askAgain();
          }}
        />
      )}
    </>
  );
}
