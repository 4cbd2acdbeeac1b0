import { versionChanges } from '../../../../subgraphs/policies/src/domain/format/version-changes.js';

it('another group at the place of a group is shown whole, the same group is looked into', () => {
  const group = (key: string, value: number) => ({ [key]: [{ fact: 'employees', op: 'gte', value }] });
  for (const key of ['anyOf', 'allOf', 'not', 'atLeast']) {
    expect(versionChanges([group(key, 1)], [group(key, 2)], 'criteria')).toEqual([
      { place: `criteria[0].${key}[0].value`, before: 1, after: 2 },
    ]);
    const other = key === 'anyOf' ? 'allOf' : 'anyOf';
    expect(versionChanges([group(key, 1)], [group(other, 1)], 'criteria')).toEqual([
      { place: 'criteria[0]', before: group(key, 1), after: group(other, 1) },
    ]);
  }
  expect(versionChanges({ a: { b: 1 } }, { a: null })).toEqual([{ place: 'a', before: { b: 1 }, after: null }]);
  expect(versionChanges({ a: [1] }, { a: { b: 1 } })).toEqual([{ place: 'a', before: [1], after: { b: 1 } }]);
});
