import fc from 'fast-check';
import { TO_THE_FEN, type Amount, type Benefit } from '../../../../subgraphs/policies/src/domain/benefit/benefit.js';
import { CityColumns, type CityEnterprise } from '../../../../subgraphs/policies/src/domain/facts/city-columns.js';
import { membersOf, type Criterion, type Test } from '../../../../subgraphs/policies/src/domain/criteria/criteria.js';
import { evaluate } from '../../../../subgraphs/policies/src/domain/evaluation/evaluate.js';
import { factDefinition } from '../../../../subgraphs/policies/src/domain/facts/facts.js';
import { awardFor, matchable, type MatchablePolicy } from '../../../../subgraphs/policies/src/domain/matching/match.js';
import { previewOf, type PreviewResult } from '../../../../subgraphs/policies/src/domain/matching/preview.js';
import { randomCriteria, randomFacts, TODAY } from '../../support/random-criteria.js';

const benefitOf = (amount: Amount, capFen: number | null = null): Benefit => ({
  kind: 'cash',
  text: '',
  amount,
  tiers: [],
  highestOnly: false,
  capFen,
  topUpDifference: false,
  rounding: TO_THE_FEN,
  instalments: null,
  formulaNote: '',
});
const fixed = (fen: number): Benefit => benefitOf({ kind: 'fixed', fen });
const perHead = benefitOf({ kind: 'formula', text: '100 * insuredEmployees' });
const notStated = benefitOf({ kind: 'notStated', keys: [] });

const test = (fact: string, operator: 'GTE' | 'EQ', value: number | string | boolean): Criterion =>
  ({ kind: 'test', fact, operator, value, text: `${fact}的原文` }) as Criterion;
const policy = (criteria: readonly Criterion[], benefit: Benefit, version = 1): MatchablePolicy =>
  matchable({ id: 'p', version, criteria, benefit, region: { code: null } }, TODAY);
const company = (
  row: number,
  values: CityEnterprise['values'],
  section = 'C',
  regionCode = '421202',
): CityEnterprise => ({ uscc: `E${String(row).padStart(3, '0')}`, section, regionCode, values });

function tableOf(rows: readonly CityEnterprise[]): CityColumns {
  const table = new CityColumns();
  for (const row of rows) table.append(row);
  return table;
}

function previewed(
  draft: MatchablePolicy,
  published: MatchablePolicy | null,
  ...tables: readonly (readonly CityEnterprise[])[]
): PreviewResult {
  const preview = previewOf(draft, published);
  for (const table of tables) preview.add(tableOf(table));
  return preview.result();
}

