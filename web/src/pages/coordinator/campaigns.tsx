import { Empty } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandForm } from '../../components/command-form.js';
import { Figure, RateFigure } from '../../components/figure.js';
import { List } from '../../components/list.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { useAskAgain } from '../../graph/page-query.js';

const CampaignFragment = graphql(/* GraphQL */ `
  fragment Campaign on VisitCampaign {
    id
    name
    from
    until
    figures {
      visited {
        numerator
        denominator
        rate
      }
      neverVisited
      problems
      solved {
        numerator
        denominator
        rate
      }
      units {
        department {
          code
          name
        }
        visited {
          numerator
          denominator
        }
        missing
        problems
      }
    }
  }
`);

/** Campaigns of visits (遍访), each with its figures of today and those of each unit. */
export function Campaigns({ of }: { of: readonly FragmentType<typeof CampaignFragment>[] }): ReactNode {
  const { t } = useTranslation();
  const campaigns = of.map((one) => readFragment(CampaignFragment, one));
  if (campaigns.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('service.noCampaign')} />;
  return campaigns.map(({ id, name, from, until, figures }) => (
    <section key={id} aria-labelledby={`campaign-${id}`}>
      <h3 id={`campaign-${id}`}>
        {name} <span className="note">{`${from} – ${until}`}</span>
      </h3>
      <div className="figures">
        <RateFigure title={t('service.visited')} value={figures?.visited} />
        <Figure title={t('service.neverVisited')} value={String(figures?.neverVisited ?? '—')} />
        <Figure title={t('service.problems')} value={String(figures?.problems ?? '—')} />
        <RateFigure title={t('service.solved')} value={figures?.solved} />
      </div>
      <List
        rows={figures?.units ?? []}
        rowKey={(row) => row.department?.code ?? ''}
        columns={[
          { title: t('column.department'), render: (row) => row.department?.name ?? t('service.nobodys') },
          {
            title: t('service.visited'),
            align: 'right',
            render: (row) => `${row.visited.numerator} / ${row.visited.denominator}`,
          },
          { title: t('service.missing'), align: 'right', dataIndex: 'missing' },
          { title: t('service.problems'), align: 'right', dataIndex: 'problems' },
        ]}
      />
    </section>
  ));
}

const OpenCampaignCommand = graphql(/* GraphQL */ `
  mutation OpenCampaign($input: OpenVisitCampaignInput!) {
    change: openVisitCampaign(input: $input) {
      campaign {
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

/** Opens a campaign over enterprises of some districts, or of the city, by stages; its list is fixed from then on. */
export function OpenCampaign({
  regions,
}: {
  regions: readonly { readonly code: string; readonly name: string }[];
}): ReactNode {
  const { t } = useTranslation();
  const askAgain = useAskAgain();
  const [round, setRound] = useState(0);
  return (
    <CommandForm
      key={round}
      command={OpenCampaignCommand}
      fixed={{}}
      fields={[
        { name: 'name', kind: 'line' },
        { name: 'from', kind: 'date' },
        { name: 'until', kind: 'date' },
        {
          name: 'regions',
          kind: 'choices',
          isOptional: true,
          options: regions.map(({ code, name }) => ({ value: code, label: name })),
        },
        {
          name: 'stages',
          kind: 'rows',
          columns: [
            { name: 'name', kind: 'line' },
            { name: 'until', kind: 'date' },
          ],
        },
      ]}
      submit={t('service.open')}
      onDone={() => {
        setRound(round + 1);
        askAgain();
      }}
    />
  );
}
