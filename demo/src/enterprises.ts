import { DISTRICT_SHARES, DISTRICTS } from './departments.js';
import { personName, telephone } from './names.js';
import { randomStream } from './random.js';
import type { DemoEnterprise, DemoOfficial } from './types.js';
import { makeUscc } from './uscc.js';

/** Generates the market entities. */
export function makeEnterprises(seed: string, count: number, referenceDate: string, officials: readonly DemoOfficial[]): DemoEnterprise[] {
  const random = randomStream(seed, 'enterprises');
  const year = Number(referenceDate.slice(0, 4)) - 1;
  return Array.from({ length: count }, (_, i): DemoEnterprise => {
    const regionCode = random.weighted(DISTRICT_SHARES);
    const individual = random.bool(0.6);
    const region = DISTRICTS.find(({ code }) => code === regionCode)?.name ?? '';
    const values = {
      scale: individual ? 'individual' : 'micro', industryCode: 'C1330', registeredRegion: regionCode, registeredProvince: '420000',
      employees: random.int(1, 9), annualRevenueYuan: random.int(50_000, 2_000_000),
    };
    const steward = i < 196 ? random.pick(officials).id : null;
    return {
      uscc: makeUscc(individual ? '2' : '1', regionCode, `MX${String(i).padStart(6, '0')}`),
      name: individual ? `${region}老${personName(random)}餐馆${i}` : `${region}鼎盛${i}机械制造有限公司`,
      legalForm: individual ? 'INDIVIDUAL_BUSINESS' : 'LIMITED_COMPANY',
      industry: { section: 'C', sectionName: '制造业', code: 'C1330', name: '植物油加工' },
      regionCode,
      registeredOn: '2019-05-06',
      status: 'IN_OPERATION',
      statusChangedOn: null,
      registeredCapitalFen: individual ? 0 : 100_000_000,
      legalRepresentative: personName(random),
      scale: 'MICRO',
      statCategory: steward === null ? null : '规上工业',
      contact: { name: personName(random), telephone: telephone(random), address: `${region}长安大道${random.int(1, 300)}号` },
      officialId: random.pick(officials).id,
      stewardship: steward === null ? null : { stewardId: steward, leaderId: 'LD-01', unitCode: 'JXJ' },
      honours: [],
      factYears: [0, 1, 2].map((back) => ({ year: year - back, asOf: `${year - back}-12-31`, values })),
    };
  });
}
