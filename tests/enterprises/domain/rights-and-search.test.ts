import { mayReadEnterprise, maskTelephone, maySeeTelephone } from '../../../subgraphs/enterprises/src/domain/access.js';
import { checkFacts } from '../../../subgraphs/enterprises/src/domain/fact-vocabulary.js';
import { nameTerms, searchTerms } from '../../../subgraphs/enterprises/src/domain/search-terms.js';

const own = '91110000600037341L';
const other = '91330100799655058B';

describe('rights on an enterprise', () => {
  it.each([
    [null, false],
    [{ roles: ['ENTERPRISE'], uscc: own }, true],
    [{ roles: ['ENTERPRISE'], uscc: other }, false],
    [{ roles: [], uscc: own }, false],
    [{ roles: ['OFFICER'], department: 'RSJ' }, true],
    [{ roles: ['AUDITOR'] }, true],
  ])('%j may read it: %s', (caller, may) => {
    expect(mayReadEnterprise(caller, own)).toBe(may);
  });

  it('shows telephones to officials and to the enterprise itself, not to auditors and machines', () => {
    expect(maySeeTelephone({ roles: ['OFFICER'] }, own)).toBe(true);
    expect(maySeeTelephone({ roles: ['ENTERPRISE'], uscc: own }, own)).toBe(true);
    expect(maySeeTelephone({ roles: ['AUDITOR'] }, own)).toBe(false);
    expect(maySeeTelephone({ roles: ['SERVICE'] }, own)).toBe(false);
  });

  it('hides the middle of a telephone number, and nearly all of a short one', () => {
    expect(maskTelephone('13800001234')).toBe('138****1234');
    expect(maskTelephone('8123456')).toBe('****56');
  });
});

describe('searching names', () => {
  it('stores pairs of characters and initials from every place', () => {
    const { pairs, initials } = nameTerms('赤壁茶业');
    expect(pairs).toEqual(['赤壁', '壁茶', '茶业']);
    expect(initials).toEqual(['cbcy', 'bcy', 'cy']);
  });

  it.each([
    [' 茶业 ', { kind: 'name', text: '茶业', pairs: ['茶业'] }],
    ['9142', { kind: 'code', prefix: '9142' }],
    ['91421281m', { kind: 'code', prefix: '91421281M' }],
    ['CBCY', { kind: 'initials', prefix: 'cbcy' }],
  ])('reads %j rightly', (text, terms) => {
    expect(searchTerms(text)).toEqual(terms);
  });
});

describe('checkFacts', () => {
  const isDate = (value: unknown): boolean => value === '2026-01-01';

  it('takes facts of the right kind and withdrawals', () => {
    expect(checkFacts({ values: { employees: 12, layoffRatePct: 3.5, taxArrears: false, hiredOn: '2026-01-01' }, withdraw: ['rdExpenseYuan'], isDate })).toEqual({
      facts: { employees: 12, layoffRatePct: 3.5, taxArrears: false, hiredOn: '2026-01-01', rdExpenseYuan: null },
      problems: [],
    });
  });

  it.each([
    ['dishonestyRecord', true],
    ['employees', -1],
    ['employees', 1.5],
    ['annualRevenueYuan', 0.5],
    ['annualRevenueYuan', '12'],
    ['annualRevenueYuan', 2 ** 60],
    ['layoffRatePct', Number.NaN],
    ['layoffRatePct', Number.POSITIVE_INFINITY],
    ['employees', Number.POSITIVE_INFINITY],
    ['employees', null],
    ['taxArrears', 'no'],
    ['hiredOn', '2026-02-30'],
    ['certifications', ['']],
    ['__proto__x', 1],
  ])('refuses %s = %j and names it', (fact, value) => {
    expect(checkFacts({ values: { [fact]: value }, withdraw: [], isDate })).toMatchObject({ facts: {}, problems: [{ path: ['values', fact] }] });
  });

  it('refuses to withdraw what is no fact, or is recorded in the same breath', () => {
    expect(checkFacts({ values: { employees: 12 }, withdraw: ['employees', 'nothing'], isDate }).problems.map(({ path }) => path)).toEqual([['withdraw', '0'], ['withdraw', '1']]);
  });
});