describe('a preview', () => {
  const city = [
    company(0, { insuredEmployees: 10, scale: 'small' }, 'C', '421202'),
    company(1, { insuredEmployees: 20, scale: 'micro' }, 'F', '421202'),
    company(2, { insuredEmployees: 10, scale: 'small' }, 'F', '421281'),
    company(3, { insuredEmployees: 9, scale: 'small' }),
    company(4, { scale: 'small' }),
    company(5, { insuredEmployees: 30 }, 'A', '421281'),
  ];
  const draft = policy([test('insuredEmployees', 'GTE', 10)], perHead);

  it('counts as cost what is paid: a tax that is not asked has a worth, a loan neither, a limit no amount', () => {
    const of = (benefit: Partial<Benefit>) =>
      previewed(policy(draft.criteria, { ...perHead, ...benefit }), draft, city);
    expect(of({ kind: 'interest_subsidy' })).toMatchObject({ costFen: 700_000, worthFen: 0, amountUnknown: 0 });
    expect(of({ kind: 'tax' })).toMatchObject({
      costFen: 0,
      worthFen: 700_000,
      comparison: { costDifferenceFen: -700_000 },
    });
    expect(of({ kind: 'loan' })).toMatchObject({ costFen: 0, worthFen: 0, amountUnknown: 4 });
    expect(of({ atMost: true })).toMatchObject({ costFen: 0, worthFen: 0, amountUnknown: 4 });
  });

  it('counts who gets it, for how much, by section, region and scale', () => {
    expect(previewed(draft, null, city)).toEqual({
      enterprises: 6,
      counts: { ELIGIBLE: 4, NOT_ELIGIBLE: 1, UNDETERMINED: 1 },
      barred: 0,
      costFen: 700_000,
      worthFen: 0,
      amountUnknown: 0,
      funnel: [{ text: 'insuredEmployees的原文', before: 6, refused: 1, unknown: 1, after: 5, aloneRefuses: 1 }],
      missing: [{ fact: 'insuredEmployees', enterprises: 1 }],
      bySection: [
        { key: 'F', eligible: 2, costFen: 300_000 },
        { key: 'A', eligible: 1, costFen: 300_000 },
        { key: 'C', eligible: 1, costFen: 100_000 },
      ],
      byRegion: [
        { key: '421202', eligible: 2, costFen: 300_000 },
        { key: '421281', eligible: 2, costFen: 400_000 },
      ],
      byScale: [
        { key: 'small', eligible: 2, costFen: 200_000 },
        { key: '', eligible: 1, costFen: 300_000 },
        { key: 'micro', eligible: 1, costFen: 200_000 },
      ],
      comparison: null,
    });
  });

  it('counts an eligible enterprise whose amount nobody can say, and adds nothing for it', () => {
    const result = previewed(policy([test('scale', 'EQ', 'small')], perHead), null, city);
    expect([result.counts.ELIGIBLE, result.amountUnknown, result.costFen]).toEqual([4, 1, 290_000]);
    expect(result.byScale).toEqual([{ key: 'small', eligible: 4, costFen: 290_000 }]);
  });

  it.each([
    ['is struck off', { isDeregistered: true }],
    ['lost its licence', { isLicenceRevoked: true, isDeregistered: false }],
  ])('gives nothing to who %s, whatever the policy asks', (_what, off) => {
    const some = [
      company(0, { insuredEmployees: 10 }),
      company(1, { insuredEmployees: 10, isDeregistered: false }),
      company(2, { insuredEmployees: 10, ...off }),
      company(3, { insuredEmployees: 9, ...off }),
      company(4, off),
    ];
    const before = policy([test('insuredEmployees', 'GTE', 11)], perHead);
    expect(previewed(draft, before, some)).toMatchObject({
      counts: { ELIGIBLE: 2, NOT_ELIGIBLE: 3, UNDETERMINED: 0 },
      barred: 1,
      costFen: 200_000,
      missing: [],
      comparison: { gaining: 2, losing: 0, costDifferenceFen: 200_000, gainers: ['E000', 'E001'] },
    });
    expect(previewed(before, draft, some).comparison).toMatchObject({ gaining: 0, losers: ['E000', 'E001'] });
  });

  it('of nobody is a preview too', () => {
    expect(previewed(draft, draft)).toMatchObject({
      enterprises: 0,
      costFen: 0,
      missing: [],
      bySection: [],
      comparison: { gaining: 0, losing: 0, gainers: [], losers: [] },
    });
  });

  it('names the missing facts that most enterprises lack first, equals by name', () => {
    const asked = policy(
      [test('insuredEmployees', 'GTE', 10), test('dishonestyRecord', 'EQ', false), test('annualRevenueYuan', 'GTE', 1)],
      fixed(1),
    );
    expect(
      previewed(asked, null, [
        company(0, { insuredEmployees: 10 }),
        company(1, { dishonestyRecord: false, annualRevenueYuan: 5 }),
      ]).missing,
    ).toEqual([
      { fact: 'annualRevenueYuan', enterprises: 1 },
      { fact: 'dishonestyRecord', enterprises: 1 },
      { fact: 'insuredEmployees', enterprises: 1 },
    ]);
    expect(
      previewed(asked, null, [
        company(0, { annualRevenueYuan: 1 }),
        company(1, { dishonestyRecord: false, annualRevenueYuan: 5 }),
      ]).missing,
    ).toEqual([
      { fact: 'insuredEmployees', enterprises: 2 },
      { fact: 'dishonestyRecord', enterprises: 1 },
    ]);
  });

  it('names no fact that is missing where the outcome is certain without it', () => {
    const either: Criterion = {
      kind: 'any',
      of: [test('insuredEmployees', 'GTE', 10), test('scale', 'EQ', 'small')],
      text: '',
    };
    const asked = policy([either, test('dishonestyRecord', 'EQ', false)], fixed(1));
    expect(
      previewed(asked, null, [
        company(0, { insuredEmployees: 10 }),
        company(1, { scale: 'micro', dishonestyRecord: true }),
      ]).missing,
    ).toEqual([{ fact: 'dishonestyRecord', enterprises: 1 }]);
  });
});

