import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandForm } from '../../components/command-form.js';
import { graphql } from '../../generated/index.js';
import { useAskAgain } from '../../graph/page-query.js';

const ProposeTypicalCase = graphql(/* GraphQL */ `
  mutation ProposeTypicalCase($input: ProposeTypicalCaseInput!) {
    change: proposeTypicalCase(input: $input) {
      typicalCase {
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

const ReviewTypicalCase = graphql(/* GraphQL */ `
  mutation ReviewTypicalCase($input: ReviewTypicalCaseInput!) {
    change: reviewTypicalCase(input: $input) {
      typicalCase {
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

const RetractTypicalCase = graphql(/* GraphQL */ `
  mutation RetractTypicalCase($input: RetractTypicalCaseInput!) {
    change: retractTypicalCase(input: $input) {
      typicalCase {
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

/** Proposes a case; without a text of its own in the words of the case, names and numbers taken out. */
export function ProposeCase(): ReactNode {
  const { t } = useTranslation();
  const [proposed, setProposed] = useState(0);
  const askAgain = useAskAgain();
  return (
    <CommandForm
      key={proposed}
      command={ProposeTypicalCase}
      fixed={{}}
      fields={[
        { name: 'caseNumber', kind: 'line' },
        { name: 'title', kind: 'line' },
        { name: 'text', kind: 'text', isOptional: true },
        { name: 'namesDepartment', kind: 'yesNo' },
      ]}
      submit={t('typicalCase.propose')}
      onDone={() => {
        setProposed(proposed + 1);
        askAgain();
      }}
    />
  );
}

/** A step that the graph says is possible: a second person publishes or rejects, what is published is taken back. */
export function TypicalCaseStep({
  of: { id, title },
  move,
}: {
  of: { readonly id: string; readonly title: string };
  move: 'REVIEW' | 'RETRACT';
}): ReactNode {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const askAgain = useAskAgain();
  const common = {
    fixed: { id },
    submit: t(`typicalCase.confirm.${move}`, { title }),
    onDone: () => {
      setOpen(false);
      askAgain();
    },
  };
  return (
    <>
      <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t(`enum.TypicalCaseMove.${move}`)}
      </Button>
      {isOpen && move === 'REVIEW' && (
        <CommandForm
          {...common}
          command={ReviewTypicalCase}
          fields={[
            { name: 'approve', kind: 'yesNo' },
            { name: 'note', kind: 'text' },
          ]}
        />
      )}
      {isOpen && move === 'RETRACT' && (
        <CommandForm {...common} command={RetractTypicalCase} fields={[{ name: 'reason', kind: 'text' }]} />
      )}
    </>
  );
}
