import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { includesDay } from '@zhitong/values';
import { adaptPolicy } from '../../../subgraphs/policies/src/demo/adapt-policy.js';
import { testsOf } from '../../../subgraphs/policies/src/domain/criteria/criteria.js';
import { readPolicyFile } from '../../../subgraphs/policies/src/domain/format/import-format.js';
import { TODAY } from '../support/random-criteria.js';

const real: unknown = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../../subgraphs/policies/data/real-policies.json', import.meta.url)), 'utf8'),
);
const place = {
  city: { code: '421200', name: '咸宁市' },
  districtCodes: ['421281'],
  departmentCodes: new Set(['RSJ', 'SHUIWJ', 'KJJ', 'JXJ', 'SWUJ', 'CZJ', 'GZW', 'SZFB', 'CBSZF']),
};
const originals = readPolicyFile(real, TODAY).accepted;
const adapted = originals.map((policy) => adaptPolicy(policy, place, TODAY));

describe('the real policies, adapted to the demo city', () => {
  it('are all open on the day of the demo, and keep what they said before', () => {
    expect(adapted.filter(({ window }) => !includesDay(window, TODAY)).map(({ id }) => id)).toEqual([]);
    for (const [index, policy] of adapted.entries()) {
      expect(policy.adaptation).toMatchObject({
        issuer: originals[index]?.issuerName,
        region: originals[index]?.region,
        window: originals[index]?.window,
      });
      expect(policy.source).toEqual(originals[index]?.source);
    }
  });

  it('ask no enterprise to be registered in another city', () => {
    const regions = adapted
      .flatMap(({ criteria }) => testsOf(criteria))
      .filter(({ fact }) => fact === 'registeredRegion');
    expect(regions.length).toBeGreaterThan(5);
    expect(regions.every(({ operator, value }) => operator === 'UNDER' && value === '421200')).toBe(true);
  });

  it('belong to a department of the city by kind', () => {
    const issuer = (id: string) => adapted.find((policy) => policy.id === id)?.issuerCode;
    expect([
      issuer('smx-wengang-2025'),
      issuer('cn-vat-1pct-2023'),
      issuer('sz-longhua-hnte-2020'),
      issuer('hhht-guishang-2025'),
      issuer('chibi-hotel-2020'),
    ]).toEqual(['RSJ', 'SHUIWJ', 'KJJ', 'JXJ', 'CBSZF']);
  });
});
