import { saidWithin, sayer } from '@zhitong/values';

const TABLE = {
  FULL: { en: '{what} holds {most}', zh: '{what}最多 {most} 个' },
  BAD: { en: 'it is {fault}', zh: '{faultInChinese}' },
  OVER: { en: 'it is over', zh: '已经结束' },
} as const;
const said = sayer(TABLE, (value) => (value === 'BOX' ? '箱子' : value));

it('puts the values that are named into the words of both languages, codes by what they are called', () => {
  expect(said('FULL', { what: 'BOX', most: 3 })).toEqual({
    reason: 'FULL',
    message: 'BOX holds 3',
    zh: '箱子最多 3 个',
    parameters: { what: 'BOX', most: 3 },
  });
  expect(said('OVER')).toEqual({ reason: 'OVER', message: 'it is over', zh: '已经结束', parameters: {} });
});

it('keeps what is for the Chinese words alone from programs', () => {
  expect(said('BAD', { fault: 'wet', faultInChinese: '受潮' })).toEqual({
    reason: 'BAD',
    message: 'it is wet',
    zh: '受潮',
    parameters: { fault: 'wet' },
  });
});

it('never takes braces within a value for a place', () => {
  expect(said('FULL', { what: '{most}', most: 1 }).message).toBe('{most} holds 1');
});

it('tells of a part within the whole, for programs by the reason of the part', () => {
  const whole = saidWithin({ en: '{field}: {why}.', zh: '{field}：{why}' }, said('FULL', { what: 'BOX', most: 3 }), {
    field: 'goods',
  });
  expect(whole).toEqual({
    reason: 'FULL',
    message: 'goods: BOX holds 3.',
    zh: 'goods：箱子最多 3 个',
    parameters: { field: 'goods', what: 'BOX', most: 3 },
  });
});
