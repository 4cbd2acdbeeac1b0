import { desksInstead } from '../../../subgraphs/cases/src/domain/channel-desks.js';
import { telephoneForms, telephoneHash } from '../../../subgraphs/cases/src/domain/telephone.js';
import { checkFaults, hasFindings, type CheckItem } from '../../../subgraphs/cases/src/domain/undercover-check.js';

describe('a telephone number', () => {
  it.each<[string, string[]]>([
    ['138 1234 5678', ['13812345678']],
    ['＋86-138-1234-5678', ['13812345678']],
    ['0086 13812345678', ['13812345678']],
    ['8613812345678', ['13812345678']],
    ['0715-8123456', ['07158123456', '8123456']],
    ['+86 (0715) 8123456', ['07158123456', '8123456']],
    ['010 66554433', ['01066554433', '66554433']],
    ['027-8765432', ['0278765432', '8765432']],
    ['8123456', ['8123456']],
    ['12345', ['12345']],
    ['1234', []],
    ['无', []],
    ['', []],
  ])('%s is found by %j', (telephone, forms) => expect(telephoneForms(telephone)).toEqual(forms));

  it('is kept as keyed hashes of its forms', () => {
    // printf 13812345678 | openssl dgst -sha256 -hmac key -binary | base64
    expect(telephoneHash('key')('138-1234-5678')).toEqual(['oxT5FJweCAg5GAuG0YVCwfr-RntAvx-8-FE6WQMwlwM']);
    expect(telephoneHash('key')('0715-8123456')).toHaveLength(2);
    expect(telephoneHash('other')('138-1234-5678')).not.toEqual(telephoneHash('key')('138-1234-5678'));
    expect(telephoneHash('key')(null)).toEqual([]);
  });
});

describe('the desk of a channel', () => {
  const desks = { CHAMBER: ['GSL', 'TZB'] };
  it('takes in what comes by it, and every desk what comes by a channel without one', () => {
    expect(desksInstead(desks, 'CHAMBER', 'GSL')).toBeNull();
    expect(desksInstead(desks, 'CHAMBER', 'RSJ')).toEqual(['GSL', 'TZB']);
    expect(desksInstead(desks, 'CHAMBER', null)).toEqual(['GSL', 'TZB']);
    expect(desksInstead(desks, 'PORTAL', 'RSJ')).toBeNull();
    expect(desksInstead(desks, 'PORTAL', null)).toBeNull();
  });
});

describe('the form of a check', () => {
  const inOrder: CheckItem = { aspect: 'ATTITUDE', isInOrder: true, finding: null };
  const found: CheckItem = { aspect: 'CHARGES', isInOrder: false, finding: '违规收费' };
  const form = { place: '政务大厅', checkers: ['李四'], items: [inOrder], hasLastDay: false };
  const paths = (part: Partial<typeof form>): string[] =>
    checkFaults({ ...form, ...part }).map(({ path }) => path.join('.'));

  it('is taken in order, or with findings and a day', () => {
    expect(paths({})).toEqual([]);
    expect(paths({ items: [inOrder, found], hasLastDay: true })).toEqual([]);
    expect(paths({ items: [{ ...inOrder, finding: '热情周到' }] })).toEqual([]);
    expect(paths({ checkers: Array.from({ length: 20 }, () => '李四') })).toEqual([]);
    expect([hasFindings([inOrder]), hasFindings([inOrder, found]), hasFindings([])]).toEqual([false, true, false]);
  });

  it('names what is wrong with it', () => {
    expect(paths({ place: '' })).toEqual(['place']);
    expect(checkFaults({ ...form, checkers: [] })).toEqual([{ path: ['checkers'], message: '1 to 20 persons, not 0' }]);
    expect(paths({ checkers: Array.from({ length: 21 }, () => '李四') })).toEqual(['checkers']);
    expect(paths({ checkers: ['李四', ''] })).toEqual(['checkers.1']);
    expect(paths({ items: [] })).toEqual(['items']);
    expect(checkFaults({ ...form, items: [inOrder, inOrder] })).toEqual([
      { path: ['items', '1', 'aspect'], message: 'ATTITUDE is looked at once' },
    ]);
    expect(checkFaults({ ...form, items: [{ ...found, finding: null }], hasLastDay: true })).toEqual([
      { path: ['items', '0', 'finding'], message: 'what is not in order is described' },
    ]);
    expect(paths({ items: [{ ...found, finding: '' }], hasLastDay: true })).toEqual(['items.0.finding']);
    expect(checkFaults({ ...form, hasLastDay: true })).toEqual([
      { path: ['rectifyBy'], message: 'nothing is to be rectified' },
    ]);
    expect(checkFaults({ ...form, items: [found] })).toEqual([
      { path: ['rectifyBy'], message: 'what was found is rectified by a day' },
    ]);
  });
});
