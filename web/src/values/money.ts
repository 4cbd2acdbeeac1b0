/** An amount as the graph gives it: a string of digits, exact at any size. */
export interface MoneyText {
  readonly amount: string;
}

/**
 * An amount for people, its digits in groups: "26434300.00" is "¥26,434,300.00". The digits are never made a number,
 * which could not hold them all.
 */
export function moneyText({ amount }: MoneyText): string {
  const [whole = '', fraction] = amount.replace(/^-/, '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${amount.startsWith('-') ? '-' : ''}¥${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}
