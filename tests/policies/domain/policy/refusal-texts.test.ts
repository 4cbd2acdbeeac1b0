import { employees, ofCriterion, refusals } from '../../support/refusals.js';

describe('an official who saves a policy is told in words', () => {
  it.each<[unknown, string]>([
    [5, 'criteria[0] WRONG_SHAPE: A criterion is an object, not 5.'],
    [null, 'criteria[0] WRONG_SHAPE: A criterion is an object, not null.'],
    [[employees], 'criteria[0] WRONG_SHAPE: A criterion is an object, not a list of 1.'],
    [{}, 'criteria[0] WRONG_SHAPE: A criterion has fact, anyOf, allOf, not or atLeast.'],
    [{ ...employees, text_zh: 5 }, 'criteria[0].text_zh WRONG_TYPE: A text of at most 2000 characters is needed.'],
    [
      { ...employees, text_zh: '字'.repeat(2_001) },
      'criteria[0].text_zh WRONG_TYPE: A text of at most 2000 characters is needed.',
    ],
    [{ ...employees, of: 1 }, 'criteria[0].of UNKNOWN_KEY: A criterion with fact has no such key.'],
    [
      { anyOf: [employees], ['x'.repeat(50)]: 1 },
      `criteria[0].${'x'.repeat(40)} UNKNOWN_KEY: A criterion with anyOf has no such key.`,
    ],
    [{ allOf: [employees], of: [] }, 'criteria[0].of UNKNOWN_KEY: A criterion with allOf has no such key.'],
    [{ not: employees, of: [] }, 'criteria[0].of UNKNOWN_KEY: A criterion with not has no such key.'],
    [
      { atLeast: 1, of: [employees], op: 'eq' },
      'criteria[0].op UNKNOWN_KEY: A criterion with atLeast has no such key.',
    ],
    [{ allOf: employees }, 'criteria[0].allOf WRONG_SHAPE: A list of criteria is needed, not an object.'],
    [{ allOf: [] }, 'criteria[0] WRONG_SHAPE: A group needs at least one criterion.'],
    [{ atLeast: 1 }, 'criteria[0].of WRONG_SHAPE: A list of criteria is needed, not nothing.'],
    [{ atLeast: 0, of: [employees] }, 'criteria[0].atLeast WRONG_TYPE: A whole number of at least 1 is needed, not 0.'],
    [
      { atLeast: 1.5, of: [employees, employees] },
      'criteria[0].atLeast WRONG_TYPE: A whole number of at least 1 is needed, not 1.5.',
    ],
    [
      { atLeast: '1', of: [employees] },
      'criteria[0].atLeast WRONG_TYPE: A whole number of at least 1 is needed, not "1".',
    ],
    [{ atLeast: 2, of: [employees] }, 'criteria[0].atLeast CONTRADICTION: At least 2 of 1 criteria can never be met.'],
    [
      { atLeast: 1, of: Array.from({ length: 11 }, () => employees) },
      'criteria[0].of TOO_LARGE: "At least n of" takes at most 10 criteria.',
    ],
    [
      { fact: 'madeUp', op: 'eq', value: 1 },
      'criteria[0].fact UNKNOWN_FACT: "madeUp" is not in the vocabulary of facts.',
    ],
    [{ fact: 7, op: 'eq', value: 1 }, 'criteria[0].fact UNKNOWN_FACT: 7 is not in the vocabulary of facts.'],
    [
      { ...employees, op: 'toString' },
      'criteria[0].op UNKNOWN_OPERATOR: "toString" is not one of eq, ne, in, nin, gte, gt, lte, lt, between, exists, contains, containsAny, startsWith, under, withinLast, atLeastAgo, wasNotBefore, growthGte, growthGt, has.',
    ],
  ])('that a criterion %j has the wrong form', (criterion, expected) => {
    expect(ofCriterion(criterion)).toEqual([expected]);
  });

  it.each<[string, string, unknown, string]>([
    ['honours', 'eq', 'x', 'op WRONG_OPERATOR: honours eq: a list of titles is asked with contains or containsAny'],
    ['honours', 'ne', 'x', 'op WRONG_OPERATOR: honours ne: a list of titles is asked with contains or containsAny'],
    ['honours', 'in', ['x'], 'op WRONG_OPERATOR: honours in: a list of titles is asked with contains or containsAny'],
    ['honours', 'nin', ['x'], 'op WRONG_OPERATOR: honours nin: a list of titles is asked with contains or containsAny'],
    ['employees', 'eq', '5', 'value WRONG_TYPE: employees eq: "5" must be a number'],
    ['employees', 'ne', 5.5, 'value WRONG_TYPE: employees ne: 5.5 must be a whole number'],
    ['dishonestyRecord', 'eq', 1, 'value WRONG_TYPE: dishonestyRecord eq: 1 must be true or false'],
    ['employees', 'gte', 1e14, 'value OUT_OF_RANGE: employees gte: 100000000000000 must lie within ±10000000000000'],
    ['employees', 'lt', -1e14, 'value OUT_OF_RANGE: employees lt: -100000000000000 must lie within ±10000000000000'],
    ['employees', 'in', [], 'value WRONG_TYPE: employees in: a list of 0 must be a list of 1 to 500 values'],
    [
      'employees',
      'in',
      Array.from({ length: 501 }, (_, index) => index),
      'value WRONG_TYPE: employees in: a list of 501 must be a list of 1 to 500 values',
    ],
    ['employees', 'nin', 5, 'value WRONG_TYPE: employees nin: 5 must be a list of 1 to 500 values'],
    ['employees', 'in', [1, 'x'], 'value WRONG_TYPE: employees in: "x" must be a number'],
    ['employees', 'in', [1, 1], 'value DUPLICATE: employees in: a value stands twice in the list'],
    ['dishonestyRecord', 'gt', true, 'op WRONG_OPERATOR: dishonestyRecord gt: BOOLEAN values have no order'],
    [
      'dishonestyRecord',
      'between',
      [1, 2],
      'op WRONG_OPERATOR: dishonestyRecord between: BOOLEAN values have no order',
    ],
    ['employees', 'between', [1], 'value WRONG_TYPE: employees between: a list of 1 must be two values, lowest first'],
    ['employees', 'between', 'xx', 'value WRONG_TYPE: employees between: "xx" must be two values, lowest first'],
    ['employees', 'between', ['a', 2], 'value WRONG_TYPE: employees between: "a" must be a number'],
    ['employees', 'between', [1, 'b'], 'value WRONG_TYPE: employees between: "b" must be a number'],
    ['employees', 'between', [2, 1], 'value CONTRADICTION: employees between: 2 lies above 1'],
    [
      'employees',
      'exists',
      false,
      'value WRONG_TYPE: employees exists: false must be true: that a fact is absent cannot be known',
    ],
    ['employees', 'contains', 'x', 'op WRONG_OPERATOR: employees contains: only a list of titles contains something'],
    [
      'employees',
      'containsAny',
      ['x'],
      'op WRONG_OPERATOR: employees containsAny: only a list of titles contains something',
    ],
    ['honours', 'contains', '', 'value WRONG_TYPE: honours contains: "" must be one title'],
    ['honours', 'containsAny', [], 'value WRONG_TYPE: honours containsAny: a list of 0 must hold at least one title'],
    ['honours', 'containsAny', 'x', 'value WRONG_TYPE: honours containsAny: "x" must be a list of at most 500 titles'],
    [
      'honours',
      'containsAny',
      [''],
      'value WRONG_TYPE: honours containsAny: a list of 1 must hold titles of 1 to 200 characters',
    ],
    ['employees', 'under', 'C', 'op WRONG_OPERATOR: employees under: only a code has a hierarchy'],
    [
      'industryCode',
      'startsWith',
      'c',
      'value WRONG_TYPE: industryCode startsWith: "c" must be a code of 1 to 12 capital letters and digits',
    ],
    [
      'industryCode',
      'under',
      'C'.repeat(13),
      `value WRONG_TYPE: industryCode under: "${'C'.repeat(13)}" must be a code of 1 to 12 capital letters and digits`,
    ],
    [
      'industryCode',
      'under',
      ' C13',
      'value WRONG_TYPE: industryCode under: " C13" must be a code of 1 to 12 capital letters and digits',
    ],
    [
      'employees',
      'withinLast',
      { count: 1, unit: 'DAYS' },
      'op WRONG_OPERATOR: employees withinLast: only a date lies in a period',
    ],
    [
      'employees',
      'wasNotBefore',
      '2026-01-01',
      'op WRONG_OPERATOR: employees wasNotBefore: no record says since when this has been so',
    ],
    [
      'registeredOn',
      'wasNotBefore',
      '2026-02-30',
      'value WRONG_TYPE: registeredOn wasNotBefore: "2026-02-30" must be an existing day, YYYY-MM-DD',
    ],
    [
      'layoffRatePct',
      'growthGt',
      1,
      'op WRONG_OPERATOR: layoffRatePct growthGt: no record holds the figure of the year before',
    ],
    [
      'annualRevenueYuan',
      'growthGte',
      '1',
      'value WRONG_TYPE: annualRevenueYuan growthGte: "1" must be a number of per cent within ±1000000',
    ],
    [
      'annualRevenueYuan',
      'growthGte',
      1_000_000.5,
      'value WRONG_TYPE: annualRevenueYuan growthGte: 1000000.5 must be a number of per cent within ±1000000',
    ],
    [
      'scale',
      'eq',
      'huge',
      'value WRONG_TYPE: scale eq: "huge" must be one of large, medium, small, micro, individual',
    ],
    [
      'scale',
      'eq',
      '$leastStaff',
      'value UNKNOWN_PARAMETER: scale eq: a dated parameter such as "$leastStaff" cannot stand here; write its value',
    ],
  ])('that %s %s %j cannot be asked', (fact, op, value, expected) => {
    expect(ofCriterion({ fact, op, value })).toEqual([`criteria[0].${expected}`]);
  });

  it.each<[unknown]>([
    [5],
    [{ count: 0, unit: 'DAYS' }],
    [{ count: 1.5, unit: 'YEARS' }],
    [{ count: '1', unit: 'YEARS' }],
    [{ count: 1, unit: 'WEEKS' }],
    [{ count: 151, unit: 'YEARS' }],
    [{ count: 1_826, unit: 'MONTHS' }],
    [{ count: 54_751, unit: 'DAYS' }],
  ])('that %j is no period', (value) => {
    expect(ofCriterion({ fact: 'registeredOn', op: 'withinLast', value })).toEqual([
      expect.stringContaining('must be {"count": 1…50000, "unit": "DAYS" | "MONTHS" | "YEARS"} of at most 150 years'),
    ]);
  });

  it.each<[unknown]>([
    [{ count: 1, unit: 'DAYS' }],
    [{ count: 150, unit: 'YEARS' }],
    [{ count: 1_825, unit: 'MONTHS' }],
    [{ count: 54_750, unit: 'DAYS' }],
  ])('nothing of the period %j', (value) => {
    expect(ofCriterion({ fact: 'registeredOn', op: 'atLeastAgo', value })).toEqual([]);
  });

  it('nothing of what lies just within a limit', () => {
    const ten = Array.from({ length: 10 }, () => employees);
    expect(ofCriterion({ atLeast: 10, of: ten, text_zh: '字'.repeat(2_000) })).toEqual([]);
    expect(
      ofCriterion({ fact: 'employees', op: 'in', value: Array.from({ length: 500 }, (_, index) => index) }),
    ).toEqual([]);
    expect(refusals({ criteria: Array.from({ length: 2_000 }, () => employees) })).toEqual([]);
    expect(
      refusals({
        criteria: [
          { fact: 'annualRevenueYuan', op: 'growthGte', value: 1_000_000 },
          { fact: 'industryCode', op: 'under', value: 'C1330' },
          { fact: 'employees', op: 'exists' },
        ],
      }),
    ).toEqual([]);
    expect(
      refusals({
        criteria: [
          { fact: 'employees', op: 'between', value: [3, 3] },
          { fact: 'registeredOn', op: 'between', value: ['2026-01-01', '2026-01-02'] },
        ],
      }),
    ).toEqual([]);
  });

  it('how deep and how many criteria may be', () => {
    let tree: unknown = employees;
    for (let level = 0; level < 32; level += 1) tree = { allOf: [tree] };
    expect(ofCriterion(tree)).toEqual([]);
    expect(ofCriterion({ allOf: [tree] })).toEqual([
      expect.stringMatching(/TOO_DEEP: Criteria nest more than 32 deep\.$/),
    ]);
    expect(refusals({ criteria: Array.from({ length: 2_001 }, () => employees) })).toEqual([
      'criteria TOO_LARGE: More than 2000 criteria.',
    ]);
  });

  it('every wrong member of a list, each at its place', () => {
    expect(refusals({ criteria: [5, employees, { anyOf: [employees, 6] }] })).toEqual([
      'criteria[0] WRONG_SHAPE: A criterion is an object, not 5.',
      'criteria[2].anyOf[1] WRONG_SHAPE: A criterion is an object, not 6.',
    ]);
  });
});
