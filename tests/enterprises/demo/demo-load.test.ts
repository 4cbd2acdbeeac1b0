import { loadDemoCity } from '../../../subgraphs/enterprises/src/demo/load-demo-city.js';
import { indexesOf } from '../../support/database-indexes.js';
import { enterprisesUnderTest, type EnterprisesUnderTest } from '../support/enterprises-under-test.js';

let hub: EnterprisesUnderTest;
beforeAll(async () => void (hub = await enterprisesUnderTest(import.meta.url)));
afterAll(async () => hub.close());

it('a load that is run again puts in what is missing, and changes nothing that users have written', async () => {
  const { city, database, department } = hub;
  const of = (name: string) => database.connection.collection(name);
  const [first, second] = city.enterprises;
  const year = { uscc: first?.uscc ?? '', year: 2024 };
  await of('enterprises').updateOne({ uscc: first?.uscc ?? '' }, { $set: { name: '用户改名有限公司', version: 2 } });
  await of('enterprises').deleteOne({ uscc: second?.uscc ?? '' });
  await of('fact_years').updateOne(year, { $set: { values: { employees: 7 } } });
  await of('fact_years').deleteMany({ uscc: second?.uscc ?? '' });
  await of('departments').updateOne({ code: 'RSJ' }, { $set: { name: '人社局（更名）' } });
  await loadDemoCity({ city, stores: department.stores, advance: () => undefined });
  expect(await of('enterprises').findOne({ uscc: first?.uscc ?? '' })).toMatchObject({
    name: '用户改名有限公司',
    version: 2,
  });
  expect(await of('enterprises').findOne({ uscc: second?.uscc ?? '' })).toMatchObject({ name: second?.name });
  expect(await of('fact_years').findOne(year)).toMatchObject({ values: { employees: 7 } });
  expect(await of('fact_years').countDocuments({ uscc: second?.uscc ?? '' })).toBe(second?.factYears.length);
  expect(await of('departments').findOne({ code: 'RSJ' })).toMatchObject({ name: '人社局（更名）' });
  expect(await of('enterprises').countDocuments()).toBe(400);
});

it('a register has the indexes of its search when it was filled at once, and when filling it failed', async () => {
  const { city, database, department } = hub;
  const { enterprises } = department.stores;
  const register = database.connection.collection('enterprises');
  const indexes = async () => (await indexesOf(database.connection))['enterprises'];
  const whole = await indexes();
  expect(whole).toEqual(
    expect.arrayContaining(['nameInitials:1 nameLength:1 uscc:1', 'namePairs:1 nameLength:1 uscc:1']),
  );
  await register.deleteMany({});
  let meanwhile: readonly string[] | undefined;
  const failing = enterprises.filledAtOnce(async () => {
    meanwhile = await indexes();
    throw new Error('the disk is full');
  });
  await expect(failing).rejects.toThrow('the disk is full');
  expect(whole?.filter((index) => meanwhile?.includes(index) !== true)).toHaveLength(2);
  expect(await indexes()).toEqual(whole);
  await enterprises.filledAtOnce(async () =>
    loadDemoCity({ city, stores: department.stores, advance: () => undefined }),
  );
  expect(await register.countDocuments()).toBe(400);
  expect(await indexes()).toEqual(whole);
});
