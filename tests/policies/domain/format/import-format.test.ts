import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { readPolicyFile, writePolicy } from '../../../../subgraphs/policies/src/domain/format/import-format.js';
import { readCriteria } from '../../../../subgraphs/policies/src/domain/criteria/read-criteria.js';
import { writeCriterion } from '../../../../subgraphs/policies/src/domain/criteria/write-criteria.js';
import { randomCriteria, TODAY } from '../../support/random-criteria.js';

const realPolicies: unknown = JSON.parse(
  readFileSync(
    fileURLToPath(new URL('../../../../subgraphs/policies/data/real-policies.json', import.meta.url)),
    'utf8',
  ),
);
const policy = {
  id: 'one',
  title_zh: '一',
  issuer: '局',
  criteria: [{ fact: 'employees', op: 'gte', value: 1 }],
  benefit: { kind: 'cash', amount_yuan: 1 },
};

describe('the 77 real policies', () => {
  const report = readPolicyFile(realPolicies, TODAY);

  it('are accepted, all of them', () => {
    expect(report.refused).toEqual([]);
    expect(report.accepted).toHaveLength(77);
  });

  it('are exported again without loss', () => {
    expect(report.accepted.map(writePolicy)).toEqual(realPolicies);
  });
});

describe('readPolicyFile', () => {
  it('accepts what is right and names what is wrong, policy by policy', () => {
    const { accepted, refused } = readPolicyFile(
      [policy, { ...policy, id: 'two', valid_to: '2020-13-01' }, policy, 'nonsense', { ...policy, id: 'Bad Id' }],
      TODAY,
    );
    expect(accepted.map(({ id }) => id)).toEqual(['one']);
    expect(
      refused.map(
        ({ policy: name, problems }) => `${name}: ${problems.map(({ place, code }) => `${place} ${code}`).join()}`,
      ),
    ).toEqual(['two: valid_to WRONG_TYPE', 'one: id DUPLICATE', '#4:  WRONG_SHAPE', '#5: id WRONG_TYPE']);
  });

  it('keeps everything that an officer may add to a policy', () => {
    const full = {
      ...policy,
      title_en: 'One',
      issuer_code: 'RSJ',
      region: { code: '421200', name: '咸宁市' },
      source_url: 'https://example.gov.cn/1',
      source_kind: 'gov',
      published: '2026-01-01',
      status: 'final',
      exempt_from_application: true,
      valid_from: '2026-01-01',
      valid_to: '2026-12-31',
      notes: '',
      legal_basis: '依据',
      interpretation_zh: '解读',
      budget_yuan: 5000000.5,
      excludes: ['two'],
      grant_period: 'YEAR',
      publicity_days: 7,
      adapted_from: {
        issuer: '外地',
        region: { code: '411200', name: '三门峡' },
        valid_from: null,
        valid_to: '2025-12-31',
        note: '改到本市',
      },
      benefit: {
        kind: 'cash',
        formula: '3 * employees',
        cap_yuan: 9,
        rounding: { unit_yuan: 100, mode: 'DOWN' },
        text_zh: '每人3元',
      },
    };
    const { accepted, refused } = readPolicyFile([full], TODAY);
    expect(refused).toEqual([]);
    expect(accepted.map(writePolicy)).toEqual([full]);
  });

  it('reads back what it wrote, also of a policy that says only what it must', () => {
    const { accepted } = readPolicyFile([policy, { ...policy, id: 'two', benefit: { kind: 'loan' } }], TODAY);
    expect(accepted).toHaveLength(2);
    expect(readPolicyFile(accepted.map(writePolicy), TODAY)).toEqual({ accepted, refused: [] });
  });

  it('refuses a file that is no list', () => {
    expect(readPolicyFile({ policies: [] }, TODAY).refused).toMatchObject([
      { policy: 'file', problems: [{ code: 'WRONG_SHAPE' }] },
    ]);
  });

  it('never throws, whatever the file holds', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (row, criteria) =>
        expect(
          readPolicyFile([row, { ...policy, criteria }, { ...policy, id: 'x1', benefit: row }], TODAY).refused.length,
        ).toBeGreaterThan(0),
      ),
    );
  });
});

describe('criteria', () => {
  it('of any shape are written and read back the same', () => {
    fc.assert(
      fc.property(randomCriteria, (criteria) => {
        expect(readCriteria(JSON.parse(JSON.stringify(criteria.map(writeCriterion))), 'criteria')).toEqual({
          criteria,
          problems: [],
        });
      }),
    );
  });
});
