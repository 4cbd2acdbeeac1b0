/** A rate as the graph gives it: always with what it was made of. */
export interface RateValue {
  readonly numerator: number;
  readonly denominator: number;
  readonly rate?: string | null;
}

/** "0.9833" as "98.33%": the point is moved, nothing is computed. */
export function percentText(rate: string): string {
  const [whole = '0', fraction = ''] = rate.split('.');
  const digits = fraction.padEnd(4, '0');
  const percent = `${whole}${digits.slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  return `${percent}.${digits.slice(2, 4)}%`;
}
