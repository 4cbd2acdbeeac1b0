import { jest } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { choose, chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from './support/browser.js';
import { expectReadable } from './support/readable.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

const DAY_MS = 86_400_000;
const field = (page: Page, label: string): Locator => page.getByLabel(label, { exact: true });
const errorBeside = (page: Page, label: string): Locator =>
  page.locator('.ant-form-item', { has: field(page, label) }).locator('.ant-form-item-explain-error');
const openMove = (page: Page, move: string): Promise<void> =>
  page.locator('[data-part=moves]').getByRole('button', { name: move, exact: true }).click();

/** Confirms a move, and waits until the page says that the graph has acknowledged it. */
async function confirm(page: Page, move: string): Promise<void> {
  await page.getByRole('button', { name: `确认${move}` }).click();
  await page.getByText(`已确认：${move}`).waitFor();
}

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe("an enterprise's day in a browser (skipped without a Chromium)", () => {
  let city: CityInBrowser;
  let enterprise: Caller & { uscc: string };
  let department: { code: string; name: string };
  beforeAll(async () => {
    city = await startCityInBrowser();
    enterprise = { role: 'ENTERPRISE', uscc: /A demo enterprise: (\w{18})/.exec(city.hub.output())?.[1] ?? '' };
    const { departments } = await ask<{ departments: { code: string; name: string }[] }>(
      '{ departments(level: CITY) { code name } }',
      ...['--role', 'COORDINATOR'],
    );
    department = departments[0] ?? { code: '', name: '' };
  }, 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  /** Asks the graph beside the pages, as somebody. */
  async function ask<Data>(query: string, ...caller: string[]): Promise<Data> {
    const { data, errors } = await city.hub.ask<Data>(query, { token: await city.hub.token(...caller) });
    expect(errors).toBeUndefined();
    return data as Data;
  }

  let keys = 0;
  /** A command with a key of its own, which the graph does not refuse. */
  async function command(name: string, input: string, ...caller: string[]): Promise<void> {
    const key = `enterprise-day-${String((keys += 1))}`;
    const { change } = await ask<{ change: { refusal: unknown } }>(
      `mutation { change: ${name}(input: { ${input}, idempotencyKey: "${key}" }) { refusal { message } } }`,
      ...caller,
    );
    expect([name, change.refusal]).toEqual([name, null]);
  }

  it('is told of a grant that it need not apply for, confirms its account, and the department goes on with it', async () => {
    const office = ['--role', 'OFFICER', '--department', 'RSJ'];
    const content = `{ id: "page-account", title_zh: "页面直达补贴", issuer: "市人社局", issuer_code: "RSJ",
      exempt_from_application: true, criteria: [{ fact: "employees", op: "gte", value: 500, text_zh: "不少于500人" }],
      benefit: { kind: "cash", amount_yuan: 1000, text_zh: "奖励1000元" } }`;
    await command('savePolicyDraft', `content: ${content}`, ...office);
    await command('publishPolicy', 'policy: "page-account", version: 1', ...office);
    interface Found {
      readonly id: string;
      readonly status: string;
      readonly enterprise: { readonly uscc: string; readonly name: string };
    }
    const found = async (): Promise<Found[]> =>
      (
        await ask<{ grants: { nodes: Found[] } }>(
          '{ grants(filter: { policy: "page-account" }, first: 50) { nodes { id status enterprise { uscc name } } } }',
          ...office,
        )
      ).grants.nodes;
    while ((await found()).length === 0) await command('identifyGrants', 'policy: "page-account"', ...office);
    const all = (await found()).map(({ id }) => `"${id}"`).join(', ');
    await command('advanceGrants', `grants: [${all}], move: NOTIFY`, ...office);
    const grant = (await found()).find(({ status }) => status === 'NOTIFIED');
    if (grant === undefined) throw new Error('No enterprise of the demo city could be told of its grant.');
    const { uscc, name } = grant.enterprise;

    const { page, complaints } = await city.openAs({ role: 'ENTERPRISE', uscc }, '/portal');
    const told = page.locator('[data-part=notifications] tr', { hasText: '页面直达补贴' });
    await told.getByText('兑付进展: 告知').waitFor();
    expect(await told.locator('strong').count()).toBe(1);
    await page.locator('[data-part=notifications]').getByRole('button', { name: '标为已读' }).dblclick();
    await told.locator('strong').waitFor({ state: 'detached' });
    const { enterprise: reader } = await ask<{
      enterprise: { policyNotifications: { nodes: { policy: { id: string } | null; readAt: string | null }[] } };
    }>(
      `{ enterprise(uscc: "${uscc}") { policyNotifications(first: 10) { nodes { policy { id } readAt } } } }`,
      ...['--role', 'ENTERPRISE', '--uscc', uscc],
    );
    const read = reader.policyNotifications.nodes.filter(({ policy }) => policy?.id === 'page-account');
    expect(read.map(({ readAt }) => readAt !== null)).toEqual([true]);

    const row = page.locator('[data-part=grants] tr', { hasText: '页面直达补贴' });
    await row.getByRole('button', { name: '确认账户' }).click();
    await field(page, '户名').fill(name);
    await field(page, '开户银行').fill('农商行');
    await field(page, '账号').fill('12');
    await page.locator('form').getByRole('button', { name: '确认账户' }).click();
    await errorBeside(page, '账号').waitFor();
    await expectReadable(page);
    await field(page, '账号').fill('6222021234505678');
    await page.locator('form').getByRole('button', { name: '确认账户' }).dblclick();
    await field(page, '账号').waitFor({ state: 'detached' });
    await row
      .locator('td', { hasText: /^确认账户$/ })
      .first()
      .waitFor();
    expect(await row.getByRole('button', { name: '确认账户' }).count()).toBe(0);
    await row.getByRole('button', { name: '进度' }).click();
    const history = page.locator('[data-part=grant-history]');
    await history.getByText('农商行').waitFor();
    expect(await history.locator('li strong').allInnerTexts()).toEqual(['认定', '告知', '确认账户']);

    const officer = await city.openAs({ role: 'OFFICER', department: 'RSJ' }, '/grants?status=CONFIRMED');
    await officer.page
      .locator('[data-part=grants] tr', { hasText: '页面直达补贴' })
      .filter({ hasText: name })
      .waitFor();
    for (const one of [complaints, officer.complaints]) expect(one).toEqual([]);
    for (const one of [page, officer.page]) await one.context().close();
  });

  it('learns that something is missing, supplies it, rates the answer badly and has the case handled anew', async () => {
    const input =
      'kind: APPEAL, category: LOGISTICS, title: "园区路灯损坏请求修复", text: "园区主干道路灯损坏三周，夜间运输不安全。", region: "421202"';
    await command('submitCase', input, ...['--role', 'ENTERPRISE', '--uscc', enterprise.uscc]);
    const { cases } = await ask<{ cases: { nodes: { caseNumber: string; title: string }[] } }>(
      '{ cases(first: 20) { nodes { caseNumber title } } }',
      ...['--role', 'ENTERPRISE', '--uscc', enterprise.uscc],
    );
    const caseNumber = cases.nodes.find(({ title }) => title === '园区路灯损坏请求修复')?.caseNumber ?? '';
    await command(
      'assignCase',
      `caseNumber: "${caseNumber}", expectedVersion: 1, lead: "${department.code}"`,
      ...['--role', 'COORDINATOR'],
    );
    const officer = await city.openAs({ role: 'OFFICER', department: department.code }, `/cases/${caseNumber}`);
    await openMove(officer.page, '签收');
    await confirm(officer.page, '签收');
    await openMove(officer.page, '暂停计时');
    await field(officer.page, '说明').fill('请补充损坏路灯的编号与照片。');
    await confirm(officer.page, '暂停计时');

    const { page, complaints } = await city.openAs(enterprise, '/portal');
    const notice = page.locator('[data-part=case-notices] tr', { hasText: '园区路灯损坏请求修复' });
    const asked = notice.filter({ hasText: '请补充材料' });
    await asked.locator('strong').waitFor();
    await page.locator('[data-part=case-notices]').getByRole('button', { name: '标为已读' }).click();
    await asked.locator('strong').waitFor({ state: 'detached' });
    await asked.getByRole('link').click();
    await page.locator('[data-part=case]').getByText('请补充损坏路灯的编号与照片。').waitFor();
    await openMove(page, '补充');
    await field(page, '内容').fill('损坏的是3号至9号路灯，照片见附件。');
    await field(page, '附件链接（https，每行一个）').fill('ftp://files.example/lamp');
    await page.getByRole('button', { name: '确认补充' }).click();
    await errorBeside(page, '附件链接（https，每行一个）').waitFor();
    await field(page, '附件链接（https，每行一个）').fill('https://files.example/lamp-3\nhttps://files.example/lamp-9');
    await confirm(page, '补充');
    await page.locator('[data-part=case] a[href="https://files.example/lamp-9"]').waitFor();

    await officer.page.reload();
    await officer.page.locator('[data-part=case]').getByText('损坏的是3号至9号路灯，照片见附件。').waitFor();
    await officer.page.locator('[data-part=case]').getByText('办理中', { exact: true }).waitFor();
    await openMove(officer.page, '联系企业');
    await field(officer.page, '说明').fill('已电话联系企业，约定现场核实。');
    await confirm(officer.page, '联系企业');
    await openMove(officer.page, '答复');
    await field(officer.page, '答复').fill('已修复两盏，其余待排期。');
    await confirm(officer.page, '答复');

    await page.reload();
    await openMove(page, '评价');
    for (const grade of ['过程满意度', '结果满意度'])
      await page.locator('.ant-form-item', { hasText: grade }).getByText('1 非常不满意').click();
    await field(page, '理由').fill('还有五盏没有修。');
    await confirm(page, '评价');
    await openMove(page, '重新办理');
    await field(page, '理由').fill('五盏路灯仍未修复，请明确时间。');
    await confirm(page, '重新办理');
    await page.locator('[data-part=case]').getByText('重新办理', { exact: true }).first().waitFor();

    await officer.page.goto(`${city.origin}/work`);
    const again = officer.page.locator('[data-part=cases] tr', { hasText: '园区路灯损坏请求修复' });
    await again.getByText('重新办理').waitFor();
    await again.getByRole('link').click();
    await officer.page.locator('[data-part=history]').getByText('五盏路灯仍未修复，请明确时间。').waitFor();
    for (const one of [complaints, officer.complaints]) expect(one).toEqual([]);
    for (const one of [page, officer.page]) await one.context().close();
  });

  it('subscribes to a topic, is told of the policy that is published, and takes the topic back', async () => {
    const { page, complaints } = await city.openAs(enterprise, '/policies');
    const topics = page.locator('[data-part=subscriptions]');
    const topic = topics.locator('tbody tr', { hasText: '页面订阅专题' });
    await field(page, '订阅内容').fill('专');
    await topics.getByRole('button', { name: '订阅', exact: true }).click();
    await errorBeside(page, '订阅内容').waitFor();
    await expectReadable(page);
    await field(page, '订阅内容').fill('页面订阅专题');
    await topics.getByRole('button', { name: '订阅', exact: true }).dblclick();
    await topic.waitFor();
    expect(await topic.count()).toBe(1);
    expect(await topic.locator('td').first().innerText()).toBe('关键词');

    const content = `{ id: "page-topic", title_zh: "页面订阅专题补贴", issuer: "市人社局", issuer_code: "RSJ",
      exempt_from_application: false, criteria: [{ fact: "employees", op: "gte", value: 1000000, text_zh: "不少于一百万人" }],
      benefit: { kind: "cash", amount_yuan: 1000, text_zh: "奖励1000元" } }`;
    const office = ['--role', 'OFFICER', '--department', 'RSJ'];
    await command('savePolicyDraft', `content: ${content}`, ...office);
    await command('publishPolicy', 'policy: "page-topic", version: 1', ...office);
    await page.goto(`${city.origin}/portal`);
    const told = page.locator('[data-part=notifications] tr', { hasText: '页面订阅专题补贴' });
    const shown = page.locator('[data-part=notifications] tbody tr, [data-part=notifications] .ant-empty');
    await shown.first().waitFor();
    while ((await told.count()) === 0) {
      await page.reload();
      await shown.first().waitFor();
    }
    await told.getByText('新发布的政策').waitFor();

    await page.goto(`${city.origin}/policies`);
    await topic.getByRole('button', { name: '取消订阅' }).dblclick();
    await topic.waitFor({ state: 'detached' });
    const { enterprise: itself } = await ask<{ enterprise: { policySubscriptions: { value: string }[] } }>(
      `{ enterprise(uscc: "${enterprise.uscc}") { policySubscriptions { value } } }`,
      ...['--role', 'ENTERPRISE', '--uscc', enterprise.uscc],
    );
    expect(itself.policySubscriptions.map(({ value }) => value)).not.toContain('页面订阅专题');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('finds a loan with the reasons, states what it needs, lets the bank know who it is, and takes that back', async () => {
    const bank = ['--role', 'OFFICER', '--department', 'RMYH'];
    const product = `id: "page-loan", name: "页面测试贷", bank: "页面银行", kind: CREDIT, minimumAmount: "10000", maximumAmount: "5000000",
      yearlyRateBasisPoints: 385, termMonths: 24, collateralKinds: [NONE],
      criteria: [{ fact: "employees", op: "gte", value: 1, text_zh: "职工不少于1人" }]`;
    await command('publishLoanProduct', product, ...bank);
    /** What the bank sees of needs under its product. */
    const seen = async (): Promise<{ amount: string; name: string | null }[]> => {
      const { loanProduct } = await ask<{
        loanProduct: {
          matchingNeeds: { nodes: { amount: { amount: string }; enterprise: { name: string } | null }[] };
        };
      }>(
        '{ loanProduct(id: "page-loan") { matchingNeeds(first: 50) { nodes { amount { amount } enterprise { name } } } } }',
        ...bank,
      );
      return loanProduct.matchingNeeds.nodes
        .map(({ amount, enterprise }) => ({ amount: amount.amount, name: enterprise?.name ?? null }))
        .filter(({ amount }) => Number(amount) === 234567);
    };
    const { page, complaints } = await city.openAs(enterprise, '/financing');
    const loan = page.locator('[data-part=loans] tr', { hasText: '页面银行 页面测试贷' });
    await loan.getByText('3.85%').waitFor();
    expect(await loan.innerText()).toContain('¥10,000.00 – ¥5,000,000.00');
    await loan.locator('li', { hasText: '职工不少于1人' }).getByText('满足').waitFor();

    await page.getByRole('button', { name: '登记融资需求' }).click();
    await field(page, '金额（元）').fill('二十万');
    await field(page, '用途').fill('采购原材料');
    await field(page, '期限（月）').fill('12');
    await field(page, '最迟用款日').fill(new Date(Date.now() + 90 * DAY_MS).toISOString().slice(0, 10));
    const state = page.locator('form').getByRole('button', { name: '登记融资需求' });
    await state.click();
    await errorBeside(page, '金额（元）').waitFor();
    await expectReadable(page);
    await field(page, '金额（元）').fill('234567');
    await state.dblclick();
    const need = page.locator('[data-part=needs] tr', { hasText: '¥234,567.00' });
    await need.getByText('未授权').waitFor();
    expect(await need.count()).toBe(1);
    expect(await seen()).toEqual([{ amount: '234567.00', name: null }]);

    await need.getByRole('button', { name: '授权银行查看' }).click();
    await choose(page, '贷款产品', '页面银行 页面测试贷');
    await page.locator('form').getByRole('button', { name: '授权银行查看' }).click();
    await need.locator('td', { hasText: '页面银行 页面测试贷' }).waitFor();
    const { enterprise: itself } = await ask<{ enterprise: { name: string } }>(
      `{ enterprise(uscc: "${enterprise.uscc}") { name } }`,
      ...['--role', 'COORDINATOR'],
    );
    expect(await seen()).toEqual([{ amount: '234567.00', name: itself.name }]);

    await need.getByRole('button', { name: '撤回授权' }).click();
    await choose(page, '贷款产品', '页面银行 页面测试贷');
    await page.locator('form').getByRole('button', { name: '撤回授权' }).click();
    await need.getByText('未授权').waitFor();
    expect(await seen()).toEqual([{ amount: '234567.00', name: null }]);

    await need.getByRole('button', { name: '撤回需求' }).click();
    await page.locator('form').getByRole('button', { name: '撤回需求' }).click();
    await need.getByText('已撤回').waitFor();
    expect(await seen()).toEqual([]);
    // What a scalar refuses is a request with wrong variables: by its status 400, which Chromium notes.
    expect(complaints.filter((text) => !text.includes('400 (Bad Request)'))).toEqual([]);
    await page.context().close();
  });
});
