import type { Actor } from '@zhitong/kit';
import { coordinator, enterprisesUnderTest, type EnterprisesUnderTest } from '../support/enterprises-under-test.js';

const officer = (department: string): Actor => ({ sub: `officer-${department}`, roles: ['OFFICER'], department });

let hub: EnterprisesUnderTest;
beforeAll(async () => {
  hub = await enterprisesUnderTest(import.meta.url, 200);
});
afterAll(async () => hub.close());

let keys = 0;
async function press(mutation: string, type: string, input: object, actor: Actor) {
  const { data, errors } = await hub.ask<Record<string, { refusal: object | null } | null>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { refusal { code path } } }`,
    { variables: { input: { idempotencyKey: `item-key-${(keys += 1)}`, ...input } }, actor },
  );
  return errors === undefined ? (data?.[mutation]?.refusal ?? null) : errors[0]?.extensions?.['code'];
}
const item = (id: string, name: string, department: string, promisedDays: string, documents: string[]) => ({
  id,
  expectedVersion: 0,
  name,
  department,
  documents,
  legalBasis: ['《中华人民共和国食品安全法》第三十五条'],
  promisedDays,
  legalWorkingDays: 20,
  isCityWide: true,
  counters: [{ region: '421202', address: '咸安区政务服务中心二楼A12窗口' }],
  onlineAddress: 'https://zwfw.example.cn/food',
});
const set = async (input: object, actor: Actor) => press('setServiceItem', 'SetServiceItemInput', input, actor);

describe('the catalogue of matters', () => {
  it('is kept by departments, each its own, with promises that the law allows', async () => {
    const licence = item('ZZ-SPJY', '仓库试验经营许可', 'SCJGJ', '2.5', ['营业执照', '平面图']);
    expect(await set({ ...licence, promisedDays: '20.5' }, officer('SCJGJ'))).toMatchObject({ path: ['promisedDays'] });
    expect(await set({ ...licence, promisedDays: '0.3' }, officer('SCJGJ'))).toMatchObject({ path: ['promisedDays'] });
    expect(await set({ ...licence, counters: [] }, officer('SCJGJ'))).toMatchObject({ path: ['counters'] });
    expect(
      await set({ ...licence, counters: [{ region: '110000', address: '某某大厅' }] }, officer('SCJGJ')),
    ).toMatchObject({
      path: ['counters', '0', 'region'],
    });
    expect(await set(licence, officer('SWUJ'))).toBe('FORBIDDEN');
    expect(await set(licence, officer('SCJGJ'))).toBeNull();
    expect(await set(licence, officer('SCJGJ'))).toMatchObject({ code: 'STALE_VERSION' });
    // A department does not take another's matter over by naming itself.
    expect(await set({ ...licence, department: 'SWUJ', expectedVersion: 1 }, officer('SWUJ'))).toBe('FORBIDDEN');
    const { data } = await hub.ask(
      '{ serviceItems(filter: { text: "仓库试验" }) { totalCount nodes { id promisedDays } } }',
      {
        actor: null,
      },
    );
    expect(data).toEqual({ serviceItems: { totalCount: 1, nodes: [{ id: 'ZZ-SPJY', promisedDays: '2.5' }] } });
  });

  it('bundles matters with each document once and the longest promise', async () => {
    expect(await set(item('ZZ-XF', '消防安全检查', 'YJGLJ', '0.5', ['平面图', '身份证']), coordinator)).toBeNull();
    const bundle = { id: 'ZZ-KCG', expectedVersion: 0, name: '开餐馆', items: ['ZZ-SPJY', 'ZZ-XF'] };
    expect(
      await press('setServiceBundle', 'SetServiceBundleInput', { ...bundle, items: ['ZZ-SPJY', 'NONE'] }, coordinator),
    ).toMatchObject({ path: ['items', '1'] });
    expect(await press('setServiceBundle', 'SetServiceBundleInput', bundle, coordinator)).toBeNull();
    const { data } = await hub.ask(
      '{ serviceBundle(id: "ZZ-KCG") { name documents promisedDays items { id department { code } counters { region { name } } } } }',
      { actor: null },
    );
    const counters = [{ region: { name: '咸安区' } }];
    expect(data).toEqual({
      serviceBundle: {
        name: '开餐馆',
        documents: ['营业执照', '平面图', '身份证'],
        promisedDays: '2.5',
        items: [
          { id: 'ZZ-SPJY', department: { code: 'SCJGJ' }, counters },
          { id: 'ZZ-XF', department: { code: 'YJGLJ' }, counters },
        ],
      },
    });
  });
});
