import { Button, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../components/command-field.js';
import { CommandForm } from '../../components/command-form.js';
import { List } from '../../components/list.js';
import type { AuditMatterKind } from '../../generated/graphql.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { useAskAgain } from '../../graph/page-query.js';
import type { CommandDocument, RefusablePayload } from '../../graph/use-command.js';
import { momentText } from '../../values/days.js';

const AuditMattersFragment = graphql(/* GraphQL */ `
  fragment AuditMatters on Commitment {
    id
    promisor {
      code
      name
    }
    auditMatters @include(if: $withMatters) {
      id
      kind
      text
      by
      at
      respondBy
      isOverdue
      referredTo {
        name
      }
      response {
        text
        by
        on
      }
    }
  }
`);

/** How an auditor writes something of each kind. */
const COMMANDS: Readonly<Record<AuditMatterKind, CommandDocument<RefusablePayload>>> = {
  REFERRAL: graphql(/* GraphQL */ `
    mutation ReferCommitment($input: ReferCommitmentInput!) {
      change: referCommitment(input: $input) {
        matter {
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
  `),
  NOTE: graphql(/* GraphQL */ `
    mutation AddAuditNote($input: AddAuditNoteInput!) {
      change: addAuditNote(input: $input) {
        matter {
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
  `),
};
const KINDS: readonly AuditMatterKind[] = ['REFERRAL', 'NOTE'];

/** What auditors noted of a promise and referred to departments, with the answers; auditors write here. */
export function AuditMatters({
  of,
  departments,
  isAuditor,
}: {
  of: FragmentType<typeof AuditMattersFragment>;
  departments: readonly { readonly code: string; readonly name?: string | null }[];
  isAuditor: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const { id, promisor, auditMatters } = readFragment(AuditMattersFragment, of);
  const [writes, setWrites] = useState<AuditMatterKind | undefined>();
  const askAgain = useAskAgain();
  const others = departments.filter(({ code }) => code !== promisor.code);
  const fields: Readonly<Record<AuditMatterKind, readonly Field[]>> = {
    REFERRAL: [
      {
        name: 'referredTo',
        kind: 'choice',
        options: [promisor, ...others].map(({ code, name }) => ({ value: code, label: name ?? code })),
      },
      { name: 'text', kind: 'text', label: 'referral' },
      { name: 'respondBy', kind: 'date' },
    ],
    NOTE: [{ name: 'text', kind: 'text' }],
  };
  return (
    <>
      <List
        rows={auditMatters ?? []}
        rowKey={(row) => row.id}
        columns={[
          { title: t('column.day'), render: (row) => momentText(row.at) },
          { title: t('column.kind'), render: (row) => t(`enum.AuditMatterKind.${row.kind}`) },
          { title: t('field.text'), render: (row) => <span className="pre-line">{row.text}</span> },
          { title: t('grantWork.by'), render: (row) => row.by ?? '—' },
          { title: t('field.referredTo'), render: (row) => row.referredTo?.name ?? '—' },
          {
            title: t('field.respondBy'),
            render: (row) => <span className={row.isOverdue ? 'late' : undefined}>{row.respondBy ?? '—'}</span>,
          },
          {
            title: t('field.answer'),
            render: ({ response }) =>
              response == null ? (
                '—'
              ) : (
                <>
                  <span className="pre-line">{response.text}</span>{' '}
                  <span className="note">{[response.by, response.on].join(' · ')}</span>
                </>
              ),
          },
        ]}
      />
      {isAuditor && (
        <Space wrap className="no-print">
          {KINDS.map((kind) => (
            <Button
              key={kind}
              type={kind === writes ? 'primary' : 'default'}
              aria-expanded={kind === writes}
              onClick={() => setWrites(kind === writes ? undefined : kind)}
            >
              {t(`matters.write.${kind}`)}
            </Button>
          ))}
        </Space>
      )}
      {isAuditor && writes !== undefined && (
        <CommandForm
          key={writes}
          command={COMMANDS[writes]}
          fixed={{ commitment: id }}
          initial={writes === 'REFERRAL' ? { referredTo: promisor.code } : {}}
          fields={fields[writes]}
          submit={t(`matters.send.${writes}`)}
          onDone={() => {
            setWrites(undefined);
            askAgain();
          }}
        />
      )}
    </>
  );
}