describe('a comparison with the published version', () => {
  const compared = (draft: MatchablePolicy, published: MatchablePolicy, ...rows: readonly CityEnterprise['values'][]) =>
    previewed(
      draft,
      published,
      rows.map((values, row) => company(row, values)),
    ).comparison;
  const atLeast = (count: number, benefit: Benefit): MatchablePolicy =>
    policy([test('insuredEmployees', 'GTE', count)], benefit);

  it('names who comes in and who goes out when the criteria change alone', () => {
    expect(
      compared(
        atLeast(20, fixed(500)),
        atLeast(10, fixed(500)),
        { insuredEmployees: 9 },
        { insuredEmployees: 10 },
        { insuredEmployees: 20 },
        {},
      ),
    ).toEqual({ gaining: 0, losing: 1, costDifferenceFen: -500, gainers: [], losers: ['E001'] });
    expect(
      compared(
        atLeast(10, fixed(500)),
        atLeast(20, fixed(500)),
        { insuredEmployees: 9 },
        { insuredEmployees: 10 },
        { insuredEmployees: 20 },
        {},
      ),
    ).toEqual({ gaining: 1, losing: 0, costDifferenceFen: 500, gainers: ['E001'], losers: [] });
  });

  it('counts more money as gaining, less as losing, and the same as neither', () => {
    expect(
      compared(
        atLeast(10, fixed(300_000)),
        atLeast(10, perHead),
        { insuredEmployees: 20 },
        { insuredEmployees: 30 },
        { insuredEmployees: 40 },
      ),
    ).toEqual({ gaining: 1, losing: 1, costDifferenceFen: 0, gainers: ['E000'], losers: ['E002'] });
  });

  it('counts an amount that nobody knows as nothing, and as better than not eligible', () => {
    expect(compared(atLeast(10, notStated), atLeast(10, fixed(7)), { insuredEmployees: 10 })).toEqual({
      gaining: 0,
      losing: 1,
      costDifferenceFen: -7,
      gainers: [],
      losers: ['E000'],
    });
    expect(compared(atLeast(10, notStated), atLeast(11, notStated), { insuredEmployees: 10 })).toEqual({
      gaining: 1,
      losing: 0,
      costDifferenceFen: 0,
      gainers: ['E000'],
      losers: [],
    });
    expect(compared(atLeast(11, notStated), atLeast(10, notStated), { insuredEmployees: 10 })).toEqual({
      gaining: 0,
      losing: 1,
      costDifferenceFen: 0,
      gainers: [],
      losers: ['E000'],
    });
    expect(compared(atLeast(10, notStated), atLeast(10, fixed(0)), { insuredEmployees: 10 })).toEqual({
      gaining: 0,
      losing: 0,
      costDifferenceFen: 0,
      gainers: [],
      losers: [],
    });
  });

  it('names the first fifty of each and counts them all', () => {
    const all = Array.from({ length: 60 }, () => ({ insuredEmployees: 10 }));
    const names = Array.from({ length: 50 }, (_, row) => `E${String(row).padStart(3, '0')}`);
    expect(compared(atLeast(10, fixed(1)), atLeast(11, fixed(1)), ...all)).toEqual({
      gaining: 60,
      losing: 0,
      costDifferenceFen: 60,
      gainers: names,
      losers: [],
    });
    expect(compared(atLeast(11, fixed(1)), atLeast(10, fixed(1)), ...all)).toEqual({
      gaining: 0,
      losing: 60,
      costDifferenceFen: -60,
      gainers: [],
      losers: names,
    });
  });
});

