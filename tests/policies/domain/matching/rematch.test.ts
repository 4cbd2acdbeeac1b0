import { matchable, type MatchablePolicy } from '../../../../subgraphs/policies/src/domain/matching/match.js';
import {
  afterRematch,
  changedFacts,
  policiesToRematch,
} from '../../../../subgraphs/policies/src/domain/matching/rematch.js';
import { readPolicyFile } from '../../../../subgraphs/policies/src/domain/format/import-format.js';
import { TODAY } from '../../support/random-criteria.js';

function policy(
  id: string,
  version: number,
  criterion: Record<string, unknown> = { fact: 'employees', op: 'gte', value: 1 },
): MatchablePolicy {
  const { accepted } = readPolicyFile(
    [{ id, title_zh: id, issuer: '局', criteria: [criterion], benefit: { kind: 'cash', amount_yuan: 1 } }],
    TODAY,
  );
  return matchable(
    {
      id,
      version,
      criteria: accepted[0]?.criteria ?? [],
      benefit: accepted[0]?.benefit ?? never(),
      region: { code: null },
    },
    TODAY,
  );
}
const never = (): never => {
  throw new Error('refused');
};
const young = { fact: 'registeredOn', op: 'withinLast', value: { count: 3, unit: 'YEARS' } };

describe('policiesToRematch', () => {
  const matched = {
    policies: [
      { id: 'same', version: 1 },
      { id: 'changed', version: 1 },
      { id: 'ended', version: 1 },
      { id: 'young', version: 1 },
    ],
    referenceDate: TODAY,
  };

  it('names what was changed, added or ended', () => {
    expect(
      policiesToRematch(
        matched,
        [policy('same', 1), policy('changed', 2), policy('fresh', 1), policy('young', 1, young)],
        TODAY,
      ),
    ).toEqual(['changed', 'ended', 'fresh']);
  });

  it('names on a new day what asks for a period that ends on it', () => {
    const applying = [policy('same', 1), policy('changed', 1), policy('ended', 1), policy('young', 1, young)];
    expect(policiesToRematch(matched, applying, TODAY)).toEqual([]);
    expect(policiesToRematch(matched, applying, '2026-11-21')).toEqual(['young']);
  });

  it('names nothing once they were matched again', () => {
    const applying = [policy('same', 1), policy('changed', 2), policy('young', 1, young)];
    const after = afterRematch(
      matched,
      new Set(policiesToRematch(matched, applying, '2026-11-21')),
      applying,
      '2026-11-21',
    );
    expect(policiesToRematch(after, applying, '2026-11-21')).toEqual([]);
  });
});

describe('changedFacts', () => {
  it('names facts that came, went or changed', () => {
    expect(changedFacts({ same: ['a'], went: 1, changed: 2 }, { same: ['a'], changed: 3, came: true })).toEqual([
      'came',
      'changed',
      'went',
    ]);
  });
});
