import {
  AUTHORITIES,
  CITY_AUTHORITIES,
  factsWithAuthority,
  notItsFacts,
  recordersOf,
} from '../../../subgraphs/enterprises/src/domain/fact-authorities.js';
import { recordedFacts } from '../../../subgraphs/enterprises/src/domain/fact-vocabulary.js';
import { regionsOf } from '../../../subgraphs/enterprises/src/domain/regions.js';

/** In this city by the tasks of its departments: who keeps the original of which fact. */
const KEPT: readonly (readonly [fact: string, ...departments: string[]])[] = [
  ['insuredEmployees', 'RSJ'],
  ['hiredGraduates', 'RSJ'],
  ['laborContractYears', 'RSJ'],
  ['employerSocialInsuranceForHiresYuan', 'RSJ'],
  ['taxArrears', 'SHUIWJ'],
  ['taxCreditGrade', 'SHUIWJ'],
  ['sixTaxesTwoFeesDueYuan', 'SHUIWJ'],
  ['employees', 'SHUIWJ', 'TJJ'],
  ['annualRevenueYuan', 'SHUIWJ', 'TJJ'],
  ['totalAssetsYuan', 'SHUIWJ', 'TJJ'],
  ['yearsAboveScale', 'TJJ'],
  ['industrialOutputYuan', 'TJJ'],
  ['retailGrowthPct', 'TJJ'],
  ['rdExpenseYuan', 'SHUIWJ', 'TJJ', 'KJJ'],
  ['certifications', 'SCJGJ'],
  ['inventionPatentsGranted', 'SCJGJ'],
  ['producedInProvince', 'SCJGJ'],
  ['isZombieEnterprise', 'JXJ'],
  ['isKeyEnterprise', 'JXJ'],
  ['importExportYuan', 'SWUJ'],
  ['exportsUSD', 'SWUJ'],
  ['isFiscalFundedUnit', 'CZJ'],
  ['hasRegionalContribution', 'CZJ'],
  ['industryRestricted', 'FGW'],
  ['projectStatus', 'FGW'],
  ['environmentalPenalty', 'STHJJ'],
  ['rentsStateOwnedProperty', 'GZW'],
  ['utilityBillYuan', 'ZJJ'],
  ['loanPrincipalYuan', 'RMYH'],
  ['listingStage', 'SZFB'],
  ['honourFirstTime', 'JXJ', 'KJJ', 'SCJGJ', 'WHLYJ'],
  ['affectedByLockdown', 'XAQZF', 'CBSZF', 'TCXZF', 'JYXZF', 'CYXZF', 'TSXZF'],
];
const EVERYBODY = [...new Set(Object.values(CITY_AUTHORITIES).flat())];

describe('who records a fact', () => {
  it.each(KEPT)('%s: those who keep its original, and nobody else', (fact, ...departments) => {
    expect([...recordersOf(fact, CITY_AUTHORITIES)].toSorted()).toEqual(departments.toSorted());
    for (const department of EVERYBODY)
      expect([department, notItsFacts([fact], department, CITY_AUTHORITIES).length === 0]).toEqual([
        department,
        departments.includes(department),
      ]);
  });

  it('is said for each fact that is recorded, and for no other', () => {
    expect([...factsWithAuthority()].toSorted()).toEqual(
      recordedFacts()
        .map(([name]) => name)
        .toSorted(),
    );
    for (const [fact] of recordedFacts())
      expect([fact, recordersOf(fact, CITY_AUTHORITIES).length > 0]).toEqual([fact, true]);
    expect(recordersOf('dishonestyRecord', CITY_AUTHORITIES)).toEqual([]);
  });

  it('is a department once, also where it is two authorities of a fact', () => {
    const oneForAll = Object.fromEntries(
      AUTHORITIES.map((authority) => [authority, ['ALL']]),
    ) as unknown as typeof CITY_AUTHORITIES;
    expect(recordersOf('rdExpenseYuan', oneForAll)).toEqual(['ALL']);
    expect(notItsFacts(['rdExpenseYuan', 'taxArrears'], 'ALL', oneForAll)).toEqual([]);
  });

  it('is named where another department tries, one sentence for each fact', () => {
    expect(notItsFacts(['taxArrears', 'hiredGraduates', 'employees', 'madeUp'], 'RSJ', CITY_AUTHORITIES)).toEqual([
      { en: 'taxArrears is recorded by SHUIWJ, not by RSJ', zh: 'taxArrears 由 SHUIWJ 登记，不由 RSJ 登记' },
      {
        en: 'employees is recorded by SHUIWJ, TJJ, not by RSJ',
        zh: 'employees 由 SHUIWJ、TJJ 登记，不由 RSJ 登记',
      },
      {
        en: 'madeUp is recorded by nobody in this city, not by RSJ',
        zh: 'madeUp 由 本市以外的单位 登记，不由 RSJ 登记',
      },
    ]);
    expect(notItsFacts([], 'RSJ', CITY_AUTHORITIES)).toEqual([]);
  });
});

describe('the regions of a city', () => {
  it('are those that its departments serve, each once, by code', () => {
    const of = (code: string, name: string) => ({ region: { code, name, more: 'left out' } });
    expect(
      regionsOf([of('421281', '赤壁市'), of('421200', '咸宁市'), of('421202', '咸安区'), of('421200', '咸宁市')]),
    ).toEqual([
      { code: '421200', name: '咸宁市' },
      { code: '421202', name: '咸安区' },
      { code: '421281', name: '赤壁市' },
    ]);
    expect(regionsOf([])).toEqual([]);
  });
});
