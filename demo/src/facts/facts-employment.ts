import { percent, yuan } from './fact-subject.js';
import type { FactSheet, FactYearSubject } from './fact-subject.js';
import type { RandomStream } from '../random.js';
import { hasEnded } from '../types.js';

/**
 * Yearly unemployment insurance of one insured employee: 1 % (employer and employee) of a contribution base of 4,900
 * yuan a month.
 */
const UNEMPLOYMENT_INSURANCE_YUAN = 588;
/** An employer's monthly pension, unemployment and injury insurance for one employee. */
const EMPLOYER_INSURANCE_MONTHLY_YUAN = 870;
const CONTRACT_YEARS = [
  [1, 40],
  [2, 15],
  [3, 40],
  [5, 5],
] as const;

/** Insured employees and the layoff rate, which the social insurance office knows for every year. */
export function addInsuranceFacts(sheet: FactSheet, { now, traits }: FactYearSubject, random: RandomStream): void {
  const insured = Math.min(now.employees, Math.round(now.employees * traits.insuredShare));
  sheet.insuredEmployees = insured;
  sheet.unemploymentInsured = insured > 0;
  if (insured === 0) {
    // Without insured employees there is no rate, and nobody to be spared a layoff.
    sheet.noOrFewLayoffs = false;
    return;
  }
  const laidOff = Math.round(insured * Math.max(0, random.normal(random.bool(0.08) ? 0.12 : 0.015, 0.02)));
  sheet.noOrFewLayoffs = laidOff <= insured * 0.055;
  sheet.layoffRatePct = percent(Math.min(laidOff, insured), insured);
}

/** Contributions and hires of the newest year. */
export function addEmploymentFacts(
  sheet: FactSheet,
  { now, traits, status, registeredOn, use }: FactYearSubject,
  random: RandomStream,
): void {
  const insured = Math.min(now.employees, Math.round(now.employees * traits.insuredShare));
  const operating = status === 'IN_OPERATION';
  sheet.currentlyInsured = insured > 0 && !hasEnded(status);
  sheet.unemploymentInsuranceArrears = insured > 0 && random.bool(operating ? 0.025 : 0.2);
  const monthsSinceStart = Math.max(
    1,
    12 * (now.year - Number(registeredOn.slice(0, 4))) + 13 - Number(registeredOn.slice(5, 7)),
  );
  sheet.unemploymentInsuranceMonthsPaid =
    insured === 0 ? 0 : Math.min(monthsSinceStart, random.bool(0.85) ? 12 * random.int(1, 12) : random.int(1, 11));
  sheet.unemploymentInsurancePaidLastYearYuan = yuan(
    insured * UNEMPLOYMENT_INSURANCE_YUAN * (0.9 + 0.4 * random.fraction()),
  );

  const hires = operating
    ? Math.min(now.employees, Math.round(now.employees * 0.12 * Math.exp(random.normal(0, 0.8))))
    : 0;
  const insuredHires = Math.min(hires, insured);
  const graduates = partOf(random, insuredHires, use === 'aboveSize' ? 0.25 : 0.15);
  const youths = partOf(random, insuredHires - graduates, 0.1);
  const alleviated = partOf(random, insuredHires - graduates - youths, 0.12);
  sheet.jobsCreated12m = hires;
  sheet.hiredGraduates = graduates;
  sheet.hiredUnemployedYouth16to24 = youths;
  sheet.hiredPovertyAlleviated = alleviated;
  sheet.newKeyGroupHiresPct = percent(graduates + youths + alleviated, now.employees);
  const months = hires > 0 ? random.int(1, 12) : 0;
  sheet.hireSocialInsured = insuredHires > 0;
  sheet.hireUnemploymentInsured = insuredHires > 0;
  sheet.hireSocialInsuranceMonths = insuredHires > 0 ? months : 0;
  sheet.hireStableMonths = hires > 0 ? Math.min(12, months + random.int(0, 2)) : 0;
  const contract = insuredHires > 0 || (hires > 0 && random.bool(0.4));
  sheet.laborContractSigned = contract;
  sheet.laborContractYears = contract ? random.weighted(CONTRACT_YEARS) : 0;
  sheet.employerSocialInsuranceForHiresYuan =
    (graduates + youths + alleviated) * EMPLOYER_INSURANCE_MONTHLY_YUAN * months;
  if (hires > 0)
    sheet.hiredOn = `${now.year}-${String(13 - months).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`;
}

/** A whole number of about that share of a small count, so that small enterprises get a hire now and then. */
function partOf(random: RandomStream, count: number, share: number): number {
  const expected = count * share * 2 * random.fraction();
  return Math.min(count, Math.floor(expected) + (random.bool(expected % 1) ? 1 : 0));
}
