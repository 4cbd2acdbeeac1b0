import { readFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { descendants } from '../hub/support/processes.js';
import { choose, chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from './support/browser.js';
import { expectReadable } from './support/readable.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

const COORDINATOR: Caller = { role: 'COORDINATOR' };
const AUDITOR: Caller = { role: 'AUDITOR' };

/** Opens a move's form. */
const openMove = (page: Page, move: string): Promise<void> =>
  page.locator('[data-part=moves]').getByRole('button', { name: move, exact: true }).click();

/** Confirms a move, and waits until the page says that the graph has acknowledged it. */
async function confirm(page: Page, move: string): Promise<void> {
  await page.getByRole('button', { name: `确认${move}` }).click();
  await page.getByText(`已确认：${move}`).waitFor();
}

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('the pages in a browser (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  let enterprise: Caller;
  let department: { code: string; name: string };
  beforeAll(async () => {
    city = await startCityInBrowser();
    enterprise = { role: 'ENTERPRISE', uscc: /A demo enterprise: (\w{18})/.exec(city.hub.output())?.[1] };
    const { data } = await city.hub.ask<{ departments: { code: string; name: string }[] }>(
      '{ departments(level: CITY) { code name } }',
    );
    department = data?.departments[0] ?? { code: '', name: '' };
  }, 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  /** Satisfied of rated, as the ranking page shows it. */
  async function satisfaction(): Promise<[satisfied: number, rated: number]> {
    const { page } = await city.openAs(COORDINATOR, '/ranking');
    const card = page.locator('[data-part=figures] .ant-card', { hasText: '满意率' }).last();
    const [, satisfied, rated] = /(\d+) \/ (\d+)/.exec(await card.innerText()) ?? [];
    await page.context().close();
    return [Number(satisfied), Number(rated)];
  }

  it('lead from an appeal to its effect on the figures, each role signing in', async () => {
    const before = await satisfaction();

    const brought = await city.open();
    await choose(brought.page, '角色', '企业');
    await brought.page.getByRole('button', { name: '进入' }).click();
    await brought.page.locator('[data-part=owed]').waitFor();
    await brought.page.getByRole('button', { name: '提交诉求' }).click();
    await choose(brought.page, '类型', '诉求');
    await choose(brought.page, '类别', '物流');
    await choose(brought.page, '所在区域', '咸安区');
    await brought.page.getByLabel('标题', { exact: true }).fill('短');
    await brought.page.getByLabel('内容', { exact: true }).fill('园区道路限高,货车绕行三十公里,请协调。');
    await brought.page.getByRole('button', { name: '提交', exact: true }).click();
    // Refused by the graph, beside the field.
    await brought.page.locator('.ant-form-item', { hasText: '标题' }).locator('.ant-form-item-explain-error').waitFor();
    await brought.page.getByLabel('标题', { exact: true }).fill('园区道路限高请求协调');
    await brought.page.getByRole('button', { name: '提交', exact: true }).dblclick();
    await brought.page.waitForURL(/\/cases\/SQ/);
    const address = new URL(brought.page.url()).pathname;
    expect(brought.asked.filter((name) => name === 'SubmitAppeal')).toHaveLength(2);

    const coordinator = await city.open();
    await choose(coordinator.page, '角色', '统筹协调');
    await coordinator.page.getByRole('button', { name: '进入' }).click();
    await coordinator.page.locator('[data-part=to-triage]').getByText('园区道路限高请求协调').click();
    await openMove(coordinator.page, '交办');
    await choose(coordinator.page, '牵头单位', department.name);
    await confirm(coordinator.page, '交办');

    const officer = await city.open();
    await choose(officer.page, '角色', '经办人员');
    await officer.page.getByLabel('部门', { exact: true }).fill(department.name);
    await officer.page.keyboard.press('Enter');
    await officer.page.getByRole('button', { name: '进入' }).click();
    await officer.page.locator('[data-part=cases]').getByText('园区道路限高请求协调').click();
    await openMove(officer.page, '签收');
    await confirm(officer.page, '签收');
    await openMove(officer.page, '联系企业');
    await officer.page.getByLabel('说明', { exact: true }).fill('已电话联系企业,了解绕行路线。');
    await confirm(officer.page, '联系企业');
    await openMove(officer.page, '答复');
    await officer.page.getByLabel('答复', { exact: true }).fill('限高杆已拆除,货车可以通行。');
    await confirm(officer.page, '答复');

    await brought.page.reload();
    await brought.page.locator('[data-shown=answer]', { hasText: '限高杆已拆除' }).waitFor();
    await openMove(brought.page, '评价');
    for (const grade of ['过程满意度', '结果满意度'])
      await brought.page.locator('.ant-form-item', { hasText: grade }).getByText('5 非常满意').click();
    await confirm(brought.page, '评价');
    await brought.page.getByText('过程 5 分，结果 5 分').waitFor();

    expect(await satisfaction()).toEqual([before[0] + 1, before[1] + 1]);
    // One appeal, although its button was pressed twice.
    await brought.page.goto(`${city.origin}/portal`);
    await brought.page.locator('[data-part=appeals] table').waitFor();
    expect(await brought.page.locator('[data-part=appeals]').getByText('园区道路限高请求协调').count()).toBe(1);
    expect(address).toMatch(/^\/cases\/SQ/);
    for (const { complaints } of [brought, coordinator, officer]) expect(complaints).toEqual([]);
  });

  it('lead an auditor from the total to an entry whose proof the browser verifies, and tell one that was altered', async () => {
    const { page, asked } = await city.openAs(AUDITOR, '/audit');
    await page.locator('[data-part=audit] td a').first().click();
    await page.locator('[data-part=worklist] td a').first().click();
    await page.locator('[data-part=ledger] .ant-collapse-header').first().click();
    await page
      .getByText(/本笔哈希 [0-9a-f]{64}/)
      .first()
      .waitFor();
    expect(asked).toEqual(['Audit', 'AuditOfDepartment', 'CommitmentPage']);
    await expectReadable(page);
    await page.getByRole('button', { name: '在本浏览器中验证' }).click();
    await page.getByText(/已在本浏览器验证/).waitFor();

    await page.route(city.hub.graph, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({
        response: answer,
        body: (await answer.text()).replace(/"effectiveOn":"20/, '"effectiveOn":"19'),
      });
    });
    await page.reload();
    await page.getByRole('button', { name: '在本浏览器中验证' }).click();
    await page.getByText('第 1 笔已被改动').waitFor();
  });

  it('set two days of the audit side by side, and give the table as a file', async () => {
    const { page } = await city.openAs(AUDITOR, '/audit?compareTo=2026-01-31');
    const rows = page.locator('[data-part=comparison] tbody tr');
    await rows.first().waitFor();
    const total = await rows.last().locator('td').allInnerTexts();
    const { data } = await city.hub.ask<{ commitmentAudit: { count: number } }>(
      '{ commitmentAudit(asOf: "2026-01-31") { count } }',
      { token: await city.hub.token('--role', 'AUDITOR') },
    );
    expect(total[1]).toBe(String(data?.commitmentAudit.count));
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载表格' }).click(),
    ]);
    const text = readFileSync(await file.path(), 'utf8');
    expect(text).toContain('"合计"');
    expect(text.trim().split('\r\n')).toHaveLength(
      2 + (await page.locator('[data-part=audit] table').first().locator('tbody tr').count()),
    );
  });

  it('move chosen grants at once, act once, and show it to the enterprise', async () => {
    const token = await city.hub.token('--role', 'OFFICER', '--department', 'RSJ');
    const command = async (text: string): Promise<Record<string, unknown> | null | undefined> =>
      (await city.hub.ask<Record<string, Record<string, unknown>>>(`mutation { ${text} }`, { token })).data?.['change'];
    const content = `{ id: "page-test", title_zh: "页面测试补贴", issuer: "市人社局", issuer_code: "RSJ",
      exempt_from_application: true, criteria: [{ fact: "employees", op: "gte", value: 500, text_zh: "不少于500人" }],
      benefit: { kind: "cash", amount_yuan: 1000, text_zh: "奖励1000元" } }`;
    await command(
      `change: savePolicyDraft(input: { content: ${content}, idempotencyKey: "page-test-draft" }) { refusal { message } }`,
    );
    await command(
      'change: publishPolicy(input: { policy: "page-test", version: 1, idempotencyKey: "page-test-publish" }) { refusal { message } }',
    );
    interface Shown {
      readonly uscc: string;
      readonly name: string;
    }
    let waiting: Shown[] = [];
    for (let tries = 1; waiting.length < 2; tries += 1) {
      await command(
        `change: identifyGrants(input: { policy: "page-test", idempotencyKey: "page-test-identify-${tries}" }) { refusal { message } }`,
      );
      const { data } = await city.hub.ask<{ grants: { nodes: { enterprise: Shown }[] } }>(
        '{ grants(filter: { policy: "page-test" }, first: 50) { nodes { enterprise { uscc name } } } }',
        { token },
      );
      waiting = data?.grants.nodes.map(({ enterprise }) => enterprise) ?? [];
    }
    const [first, second] = waiting as [Shown, Shown];
    const { page, asked } = await city.openAs({ role: 'OFFICER', department: 'RSJ' }, '/grants?status=IDENTIFIED');
    for (const { name } of [first, second]) await page.getByRole('checkbox', { name, exact: false }).first().check();
    await choose(page, '办理', '告知');
    await page.getByRole('button', { name: '办理 2 户' }).dblclick();
    await page.getByText('已办理 2 户').waitFor();
    expect(asked.filter((question) => question === 'AdvanceGrants')).toHaveLength(1);

    const told = await city.openAs({ role: 'ENTERPRISE', uscc: first.uscc }, '/portal');
    const row = told.page.locator('[data-part=grants] tr', { hasText: '页面测试补贴' });
    await row.locator('td', { hasText: '告知' }).waitFor();
  });

  it('show what a changed criterion would do before it is saved', async () => {
    const officer: Caller = { role: 'OFFICER', department: department.code };
    const { page } = await city.openAs(officer, '/policies/cn-kuogang-2023/edit');
    const figures = page.locator('[data-part=editor] .figures');
    await figures.waitFor();
    const before = await figures.innerText();
    await page.getByLabel('值', { exact: true }).first().fill('100000');
    await figures.filter({ hasNotText: before }).waitFor();
  });

  it('save a changed policy, publish what was saved, and show it to everybody', async () => {
    const token = await city.hub.token('--role', 'OFFICER', '--department', 'RSJ');
    const shown = async (): Promise<{ version: number; criteria: { text: string; value: unknown }[] } | undefined> =>
      (
        await city.hub.ask<{ policy: { version: number; criteria: { text: string; value: unknown }[] } }>(
          '{ policy(id: "page-edit") { version criteria { text value } } }',
        )
      ).data?.policy;
    for (const text of [
      `change: savePolicyDraft(input: { content: { id: "page-edit", title_zh: "页面编辑补贴", issuer: "市人社局", issuer_code: "RSJ",
        exempt_from_application: true, criteria: [{ fact: "employees", op: "gte", value: 500, text_zh: "不少于500人" }],
        benefit: { kind: "cash", amount_yuan: 1000, text_zh: "奖励1000元" } }, idempotencyKey: "page-edit-draft" }) { refusal { message } }`,
      'change: publishPolicy(input: { policy: "page-edit", version: 1, idempotencyKey: "page-edit-publish" }) { refusal { message } }',
    ])
      await city.hub.ask(`mutation { ${text} }`, { token });
    expect(await shown()).toMatchObject({ version: 1 });

    const { page } = await city.openAs({ role: 'OFFICER', department: 'RSJ' }, '/policies/page-edit/edit');
    const publish = page.getByRole('button', { name: /^发\s*布$/ });
    await page.getByLabel('值', { exact: true }).first().fill('800');
    expect(await publish.isDisabled()).toBe(true);
    await page.getByRole('button', { name: '保存草稿' }).click();
    await page.getByText('已保存为第 2 版草稿').waitFor();
    expect(await shown()).toMatchObject({ version: 1 });
    // What was written is still there, and a further change has to be saved before it can be published.
    expect(await page.getByLabel('值', { exact: true }).first().inputValue()).toBe('800');
    await page.getByLabel('值', { exact: true }).first().fill('900');
    expect(await publish.isDisabled()).toBe(true);
    await page.getByLabel('值', { exact: true }).first().fill('800');
    await publish.dblclick();
    await page.getByText('已发布第 2 版').waitFor();
    expect(await shown()).toMatchObject({ version: 2, criteria: [{ value: 800 }] });
  });

  it('tell the second of two windows what the first has changed, and lose nothing that was written in it', async () => {
    const { data } = await city.hub.ask<{ cases: { nodes: { caseNumber: string }[] } }>(
      '{ cases(filter: { status: [IN_PROGRESS] }, first: 1) { nodes { caseNumber } } }',
      { token: await city.hub.token('--role', 'COORDINATOR') },
    );
    const address = `/cases/${data?.cases.nodes[0]?.caseNumber ?? ''}`;
    const [first, second] = [await city.openAs(COORDINATOR, address), await city.openAs(COORDINATOR, address)];
    const supervise = async (page: Page, instruction: string): Promise<void> => {
      await openMove(page, '督办');
      await page.getByLabel('督办要求', { exact: true }).fill(instruction);
      await page.getByLabel('期限', { exact: true }).fill('2099-01-05');
    };
    await supervise(second.page, '第二个窗口的要求');
    await supervise(first.page, '第一个窗口的要求');
    await confirm(first.page, '督办');
    await second.page.getByRole('button', { name: '确认督办' }).click();
    await second.page.getByText('他人刚刚作了修改').first().waitFor();
    await second.page.locator('[data-part=case]').getByText('第一个窗口的要求').waitFor();
    expect(await second.page.getByLabel('督办要求', { exact: true }).inputValue()).toBe('第二个窗口的要求');
    await confirm(second.page, '督办');
    await expectReadable(second.page);
  });

  it('keep what was written when the session expires in the middle', async () => {
    const { page } = await city.openAs(enterprise, '/appeals/new');
    await choose(page, '类型', '建议');
    await choose(page, '类别', '用工');
    await choose(page, '所在区域', '咸安区');
    await page.getByLabel('标题', { exact: true }).fill('增加夜班公交方便职工');
    await page.getByLabel('内容', { exact: true }).fill('夜班职工下班后没有公交车,建议延长运营时间。');
    let isExpired = true;
    await page.route(city.hub.graph, (route) =>
      route.continue(
        isExpired ? { headers: { ...route.request().headers(), authorization: 'Bearer expired' } } : undefined,
      ),
    );
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByText('登录已过期').waitFor();
    isExpired = false;
    await page.getByRole('dialog').getByRole('button', { name: '进入' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.waitForURL(/\/cases\/SQ/);
    await page.getByRole('heading', { name: '增加夜班公交方便职工' }).waitFor();
  });

  it('show nothing as done that was not acknowledged, and act once when it is tried again', async () => {
    const { page } = await city.openAs(enterprise, '/appeals/new');
    await choose(page, '类型', '建议');
    await choose(page, '类别', '税费');
    await choose(page, '所在区域', '咸安区');
    await page.getByLabel('标题', { exact: true }).fill('发票网上领用次数');
    await page.getByLabel('内容', { exact: true }).fill('建议增加每月网上领用发票的次数。');
    let times = 0;
    await page.route(city.hub.graph, async (route) => {
      // Before it is sent the page looks for earlier appeals that are alike.
      times += (route.request().postData() ?? '').includes('SubmitAppeal') ? 1 : 0;
      if (times !== 1) return route.continue();
      await route.fetch(); // The graph has done it; its answer is lost.
      return route.abort();
    });
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByText('没有收到应答').waitFor();
    expect(page.url()).toContain('/appeals/new');
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.waitForURL(/\/cases\/SQ/);
    await page.goto(`${city.origin}/portal`);
    await page.locator('[data-part=appeals] table').waitFor();
    expect(await page.locator('[data-part=appeals]').getByText('发票网上领用次数').count()).toBe(1);
  });

  // Each department in turn holds its port and does not answer: the slow kind of being down.
  it.each([
    ['cases', 'appeals', 'owed'],
    ['credit', 'owed', 'appeals'],
    ['policies', 'grants', 'appeals'],
    ['enterprises', 'matches', 'owed'],
  ])('name %s when it is silent, and show the rest', async (name, missing, there) => {
    const silent = descendants(city.hub.launcher.pid ?? 0).find(({ command }) =>
      command.includes(`subgraphs/${name}/dist/main.js`),
    );
    if (silent === undefined) throw new Error(`The hub has no process of ${name}.`);
    process.kill(silent.pid, 'SIGSTOP');
    try {
      const { page } = await city.openAs(enterprise, '/portal');
      await page.locator('.silent', { hasText: name }).waitFor();
      await page.locator(`[data-part=${missing}]`).getByText(`系统 ${name} 暂无应答`).waitFor();
      await page.locator(`[data-part=${there}] table`).waitFor();

      process.kill(silent.pid, 'SIGCONT');
      for (let isPartial = true; isPartial;) {
        const answered = page.waitForResponse(city.hub.graph);
        await page.getByRole('button', { name: '重试' }).first().click();
        const { extensions } = (await (await answered).json()) as { extensions?: { partial?: boolean } };
        isPartial = extensions?.partial === true;
      }
      await page.locator('.silent').waitFor({ state: 'hidden' });
      await page.locator(`[data-part=${missing}] .problem`).waitFor({ state: 'hidden' });
      await page.context().close();
    } finally {
      process.kill(silent.pid, 'SIGCONT');
    }
  });
});
