import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { jest } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { runToEnd } from '../hub/support/start-hub.js';
import { chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from './support/browser.js';
import { expectReadable } from './support/readable.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

const ADMIN: Caller = { role: 'ADMIN' };
const MAPPING = 'subgraphs/enterprises/connectors/market-register.yaml';
/** The enterprise that the list has as registered on 30 February, as it delivers it. */
const USCC = '91421221MANXFNTN61';
const PERSONAL = { 联系人: '刘小红', 联系电话: '0715-8279747', 住所: '湖北省咸宁市嘉鱼县汀泗路215号' };

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('the pages of who operates the hub in a browser (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  let folder: string;
  beforeAll(async () => {
    city = await startCityInBrowser();
    folder = await mkdtemp(path.join(tmpdir(), 'zhitong-operators-'));
  }, 1_800_000);
  afterAll(async () => {
    await city.stop();
    await rm(folder, { recursive: true });
  }, 600_000);

  it('correct a refused row and feed it in again, what is withheld anew, with why it is still refused beside its column', async () => {
    await runToEnd(
      ['subgraphs/enterprises/dist/cli.js', 'connect', 'run', MAPPING, '--rejects', path.join(folder, 'refused.csv')],
      city.hub.environment,
    );
    const { page, complaints } = await city.openAs(
      { role: 'OFFICER', department: 'SCJGJ' },
      '/connectors/enterprises/market-register',
    );
    const refusals = page.locator('[data-part=refusals]');
    const row = refusals.locator('tbody tr', { hasText: USCC });
    await row.getByRole('button', { name: '更正' }).click();
    const form = page.locator('[data-part=correction]');
    await form.waitFor();
    await expectReadable(page);
    const field = (name: string) => form.getByLabel(name, { exact: true });
    // What stands in place of a name is not offered as the name.
    expect(await field('联系人').inputValue()).toBe('');
    expect(await field('企业名称').inputValue()).toBe('嘉鱼金桂建筑股份有限公司');
    for (const [name, text] of Object.entries(PERSONAL)) await field(name).fill(text);
    await field('成立日期').fill('2025-02-31');
    await form.getByRole('button', { name: '送入更正后的行' }).click();
    await form.locator('.ant-form-item-has-error', { hasText: '成立日期' }).waitFor();
    await field('成立日期').fill('2025-02-28');
    await form.getByRole('button', { name: '送入更正后的行' }).dblclick();
    await refusals.getByText('已送入').waitFor();
    await row.waitFor({ state: 'detached' });
    const { data } = await city.hub.ask<{
      enterprise: { registeredOn: string; provenance: { field: string; file: string; line: number }[] };
    }>(`{ enterprise(uscc: "${USCC}") { registeredOn provenance { field file line } } }`, {
      token: await city.hub.token('--role', 'OFFICER', '--department', 'SCJGJ'),
    });
    expect(data?.enterprise.registeredOn).toBe('2025-02-28');
    expect(data?.enterprise.provenance).toContainEqual(
      expect.objectContaining({ file: 'market-register.csv', line: 83 }),
    );
    expect(complaints).toEqual([]);
  });

  it('send an event that was given up again, once, and no other role is shown any', async () => {
    const port = (await readFile(path.join(city.hub.dataDir, 'mongo.port'), 'utf8')).trim();
    const client = await MongoClient.connect(`mongodb://127.0.0.1:${port}/?directConnection=true`);
    const database = client.db('zhitong_credit');
    const deliveries = database.collection<{ _id: string }>('outboxDeliveries');
    const at = new Date();
    // A receiver that is switched off keeps what is pending for it.
    await database.collection<{ _id: string }>('webhooks').insertOne({
      ...{ _id: 'nobody', url: 'http://127.0.0.1:9/events', eventTypes: ['cn.zhitong.nothing'], active: false },
      ...{ secret: `whsec_${Buffer.alloc(32).toString('base64')}`, createdOn: at, inactiveReason: 'by hand' },
    });
    await deliveries.insertOne({
      ...{ _id: 'nobody:event-1', webhookId: 'nobody', subject: 'CN-2026-1', sequence: 1, state: 'dead', attempts: 12 },
      ...{ dueOn: at, queuedOn: at, deadOn: at, lastStatus: 500, lastError: 'answered 500' },
      event: { id: 'event-1', type: 'cn.zhitong.commitment.fulfilled', subject: 'CN-2026-1' },
    } as { _id: string });
    const { page, complaints } = await city.openAs(ADMIN, '/operations');
    const letters = page.locator('[data-part=letters-credit]');
    await letters.getByText('answered 500').waitFor();
    await expectReadable(page);
    await letters.getByRole('button', { name: '重发 cn.zhitong.commitment.fulfilled CN-2026-1' }).dblclick();
    await letters.getByText('已重新排队 1 条').waitFor();
    expect(await deliveries.findOne({ _id: 'nobody:event-1' })).toMatchObject({ state: 'pending', replays: 1 });
    await client.close();
    expect(complaints).toEqual([]);
    const reader = await city.openAs({ role: 'AUDITOR' }, '/operations');
    await reader.page.locator('[data-part=health]').waitFor();
    expect(await reader.page.locator('[data-part=letters-credit]').count()).toBe(0);
  });
});
