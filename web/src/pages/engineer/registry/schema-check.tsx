import { Alert, Button, Form, Input, Select } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { List } from '../../../components/list.js';
import { ProblemAlert } from '../../../components/problem-alert.js';
import { graphql } from '../../../generated/registry/index.js';
import type { SchemaCheckQuery } from '../../../generated/registry/graphql.js';
import { problemsOf, type Problem } from '../../../graph/problems.js';

const SchemaCheck = graphql(/* GraphQL */ `
  query SchemaCheck($proposal: SchemaProposalInput!) {
    schemaCheck(proposal: $proposal) {
      ok
      faults {
        message
        places {
          department
          coordinate
          line
        }
      }
      changes {
        id
        severity
        coordinate
        message
        verdict
        isBlocking
        usedBy {
          client
          version
          count
        }
        registeredIn {
          client
          version
          operation
        }
        neededBy
        approval {
          by
          reason
        }
      }
      warnings
      evidence {
        days
        countedSince
        isCounted
      }
    }
  }
`);

const PublishedSchema = graphql(/* GraphQL */ `
  query PublishedSchema($number: Int!) {
    publication(number: $number) {
      number
      sdl
      url
    }
  }
`);

type Report = SchemaCheckQuery['schemaCheck'];
type Change = Report['changes'][number];

const SEVERITIES = ['BREAKING', 'DANGEROUS', 'SAFE'] as const;

/**
 * What a schema would change and whom it would break, judged by the registry as a publication of it would be; nothing
 * is published. One begins with the published schema of a department, or with one that is pasted.
 */
export function SchemaCheckForm({
  departments,
}: {
  departments: readonly { readonly department: string; readonly publication: { readonly number: number } }[];
}): ReactNode {
  const { t } = useTranslation();
  const client = useClient();
  const [form] = Form.useForm<{ department: string; url: string; sdl: string }>();
  const isAtWork = useRef(false);
  const [running, setRunning] = useState<'begin' | 'check' | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  const [report, setReport] = useState<Report | undefined>();

  /** One question at a time: a second press while one runs asks nothing. */
  const ask = async (what: 'begin' | 'check', work: () => Promise<void>): Promise<void> => {
    if (isAtWork.current) return;
    isAtWork.current = true;
    setRunning(what);
    setProblem(undefined);
    setReport(undefined);
    try {
      await work();
    } finally {
      isAtWork.current = false;
      setRunning(undefined);
    }
  };
  const begin = async (): Promise<void> =>
    ask('begin', async () => {
      const { department } = form.getFieldsValue();
      const number = departments.find((one) => one.department === department)?.publication.number;
      if (number === undefined) return;
      const { data, error } = await client.query(PublishedSchema, { number }).toPromise();
      setProblem(problemsOf(error)[0]);
      if (data !== undefined) form.setFieldsValue({ sdl: data.publication.sdl ?? '', url: data.publication.url ?? '' });
    });
  const check = async (proposal: { department: string; url: string; sdl: string }): Promise<void> =>
    ask('check', async () => {
      const { data, error } = await client.query(SchemaCheck, { proposal }).toPromise();
      setProblem(problemsOf(error)[0]);
      setReport(data?.schemaCheck);
    });

  return (
    <>
      <Form
        form={form}
        layout="vertical"
        // What was found is of the text that was checked.
        onValuesChange={() => setReport(undefined)}
        onFinish={(proposal) => void check(proposal)}
      >
        <Form.Item
          name="department"
          label={t('schemas.department')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <Select options={departments.map(({ department }) => ({ value: department, label: department }))} />
        </Form.Item>
        <Form.Item>
          <Button onClick={() => void begin()} loading={running === 'begin'}>
            {t('schemas.beginWithPublished')}
          </Button>
        </Form.Item>
        <Form.Item name="url" label={t('schemas.url')} rules={[{ required: true, message: t('form.required') }]}>
          <Input />
        </Form.Item>
        <Form.Item name="sdl" label={t('schemas.sdl')} rules={[{ required: true, message: t('form.required') }]}>
          <Input.TextArea rows={14} className="hash" spellCheck={false} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={running === 'check'}>
          {t('schemas.check')}
        </Button>
      </Form>
      {problem !== undefined && <ProblemAlert problem={problem} />}
      {report !== undefined && <CheckReport of={report} />}
    </>
  );
}

function CheckReport({ of: { ok, faults, changes, warnings, evidence } }: { of: Report }): ReactNode {
  const { t } = useTranslation();
  return (
    <section data-part="check-report" aria-label={t('schemas.found')}>
      <Alert
        type={ok ? 'success' : 'error'}
        showIcon
        role="status"
        title={t(ok ? 'schemas.mayBePublished' : 'schemas.keptBack', {
          count: faults.length + changes.filter(({ isBlocking }) => isBlocking).length,
        })}
      />
      {faults.length > 0 && (
        <>
          <h3>{t('schemas.faults')}</h3>
          <ul>
            {faults.map(({ message, places }) => (
              <li key={message} className="late">
                {message}{' '}
                <span className="note">
                  {places
                    .map(({ department, coordinate, line }) =>
                      [department, coordinate, line == null ? null : t('connectors.line', { line })]
                        .filter(Boolean)
                        .join(' '),
                    )
                    .join(t('list.separator'))}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {faults.length === 0 && changes.length === 0 && <p>{t('schemas.noChange')}</p>}
      {SEVERITIES.map((severity) => {
        const own = changes.filter((change) => change.severity === severity);
        return own.length === 0 ? null : <Changes key={severity} severity={severity} of={own} />;
      })}
      {warnings.length > 0 && (
        <ul>
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      <p className="note">
        {evidence.isCounted
          ? t('schemas.counted', { days: evidence.days, since: evidence.countedSince ?? '—' })
          : t('schemas.notCounted')}
      </p>
    </section>
  );
}

/** Changes of one severity, those that keep the proposal back first as the registry orders them. */
function Changes({ severity, of }: { severity: (typeof SEVERITIES)[number]; of: readonly Change[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <div data-severity={severity}>
      <h3>{t('schemas.changesOf', { severity: t(`schemas.severity.${severity}`), count: of.length })}</h3>
      <List
        rows={of}
        rowKey={({ id }) => id}
        columns={[
          { title: t('schemas.coordinate'), dataIndex: 'coordinate' },
          {
            title: t('schemas.change'),
            render: ({ message, isBlocking }) => <span className={isBlocking ? 'late' : undefined}>{message}</span>,
          },
          { title: t('schemas.verdict'), render: ({ verdict }) => t(`schemas.verdicts.${verdict}`) },
          { title: t('schemas.broken'), render: (change) => <Broken of={change} /> },
        ]}
      />
    </div>
  );
}

/** Whom a change would meet: clients that asked for it, documents that are registered, what else needs it. */
function Broken({ of: { usedBy, registeredIn, neededBy, approval } }: { of: Change }): ReactNode {
  const { t } = useTranslation();
  const lines = [
    ...usedBy.map(({ client, version, count }) => t('schemas.usedBy', { client, version, count })),
    ...registeredIn.map(({ client, version, operation }) => t('schemas.registeredIn', { client, version, operation })),
    ...neededBy,
    ...(approval == null ? [] : [t('schemas.approved', { by: approval.by, reason: approval.reason })]),
  ];
  if (lines.length === 0) return '—';
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
