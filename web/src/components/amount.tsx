import type { ReactNode } from 'react';
import { moneyText, type MoneyText } from '../values/money.js';

/** An amount; a dash where there is none. */
export const Amount = ({ value }: { value: MoneyText | null | undefined }): ReactNode =>
  value == null ? '—' : <span className="amount">{moneyText(value)}</span>;
