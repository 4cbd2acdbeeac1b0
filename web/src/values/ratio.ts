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

/** A yearly rate in basis points (hundredths of a per cent) for people: 385 is "3.85%". */
export const basisPointsText = (points: number): string =>
  `${Math.trunc(points / 100)}.${String(points % 100).padStart(2, '0')}%`;
