import { figureOn, normalReference, type FenTotal, type LegalDay } from '@zhitong/values';
import { arrearPosition, type ArrearRules } from './arrears.js';
import type { RecordedArrear } from './arrear-knowledge.js';
import { debtorOn } from './arrear-transfer.js';
import { citation, PAYMENT_REGULATION } from '../figures/sme-payment.js';

/** What one public body owes to small and medium enterprises, overdue and unpaid. Amounts in fen. */
export interface DisclosedDebtor {
  readonly debtor: string;
  readonly contractCount: number;
  readonly amount: FenTotal;
  readonly interest: FenTotal;
}

/** A contract with something overdue, for the officials who make the disclosure. */
export interface DisclosedContract extends DisclosedDebtor {
  readonly uscc: string;
  readonly contractNumber: string;
}

/**
 * The yearly disclosure (国务院令第802号, article 18): number and amount of the contracts of public bodies with small and
 * medium enterprises under which something was overdue and unpaid at the end of the year, published by 31 March.
 */
export interface Disclosure {
  readonly year: number;
  readonly asOf: LegalDay;
  readonly knownOn: LegalDay;
  readonly publishBy: LegalDay;
  readonly source: string;
  /** Most owed first. */
  readonly departments: readonly DisclosedDebtor[];
  readonly contracts: readonly DisclosedContract[];
}

/** A disclosure without the contracts that it is made of, as everybody sees it. */
export type PublicDisclosure = Omit<Disclosure, 'contracts'>;

/** What is known of a disclosure that was published by now: the figures of the bodies that changed, and all sums. */
export interface DisclosureCorrection {
  readonly knownOn: LegalDay;
  /** Bodies whose figures are others than was published; zeros where nothing is left. */
  readonly departments: readonly DisclosedDebtor[];
  readonly contractCount: number;
  readonly amount: FenTotal;
  readonly interest: FenTotal;
}

export const lastDayOf = (year: number): LegalDay => `${String(year).padStart(4, '0')}-12-31`;

/** The day by which the disclosure of a year is published. */
export const publishBy = (year: number): LegalDay => `${String(year + 1).padStart(4, '0')}-03-31`;

/** The years that there is a disclosure of: since the regulation of 2020, and over. */
export const isDisclosedYear = (year: number, today: LegalDay): boolean => year >= 2020 && lastDayOf(year) < today;

const mostFirst = (a: DisclosedDebtor, b: DisclosedDebtor): number =>
  a.amount === b.amount ? (a.debtor < b.debtor ? -1 : 1) : a.amount > b.amount ? -1 : 1;

/** The contract that a debt makes part of the disclosure; null where nothing of it is overdue or no SME is paid. */
export function disclosedOf(
  debt: RecordedArrear & { readonly uscc: string },
  asOf: LegalDay,
  rules: ArrearRules,
): DisclosedContract | null {
  const { contract, delivery, uscc, contractNumber } = debt;
  if (!contract.creditorIsSme || contract.debtorIsLargeEnterprise === true || delivery.deliveredOn > asOf) return null;
  const { daysOverdue, undisputedOutstanding, interest } = arrearPosition(debt, asOf, rules);
  if (daysOverdue === 0) return null;
  return {
    debtor: debtorOn(debt, asOf),
    uscc,
    contractNumber,
    contractCount: 1,
    amount: BigInt(undisputedOutstanding),
    interest: BigInt(interest?.outstanding ?? 0),
  };
}

/** Adds up what the debts of a city make. Several debts under one contract are one contract. */
export function disclosureOf(year: number, knownOn: LegalDay, disclosed: readonly DisclosedContract[]): Disclosure {
  const contracts = new Map<string, DisclosedContract>();
  for (const one of disclosed) {
    const key = [one.debtor, one.uscc, normalReference(one.contractNumber)].join('|');
    const before = contracts.get(key);
    contracts.set(
      key,
      before ? { ...before, amount: before.amount + one.amount, interest: before.interest + one.interest } : one,
    );
  }
  const departments = new Map<string, DisclosedDebtor>();
  for (const { debtor, amount, interest } of contracts.values()) {
    const sum = departments.get(debtor) ?? { debtor, contractCount: 0, amount: 0n, interest: 0n };
    departments.set(debtor, {
      debtor,
      contractCount: sum.contractCount + 1,
      amount: sum.amount + amount,
      interest: sum.interest + interest,
    });
  }
  const edition = figureOn(PAYMENT_REGULATION, publishBy(year));
  return {
    year,
    asOf: lastDayOf(year),
    knownOn,
    publishBy: publishBy(year),
    source: citation(edition, edition.disclosureArticle),
    departments: [...departments.values()].sort(mostFirst),
    contracts: [...contracts.values()].sort(mostFirst),
  };
}

/** The sums of all public bodies. */
export const disclosedSums = ({
  departments,
}: Pick<PublicDisclosure, 'departments'>): Omit<DisclosedDebtor, 'debtor'> => ({
  contractCount: departments.reduce((sum, { contractCount }) => sum + contractCount, 0),
  amount: departments.reduce((sum, { amount }) => sum + amount, 0n),
  interest: departments.reduce((sum, { interest }) => sum + interest, 0n),
});

/** What differs between a disclosure as it was published and as it is known now; null where nothing does. */
export function correctionOf(published: PublicDisclosure, present: PublicDisclosure): DisclosureCorrection | null {
  const textOf = ({ debtor, contractCount, amount, interest }: DisclosedDebtor): string =>
    [debtor, contractCount, amount, interest].join('|');
  const stands = new Set(published.departments.map(textOf));
  const left = new Set(present.departments.map(({ debtor }) => debtor));
  const gone = published.departments.filter(({ debtor }) => !left.has(debtor));
  const departments = [
    ...present.departments.filter((department) => !stands.has(textOf(department))),
    ...gone.map(({ debtor }) => ({ debtor, contractCount: 0, amount: 0n, interest: 0n })),
  ];
  return departments.length === 0 ? null : { knownOn: present.knownOn, departments, ...disclosedSums(present) };
}
