import { createLogger } from '@zhitong/kit';
import { openPolicyShelf } from '../../../subgraphs/policies/src/memory/policy-shelf.js';
import { NOW, policiesUnderTest, type PoliciesUnderTest } from '../support/policies-under-test.js';

let policies: PoliciesUnderTest;
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url)));
afterAll(async () => policies.close());

it('the shelf has what was written before it was asked to read again, though a reading was under way', async () => {
  const { stores } = policies.department;
  let hasRead = (): void => undefined;
  let held = Promise.resolve();
  const shelf = await openPolicyShelf({
    versions: {
      ...stores.versions,
      published: async () => {
        const found = await stores.versions.published();
        hasRead();
        await held;
        return found;
      },
    },
    parameters: stores.parameters,
    clock: { now: () => NOW },
    logger: createLogger({ name: 'test', level: 'silent' }),
    follow: false,
  });
  const read = new Promise<void>((resolve) => (hasRead = resolve));
  let goOn = (): void => undefined;
  held = new Promise((resolve) => (goOn = resolve));
  const underWay = shelf.refresh();
  await read;
  await policies.publish({ id: 'newer' });
  const asked = shelf.refresh();
  goOn();
  await asked;
  expect(shelf.byId('newer')).not.toBeNull();
  await underWay;
  await shelf.close();
});
