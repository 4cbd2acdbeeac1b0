import type { CriterionOver } from '../../../../subgraphs/policies/src/domain/criteria/criteria.js';
import {
  fold,
  foldAll,
  mapLeaves,
  neededOf,
  type GroupAlgebra,
} from '../../../../subgraphs/policies/src/domain/criteria/fold.js';

interface Letter {
  readonly kind: 'letter';
  readonly name: string;
}
type Tree = CriterionOver<Letter>;

const letter = (name: string): Letter => ({ kind: 'letter', name });
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(letter) as [Letter, Letter, Letter, Letter];
const tree: Tree = {
  kind: 'all',
  text: '',
  of: [
    a,
    { kind: 'not', text: '', of: { kind: 'any', text: '', of: [b, c] } },
    { kind: 'atLeast', count: 2, text: 'two', of: [a, d, c] },
  ],
};

/** Writes a tree down: what was joined how, in which order. */
const WRITTEN: GroupAlgebra<string> = {
  all: (of) => `all(${of.join(' ')})`,
  any: (of) => `any(${of.join(' ')})`,
  not: (of) => `not(${of})`,
  atLeast: (count, of) => `${String(count)} of(${of.join(' ')})`,
};
const nameOf = ({ name }: Letter): string => name;

describe('a fold over criteria', () => {
  it('joins each group by the algebra, members in their order', () => {
    expect(fold(tree, nameOf, WRITTEN)).toBe('all(a not(any(b c)) 2 of(a d c))');
    expect(fold(b, nameOf, WRITTEN)).toBe('b');
  });

  it('takes several criteria as such that must all be met', () => {
    expect(foldAll([b, tree], nameOf, WRITTEN)).toBe('all(b all(a not(any(b c)) 2 of(a d c)))');
    expect(foldAll([], nameOf, WRITTEN)).toBe('all()');
  });

  it('puts other leaves into the same tree, words and counts included', () => {
    const capitals = mapLeaves(tree, ({ name }: Letter) => letter(name.toUpperCase()));
    expect(fold(capitals, nameOf, WRITTEN)).toBe('all(A not(any(B C)) 2 of(A D C))');
    expect(capitals).toMatchObject({ of: [{}, {}, { count: 2, text: 'two' }] });
  });
});

describe('how many members settle a group', () => {
  const of = [a, b, c, d];
  it.each([
    [{ kind: 'all', of } as const, 4, 1],
    [{ kind: 'any', of } as const, 1, 4],
    [{ kind: 'atLeast', count: 3, of } as const, 3, 2],
  ])('%j', (group, toBeMet, toBeRefused) => {
    expect([neededOf(group, true), neededOf(group, false)]).toEqual([toBeMet, toBeRefused]);
  });
});
