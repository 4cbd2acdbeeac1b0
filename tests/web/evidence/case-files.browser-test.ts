import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { jest } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { choose, chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from '../support/browser.js';
import { expectReadable } from '../support/readable.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

/** A document of three parts, no two of them alike. */
const CONTRACT = Buffer.concat([
  Buffer.from('%PDF-1.7\n'),
  ...Array.from({ length: 9_500 }, (_, at) => createHash('sha256').update(String(at)).digest()),
]);

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('evidence in a browser (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  let enterprise: Caller & { uscc: string };
  beforeAll(async () => {
    city = await startCityInBrowser();
    enterprise = { role: 'ENTERPRISE', uscc: /A demo enterprise: (\w{18})/.exec(city.hub.output())?.[1] ?? '' };
  }, 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  const field = (page: Page, label: string): Locator => page.getByLabel(label, { exact: true });
  const FILES = '文件（PDF、JPEG、PNG）';
  const submitted = async (): Promise<number> => {
    const { data } = await city.hub.ask<{ cases: { totalCount: number } }>('{ cases { totalCount } }', {
      token: await city.hub.token('--role', 'ENTERPRISE', '--uscc', enterprise.uscc),
    });
    return data?.cases.totalCount ?? -1;
  };

  it('is sent with an appeal, gone on with where it broke off, and read by the coordinator byte for byte', async () => {
    const before = await submitted();
    const { page, asked } = await city.openAs(enterprise, '/appeals/new');
    await choose(page, '类型', '诉求');
    await choose(page, '类别', '物流');
    await choose(page, '所在区域', '咸安区');
    await field(page, '标题').fill('货款被拖欠附合同');
    await field(page, '内容').fill('货物交付后对方拖欠货款，合同见附件，请求协调。');
    // The connection breaks once, under the second part.
    let broken = false;
    await page.route('**/graphql', async (route) => {
      const { operationName, variables } = route.request().postDataJSON() as {
        operationName: string;
        variables: { input?: { part?: number } };
      };
      if (broken || operationName !== 'SendPart' || variables.input?.part !== 1) return route.continue();
      broken = true;
      return route.abort();
    });
    await field(page, FILES).setInputFiles([
      { name: '购销合同.pdf', mimeType: 'application/pdf', buffer: CONTRACT },
      { name: '现场照片.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') },
      { name: '情况说明.txt', mimeType: 'text/plain', buffer: Buffer.from('情况说明') },
    ]);
    const entry = (name: string): Locator => page.locator('.files li', { hasText: name });
    await entry('购销合同.pdf').getByRole('alert').waitFor();
    await entry('现场照片.png').getByText('文件内容不是 PNG 格式').waitFor();
    await entry('情况说明.txt').getByText('只能上传 PDF、JPEG、PNG 文件').waitFor();
    await expectReadable(page);

    // Nothing goes out while a file is not whole.
    const send = page.getByRole('button', { name: '提交', exact: true });
    await send.click();
    await page.getByText('有文件尚未传完或未能上传').waitFor();
    expect(await submitted()).toBe(before);
    for (const name of ['现场照片.png', '情况说明.txt'])
      await page.getByRole('button', { name: `移除 ${name}`, exact: true }).click();
    await page.getByRole('button', { name: '重新上传 购销合同.pdf', exact: true }).click();
    await entry('购销合同.pdf').getByText('已上传').waitFor();
    // The parts of the contract, of which the second was tried twice; the one of what is no picture.
    expect(asked.filter((name) => name === 'SendPart')).toHaveLength(4 + 1);
    await send.dblclick();
    await page.waitForURL(/\/cases\/SQ/);
    expect(await submitted()).toBe(before + 1);
    const address = new URL(page.url()).pathname;

    const coordinator = await city.openAs({ role: 'COORDINATOR' }, address);
    const download = coordinator.page.waitForEvent('download');
    await coordinator.page.getByRole('button', { name: '购销合同.pdf' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('购销合同.pdf');
    expect((await readFile(await file.path())).equals(CONTRACT)).toBe(true);
    expect(coordinator.complaints).toEqual([]);
    for (const one of [page, coordinator.page]) await one.context().close();
  });
});
