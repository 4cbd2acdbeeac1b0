import { versionChanges } from '../../../../subgraphs/policies/src/domain/format/version-changes.js';

const version = {
  title_zh: '旧题',
  criteria: [
    { fact: 'employees', op: 'gte', value: 10 },
    { fact: 'scale', op: 'eq', value: 'small' },
  ],
  benefit: { amount_yuan: 100 },
};

describe('versionChanges', () => {
  it('shows what changed side by side, with its place', () => {
    const changed = {
      ...version,
      title_zh: '新题',
      criteria: [
        { fact: 'employees', op: 'gte', value: 20 },
        { fact: 'scale', op: 'eq', value: 'small' },
      ],
      valid_to: '2027-12-31',
    };
    expect(versionChanges(version, changed)).toEqual([
      { place: 'title_zh', before: '旧题', after: '新题' },
      { place: 'criteria[0].value', before: 10, after: 20 },
      { place: 'valid_to', before: null, after: '2027-12-31' },
    ]);
  });

  it('shows another criterion whole, instead of a mixture of two', () => {
    const changed = { ...version, criteria: [{ anyOf: [] }] };
    expect(versionChanges(version, changed)).toEqual([
      { place: 'criteria[0]', before: version.criteria[0], after: { anyOf: [] } },
      { place: 'criteria[1]', before: version.criteria[1], after: null },
    ]);
  });

  it('finds nothing between equal versions', () => {
    expect(versionChanges(version, structuredClone(version))).toEqual([]);
  });
});
