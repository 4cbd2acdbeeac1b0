import { excludedBeside } from '../../../../subgraphs/policies/src/domain/policy/exclusion.js';

const policies = [
  { id: 'a', excludes: ['b'] },
  { id: 'b', excludes: [] },
  { id: 'c', excludes: ['b', 'a'] },
  { id: 'd', excludes: [] },
];

describe('the policies that are not had beside one', () => {
  it.each([
    ['a', ['b', 'c']],
    ['b', ['a', 'c']],
    ['c', ['a', 'b']],
    ['d', []],
  ])('of %s are %j', (id, beside) => {
    const policy = policies.find((one) => one.id === id) ?? { id, excludes: [] };
    expect(excludedBeside(policy, policies)).toEqual(beside);
  });

  it('count where the other policy is published no longer', () => {
    expect(excludedBeside({ id: 'a', excludes: ['gone'] }, [])).toEqual(['gone']);
  });
});
