import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { moneyText, type MoneyText } from '../values/money.js';

/** An amount; a dash where there is none. */
export const Amount = ({ value }: { value: MoneyText | null | undefined }): ReactNode =>
  value == null ? '—' : <span className="amount">{moneyText(value)}</span>;

/** An amount that is shown in public, with what the public was shown before where that was another one. */
export function ShownAmount({
  value,
  formerlyShown,
}: {
  value: MoneyText;
  formerlyShown: MoneyText | null | undefined;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Amount value={value} />
      {formerlyShown != null && (
        <p className="note">{t('grants.formerlyShown', { amount: moneyText(formerlyShown) })}</p>
      )}
    </>
  );
}
