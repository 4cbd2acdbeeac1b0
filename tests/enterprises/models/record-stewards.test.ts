import { enterprisesUnderTest, type EnterprisesUnderTest } from '../support/enterprises-under-test.js';

const ENTERPRISES = 300;

let under: EnterprisesUnderTest;
beforeAll(async () => void (under = await enterprisesUnderTest(import.meta.url, ENTERPRISES)));
afterAll(async () => under.close());

it('records of stewards are made by looking at a few links of each enterprise, however many there are', async () => {
  const { connection } = under.database;
  const links = connection.collection('service_links');
  const stewards = await links.countDocuments({ role: 'STEWARD' });
  await links.deleteMany({
    role: 'STEWARD',
    _id: { $in: (await links.find({ role: 'STEWARD' }, { limit: 5 }).toArray()).map(({ _id }) => _id) },
  });
  expect(stewards).toBeGreaterThan(ENTERPRISES / 2);
  await connection.db?.command({ profile: 2 });
  await under.department.stores.links.recordStewards();
  await connection.db?.command({ profile: 0 });
  const profile = connection.collection('system.profile');
  const [told] = await profile.find({ 'command.aggregate': 'enterprises' }).toArray();
  await profile.drop();
  expect(await links.countDocuments({ role: 'STEWARD' })).toBe(stewards);
  expect(Number(told?.['docsExamined'])).toBeLessThan(ENTERPRISES * 10);
});
