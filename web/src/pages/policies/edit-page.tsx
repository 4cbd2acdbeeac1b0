import { Alert, Button, Space } from 'antd';
import { useState, type ComponentProps, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Part } from '../../components/part.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { useCommand } from '../../graph/use-command.js';
import { CriteriaTree, type AskableFact } from './editor/criteria-tree.js';
import { DraftEffect } from './editor/draft-effect.js';
import { criteriaOf, withCriteria, type CriterionNode, type PolicyContent } from './editor/policy-content.js';

const PolicyEdit = graphql(/* GraphQL */ `
  query PolicyEdit($id: ID!) {
    policy(id: $id) {
      title
    }
    policyVersions(policy: $id) {
      version
      state
      content
    }
    previewPolicy(input: { policy: $id }) {
      ...DraftEffect
    }
    factVocabulary {
      name
      label
      type
      unit
      values
      choices {
        value
        label
      }
      attributes {
        name
        label
        type
        unit
        values
        choices {
          value
          label
        }
      }
    }
    regions {
      code
      name
    }
  }
`);

const SaveDraft = graphql(/* GraphQL */ `
  mutation SavePolicyDraft($input: SavePolicyDraftInput!) {
    change: savePolicyDraft(input: $input) {
      version {
        version
        state
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

const Publish = graphql(/* GraphQL */ `
  mutation PublishPolicy($input: PublishPolicyInput!) {
    change: publishPolicy(input: $input) {
      policy {
        id
        version
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

/** A policy's criteria, edited as a tree in words while the effect of each change is shown; saved and published. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  return (
    <PageQuery query={PolicyEdit} variables={{ id }}>
      {({ policy, policyVersions, previewPolicy, factVocabulary, regions }) => {
        const latest = policyVersions?.toSorted((one, other) => other.version - one.version)[0];
        const names = new Map(regions?.map(({ code, name }) => [code, name]));
        return (
          <>
            <h1>{t('editor.title', { policy: policy?.title ?? id })}</h1>
            <Part id="editor" title={t('editor.criteria')} place={['policyVersions']}>
              {latest !== undefined && (
                <Editor
                  // What is being written stays when the page is asked again after saving.
                  key={id}
                  id={id}
                  content={latest.content as PolicyContent}
                  published={latest.state === 'PUBLISHED' ? previewPolicy : null}
                  facts={factVocabulary ?? []}
                  nameOf={(region) => names.get(region) ?? region}
                />
              )}
            </Part>
          </>
        );
      }}
    </PageQuery>
  );
}

function Editor({
  id,
  content,
  published,
  facts,
  nameOf,
}: {
  id: string;
  content: PolicyContent;
  published: ComponentProps<typeof DraftEffect>['published'];
  facts: readonly AskableFact[];
  nameOf: (region: string) => string;
}): ReactNode {
  const { t } = useTranslation();
  // What it was opened with: what is saved meanwhile changes neither the rest of the policy nor what is compared with.
  const [opened] = useState({ content, effect: published });
  const [criteria, change] = useState<readonly CriterionNode[]>(() => criteriaOf(content));
  const [saved, setSaved] = useState<{ version: number; text: string } | undefined>();
  const [publishedAs, setPublishedAs] = useState<number | undefined>();
  const saving = useCommand(SaveDraft);
  const publishing = useCommand(Publish);
  const draft = withCriteria(opened.content, criteria);
  const text = JSON.stringify(draft);
  const save = async (): Promise<void> => {
    const payload = await saving.run({ content: draft });
    if (payload?.version == null) return;
    setSaved({ version: payload.version.version, text });
    setPublishedAs(undefined);
  };
  const publish = async (): Promise<void> => {
    const payload = await publishing.run({ policy: id, version: saved?.version, endPrevious: true });
    if (payload?.policy != null) setPublishedAs(payload.policy.version);
  };
  const problem = saving.problem ?? publishing.problem;
  return (
    <>
      <CriteriaTree nodes={criteria} facts={facts} onChange={change} />
      <Space wrap className="no-print">
        <Button type="primary" loading={saving.isRunning} onClick={() => void save()}>
          {t('editor.save')}
        </Button>
        {/* What is published is what was saved: after a further change it is saved again first. */}
        <Button disabled={saved?.text !== text} loading={publishing.isRunning} onClick={() => void publish()}>
          {t('editor.publish')}
        </Button>
      </Space>
      {problem !== undefined && <ProblemAlert problem={problem} />}
      {saved !== undefined && problem === undefined && (
        <Alert
          type="success"
          role="status"
          title={
            publishedAs === undefined
              ? t('editor.saved', { version: saved.version })
              : t('editor.published', { version: publishedAs })
          }
        />
      )}
      <h2>{t('policy.reach')}</h2>
      <DraftEffect draft={draft} published={opened.effect} nameOf={nameOf} />
    </>
  );
}