/** The preview once more, enterprise by enterprise with the interpreter. */
describe('the preview of a random draft', () => {
  const fen = (one: MatchablePolicy, { values }: CityEnterprise): number | null | undefined => {
    const facts = { values, dates: {} };
    if (evaluate(one.criteria, { facts, referenceDate: TODAY }).outcome !== 'ELIGIBLE') return undefined;
    const award = awardFor(one, facts, 0);
    return award.known ? award.fen : null;
  };
  const isOpen = (criteria: readonly Criterion[], { values }: CityEnterprise): boolean =>
    evaluate(criteria, { facts: { values, dates: {} }, referenceDate: TODAY }).outcome === 'UNDETERMINED';
  const asked = ({ fact, operator }: Test): string[] => {
    const { since, priorYear } = factDefinition(fact) ?? { since: null, priorYear: null };
    if (operator === 'WAS_NOT_BEFORE') return [since ?? fact];
    return operator.startsWith('GROWTH') ? [fact, priorYear ?? fact] : [fact];
  };
  const missingIn = (criterion: Criterion, one: CityEnterprise): string[] => {
    if (!isOpen([criterion], one)) return [];
    return criterion.kind === 'test'
      ? asked(criterion).filter((fact) => one.values[fact] === undefined)
      : membersOf(criterion).flatMap((member) => missingIn(member, one));
  };

  const randomBenefit = fc.constantFrom(
    fixed(100),
    fixed(0),
    perHead,
    notStated,
    benefitOf({ kind: 'formula', text: '0.01 * annualRevenueYuan' }, 50_000),
  );
  const randomCity = fc.array(fc.tuple(randomFacts, fc.constantFrom('C', 'F'), fc.constantFrom('421202', '421281')), {
    maxLength: 40,
  });

  it('says what one would count by hand, in one table or in many', () => {
    fc.assert(
      fc.property(
        randomCriteria,
        randomCriteria,
        fc.tuple(randomBenefit, randomBenefit),
        fc.boolean(),
        randomCity,
        fc.nat({ max: 40 }),
        (criteria, before, benefits, sameBenefit, facts, cut) => {
          const city = facts.map(([{ values }, section, region], row) => company(row, values, section, region));
          const [draft, published] = [
            policy(criteria, benefits[0]),
            policy(before, sameBenefit ? benefits[0] : benefits[1]),
          ];
          const result = previewed(draft, published, city.slice(0, cut), city.slice(cut));
          const now = city.map((one) => fen(draft, one));
          const eligible = city.filter((_, row) => now[row] !== undefined);
          const changes = city
            .map((one, row) => ({ uscc: one.uscc, now: now[row], before: fen(published, one) }))
            .map(({ uscc, now: after, before: earlier }) => ({
              uscc,
              cost: (after ?? 0) - (earlier ?? 0),
              change: (after === undefined ? -1 : (after ?? 0)) - (earlier === undefined ? -1 : (earlier ?? 0)),
            }));
          const usccs = (sign: number): string[] =>
            changes.filter(({ change }) => Math.sign(change) === sign).map(({ uscc }) => uscc);
          const missing = new Map<string, number>();
          for (const one of city.filter((each) => isOpen(criteria, each)))
            for (const fact of new Set(criteria.flatMap((criterion) => missingIn(criterion, one))))
              missing.set(fact, (missing.get(fact) ?? 0) + 1);
          const bySection = ['C', 'F'].map((key) => ({
            key,
            eligible: eligible.filter(({ section }) => section === key).length,
            costFen: city.reduce((sum, { section }, row) => sum + (section === key ? (now[row] ?? 0) : 0), 0),
          }));
          expect(result).toMatchObject({
            enterprises: city.length,
            costFen: now.reduce<number>((sum, each) => sum + (each ?? 0), 0),
            amountUnknown: now.filter((each) => each === null).length,
            comparison: {
              gaining: usccs(1).length,
              losing: usccs(-1).length,
              gainers: usccs(1),
              losers: usccs(-1),
              costDifferenceFen: changes.reduce((sum, { cost }) => sum + cost, 0),
            },
          });
          expect(result.counts).toEqual({
            ELIGIBLE: eligible.length,
            UNDETERMINED: city.filter((one) => isOpen(criteria, one)).length,
            NOT_ELIGIBLE: city.length - eligible.length - city.filter((one) => isOpen(criteria, one)).length,
          });
          expect(Object.fromEntries(result.missing.map(({ fact, enterprises }) => [fact, enterprises]))).toEqual(
            Object.fromEntries(missing),
          );
          expect([...result.bySection].sort((one, other) => one.key.localeCompare(other.key))).toEqual(
            bySection.filter((group) => group.eligible > 0),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});
