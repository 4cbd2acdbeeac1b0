import { Alert, Button, Form, Input, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { momentText } from '../../values/days.js';
import { checkProof, type ProofFault, type ProofHolds } from './verify-proof.js';

const LedgerProofFragment = graphql(/* GraphQL */ `
  fragment LedgerProofShown on LedgerProof {
    entryCount
    file
    seal {
      no
      cutoff
      hash
    }
  }
`);

/** The proof that a promise's ledger is under a published seal, verified in this browser and given as a file. */
export function LedgerProofShown({
  commitmentId,
  of,
}: {
  commitmentId: string;
  of: FragmentType<typeof LedgerProofFragment>;
}): ReactNode {
  const { t } = useTranslation();
  const { file, entryCount, seal } = readFragment(LedgerProofFragment, of);
  const [published, setPublished] = useState('');
  const [verdict, setVerdict] = useState<ProofFault | ProofHolds | undefined>();
  const isCompared = published.trim() !== '';
  const verify = async (): Promise<void> =>
    setVerdict(
      await checkProof(file, { commitmentId, published: isCompared ? published.trim().toLowerCase() : seal.hash }),
    );
  const download = (): void => {
    const address = URL.createObjectURL(new Blob([file], { type: 'application/json' }));
    Object.assign(document.createElement('a'), { href: address, download: `${commitmentId}.proof.json` }).click();
    URL.revokeObjectURL(address);
  };
  return (
    <>
      <p>
        {t('proof.under', { no: seal.no, at: momentText(seal.cutoff), count: entryCount })}{' '}
        <span className="hash">{seal.hash}</span>
      </p>
      <Form layout="vertical" className="no-print" onFinish={() => void verify()}>
        <Form.Item label={t('proof.published')} htmlFor="published-seal">
          <Input
            id="published-seal"
            value={published}
            onChange={({ target }) => {
              setPublished(target.value);
              setVerdict(undefined);
            }}
          />
        </Form.Item>
        <Space>
          <Button type="primary" htmlType="submit">
            {t('proof.verify')}
          </Button>
          <Button onClick={download}>{t('proof.download')}</Button>
        </Space>
      </Form>
      {verdict?.kind === 'HOLDS' && (
        <Alert
          type="success"
          showIcon
          role="status"
          title={t(isCompared ? 'proof.holdsPublished' : 'proof.holds', { seal: verdict.seal, count: verdict.entries })}
        />
      )}
      {verdict !== undefined && verdict.kind !== 'HOLDS' && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={t(`proof.fault.${verdict.kind}`, { seq: verdict.kind === 'ENTRY' ? verdict.seq : '' })}
        />
      )}
    </>
  );
}
