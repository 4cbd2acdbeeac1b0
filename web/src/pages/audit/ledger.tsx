import { Alert, Button, Collapse } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '../../components/amount.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { momentText } from '../../values/days.js';
import { firstFault, type ChainFault } from './verify-chain.js';

const LedgerEntryShown = graphql(/* GraphQL */ `
  fragment LedgerEntryShown on LedgerEntry {
    seq
    kind
    effectiveOn
    recordedAt
    recordedBy
    amount {
      amount
    }
    paymentReference
    reverses
    remark
    body
    postings
    previousHash
    hash
  }
`);

/** A promise's ledger, and its verification in this browser. */
export function Ledger({
  commitmentId,
  of,
}: {
  commitmentId: string;
  of: readonly FragmentType<typeof LedgerEntryShown>[];
}): ReactNode {
  const { t } = useTranslation();
  const entries = of.map((entry) => readFragment(LedgerEntryShown, entry));
  const [verdict, setVerdict] = useState<{ readonly fault: ChainFault | undefined } | undefined>();
  const verify = async (): Promise<void> => setVerdict({ fault: await firstFault(commitmentId, entries) });
  return (
    <>
      {/* The hashes cover accounts of officials: who does not see these verifies by the proof under the seal. */}
      {entries.every(({ recordedBy }) => recordedBy != null) ? (
        <Button className="no-print" onClick={() => void verify()}>
          {t('ledger.verify')}
        </Button>
      ) : (
        <p className="note">{t('ledger.byProof')}</p>
      )}
      {verdict !== undefined &&
        (verdict.fault === undefined ? (
          <Alert type="success" showIcon role="status" title={t('ledger.holds', { count: entries.length })} />
        ) : (
          <Alert
            type="error"
            showIcon
            role="alert"
            title={t(`ledger.${verdict.fault.kind}`, { seq: verdict.fault.seq })}
          />
        ))}
      <Collapse
        className="opened-on-paper"
        items={entries.map((entry) => ({
          key: entry.seq,
          forceRender: true,
          label: `${String(entry.seq)} · ${t(`enum.LedgerEntryKind.${entry.kind}`)} · ${entry.effectiveOn}`,
          extra: <Amount value={entry.amount} />,
          children: (
            <>
              <p>
                {t('ledger.recorded', { at: momentText(entry.recordedAt), by: entry.recordedBy ?? '—' })}
                {entry.paymentReference != null && ` · ${t('ledger.receipt', { number: entry.paymentReference })}`}
                {entry.reverses != null && ` · ${t('ledger.reverses', { seq: entry.reverses })}`}
              </p>
              {entry.remark != null && <p className="pre-line">{entry.remark}</p>}
              <p className="hash">{t('ledger.previousHash', { hash: entry.previousHash })}</p>
              <p className="hash">{t('ledger.hash', { hash: entry.hash })}</p>
              <pre className="hash pre-line" tabIndex={0}>
                {JSON.stringify(entry.body, null, 1)}
              </pre>
            </>
          ),
        }))}
      />
    </>
  );
}
