import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { choose, chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from './support/browser.js';
import { expectReadable } from './support/readable.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

const COORDINATOR: Caller = { role: 'COORDINATOR' };
const AUDITOR: Caller = { role: 'AUDITOR' };
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe("a day's work in a browser (skipped without a Chromium)", () => {
  let city: CityInBrowser;
  let enterprise: Caller & { uscc: string };
  beforeAll(async () => {
    city = await startCityInBrowser();
    enterprise = { role: 'ENTERPRISE', uscc: /A demo enterprise: (\w{18})/.exec(city.hub.output())?.[1] ?? '' };
  }, 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  /** Asks the graph beside the pages, as somebody. */
  async function ask<Data>(query: string, ...caller: string[]): Promise<Data> {
    const { data, errors } = await city.hub.ask<Data>(query, { token: await city.hub.token(...caller) });
    expect(errors).toBeUndefined();
    return data as Data;
  }

  it('offers an earlier appeal that is alike before another one is sent, and sends it all the same', async () => {
    const bring = async (): Promise<Page> => {
      const { page } = await city.openAs(enterprise, '/appeals/new');
      await choose(page, '类型', '诉求');
      await choose(page, '类别', '物流');
      await choose(page, '所在区域', '咸安区');
      await field(page, '标题').fill('货场照明损坏请求修复');
      await field(page, '内容').fill('货场夜间照明损坏已经两周，装卸存在安全隐患，请求尽快修复。');
      await page.getByRole('button', { name: '提交', exact: true }).click();
      return page;
    };
    const first = await bring();
    await first.waitForURL(/\/cases\/SQ/);
    const address = new URL(first.url()).pathname;
    const second = await bring();
    await second.locator(`[data-part=alike] a[href="${address}"]`).waitFor();
    await expectReadable(second);
    expect(second.url()).toContain('/appeals/new');
    await second.getByRole('button', { name: '仍然提交' }).dblclick();
    await second.waitForURL(/\/cases\/SQ/);
    const { cases } = await ask<{ cases: { nodes: { title: string }[] } }>(
      '{ cases(first: 20) { nodes { title } } }',
      ...['--role', 'ENTERPRISE', '--uscc', enterprise.uscc],
    );
    expect(cases.nodes.filter(({ title }) => title === '货场照明损坏请求修复')).toHaveLength(2);
  });

  it('tells an enterprise of a policy each reason, what is not known, and who provides it', async () => {
    const { enterprise: told } = await ask<{
      enterprise: {
        matchedPolicies: {
          nodes: {
            policy: { title: string; benefit: { text: string } };
            missingFacts: { label: string; source: string }[];
            criteria: { text: string; outcome: string }[];
          }[];
        };
      };
    }>(
      `{ enterprise(uscc: "${enterprise.uscc}") { matchedPolicies(first: 20, filter: { outcomes: [ELIGIBLE, UNDETERMINED] }) {
        nodes { policy { title benefit { text } } missingFacts { label source } criteria { text outcome } } } } }`,
      ...['--role', 'ENTERPRISE', '--uscc', enterprise.uscc],
    );
    const undetermined = told.matchedPolicies.nodes.find(({ missingFacts }) => missingFacts.length > 0);
    if (undetermined === undefined) throw new Error('The demo enterprise has no match of which something is unknown.');
    const { policy, missingFacts, criteria } = undetermined;
    const { page } = await city.openAs(enterprise, '/portal');
    const match = page.locator('[data-part=matches] .ant-collapse-item', { hasText: policy.title });
    await match.locator('.ant-collapse-header').click();
    await match.getByText('补充以下信息即可判断').waitFor();
    const shown = await match.innerText();
    for (const { label, source } of missingFacts) expect(shown).toContain(`${label} （由${source}提供）`);
    const words = { MET: '满足', NOT_MET: '不满足', UNKNOWN: '未知' };
    const reasons = await match.locator('ul.criteria').first().locator(':scope > li').allInnerTexts();
    expect(reasons).toHaveLength(criteria.length);
    for (const [at, { text, outcome }] of criteria.entries()) {
      expect(reasons[at]).toContain(text);
      expect(reasons[at]).toContain(Object.entries(words).find(([code]) => code === outcome)?.[1]);
    }
    expect(shown.replaceAll(/\s/g, '')).toContain(`计算依据：${policy.benefit.text}`.replaceAll(/\s/g, ''));
    await page.context().close();
  });

  it('suggests to the coordinator whom similar cases were assigned to, and begins the assignment with it', async () => {
    const bring = async (key: string): Promise<string> => {
      const input = `{ kind: APPEAL, category: LOGISTICS, title: "铁路专用线装卸费用过高", text: "铁路专用线装卸费用连续上涨，物流成本过高，请求核查收费标准。", region: "421202", idempotencyKey: "${key}" }`;
      const { submitCase } = await ask<{ submitCase: { case: { caseNumber: string } } }>(
        `mutation { submitCase(input: ${input}) { case { caseNumber } refusal { message } } }`,
        ...['--role', 'ENTERPRISE', '--uscc', enterprise.uscc],
      );
      return submitCase.case.caseNumber;
    };
    const { departments } = await ask<{ departments: { code: string; name: string }[] }>(
      '{ departments(level: CITY) { code name } }',
      ...['--role', 'COORDINATOR'],
    );
    const { code, name } = departments[1] ?? { code: '', name: '' };
    const before = await bring('page-test-similar-1');
    await ask(
      `mutation { assignCase(input: { caseNumber: "${before}", expectedVersion: 1, lead: "${code}", idempotencyKey: "page-test-assign" }) { refusal { message } } }`,
      ...['--role', 'COORDINATOR'],
    );
    const caseNumber = await bring('page-test-similar-2');
    const { page, asked } = await city.openAs(COORDINATOR, `/cases/${caseNumber}`);
    await page
      .locator('[data-part=suggestion]')
      .getByRole('button', { name: `交办给${name}` })
      .click();
    expect(asked).toEqual(['CasePage']);
    await page.getByRole('button', { name: '确认交办' }).click();
    await page.getByText('已确认：交办').waitFor();
    await page.locator('[data-part=case] .ant-descriptions-item', { hasText: name }).first().waitFor();
  });

  it('lets an enterprise apply under a pledge that it has read, once, and follow what becomes of it', async () => {
    const officer = ['--role', 'OFFICER', '--department', 'RSJ'];
    const content = `{ id: "a-page-apply", title_zh: "页面申报补贴", issuer: "市人社局", issuer_code: "RSJ",
      exempt_from_application: false, criteria: [{ fact: "employees", op: "gte", value: 1, text_zh: "不少于1人" }],
      benefit: { kind: "cash", amount_yuan: 1000, text_zh: "奖励1000元" } }`;
    for (const text of [
      `savePolicyDraft(input: { content: ${content}, idempotencyKey: "page-apply-draft" })`,
      'publishPolicy(input: { policy: "a-page-apply", version: 1, idempotencyKey: "page-apply-publish" })',
    ])
      await ask(`mutation { change: ${text} { refusal { message } } }`, ...officer);
    const { page, asked, complaints } = await city.openAs(enterprise, '/portal');
    const match = page.locator('[data-part=matches] .ant-collapse-item', { hasText: '页面申报补贴' });
    await match.locator('.ant-collapse-header').click();
    await match.getByText('计算依据： 奖励1000元').waitFor();
    await match.getByRole('button', { name: '承诺申报' }).click();
    await match.getByText('本企业申请《页面申报补贴》').waitFor();
    await expectReadable(page);
    for (const [label, text] of [
      ['签署人', '张三'],
      ['户名', '测试企业'],
      ['开户银行', '农商行'],
      ['账号', '12'],
    ] as const)
      await match.getByLabel(label, { exact: true }).fill(text);
    await match.getByText('是', { exact: true }).click();
    await match.getByRole('button', { name: '签署并申报' }).click();
    // Refused by the graph, beside the field.
    await match.locator('.ant-form-item', { hasText: '账号' }).locator('.ant-form-item-explain-error').waitFor();
    await match.getByLabel('账号', { exact: true }).fill('6222021234567890');
    await match.getByRole('button', { name: '签署并申报' }).dblclick();
    const row = page.locator('[data-part=grants] tr', { hasText: '页面申报补贴' });
    await row.waitFor();
    expect(await row.count()).toBe(1);
    expect(asked.filter((question) => question === 'ApplyWithPledge')).toHaveLength(2);
    await row.getByRole('button', { name: '进度' }).click();
    await page.locator('[data-part=grant-history]').getByText('农商行').waitFor();
    // Of what cannot be had beside it the page says so, with the policy that stands in the way.
    const beside = `{ id: "a-page-beside", title_zh: "页面不可兼得补贴", issuer: "市人社局", issuer_code: "RSJ",
      exempt_from_application: true, criteria: [{ fact: "employees", op: "gte", value: 1, text_zh: "不少于1人" }],
      excludes: ["a-page-apply"], benefit: { kind: "cash", amount_yuan: 1000, text_zh: "奖励1000元" } }`;
    for (const text of [
      `savePolicyDraft(input: { content: ${beside}, idempotencyKey: "page-beside-draft" })`,
      'publishPolicy(input: { policy: "a-page-beside", version: 1, idempotencyKey: "page-beside-publish" })',
    ])
      await ask(`mutation { change: ${text} { refusal { message } } }`, ...officer);
    await page.reload();
    const barred = page.locator('[data-part=barred] tr', { hasText: '页面不可兼得补贴' });
    await barred.getByText('与已享受的政策不得同时享受').waitFor();
    await barred.getByRole('link', { name: '页面申报补贴' }).waitFor();
    await expectReadable(page);
    // The department checks what was pledged.
    const work = await city.openAs({ role: 'OFFICER', department: 'RSJ' }, '/grants');
    await work.page
      .locator('[data-part=grants] tr', { hasText: '页面申报补贴' })
      .getByRole('button', { name: '查看' })
      .click();
    const pledged = work.page.locator('[data-part=grant]');
    await pledged.getByText('是', { exact: true }).click();
    await pledged.getByRole('button', { name: '登记核查结果' }).dblclick();
    await pledged.getByText('核查属实').waitFor();
    expect(work.complaints).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('brings a question from the enterprise to the department and back', async () => {
    const address = '/policies/a-page-apply';
    const asker = await city.openAs(enterprise, address);
    await field(asker.page, '问题').fill('新成立的企业能否申报？');
    await asker.page.getByRole('button', { name: '提问' }).dblclick();
    await asker.page.locator('[data-part=question]', { hasText: '新成立的企业能否申报？' }).waitFor();
    // What is for officials alone is not asked for an enterprise.
    expect(await asker.page.locator('.problem').count()).toBe(0);

    const officer = await city.openAs({ role: 'OFFICER', department: 'RSJ' }, '/work');
    await officer.page.locator('[data-part=questions]').getByText('新成立的企业能否申报？').click();
    await officer.page.getByRole('button', { name: '答复', exact: true }).click();
    await field(officer.page, '答复').fill('可以，有一名以上职工即可。');
    await officer.page.getByRole('button', { name: '确认答复' }).click();
    await officer.page.locator('[data-part=question]', { hasText: '可以，有一名以上职工即可。' }).waitFor();
    await asker.page.reload();
    await asker.page.locator('[data-part=question]', { hasText: '可以，有一名以上职工即可。' }).waitFor();
  });

  it('brings what an auditor refers from the list of the worst risks to the department, and the answer back', async () => {
    const auditor = await city.open();
    await choose(auditor.page, '角色', '审计监督');
    await auditor.page.getByRole('button', { name: '进入' }).click();
    const audited = auditor.page.locator('[data-part=audit] tbody tr').filter({ has: auditor.page.locator('td a') });
    const name = await audited.first().locator('td a').first().innerText();
    await audited.first().locator('td a').first().click();
    await auditor.page.locator('[data-part=worklist] td a').first().click();
    const matters = auditor.page.locator('[data-part=matters]');
    await matters.getByRole('button', { name: '写审计记录' }).click();
    await field(auditor.page, '内容').fill('资金来源待核实。');
    await matters.getByRole('button', { name: '保存记录' }).dblclick();
    await matters.locator('td', { hasText: '资金来源待核实。' }).waitFor();
    await matters.getByRole('button', { name: '移送责任单位' }).click();
    // Proposed is the department that owes it.
    await matters.locator('form').getByText(name, { exact: true }).first().waitFor();
    await field(auditor.page, '移送事项').fill('请说明未兑现原因。');
    await field(auditor.page, '答复期限').fill('2026-01-05');
    await matters.getByRole('button', { name: '确认移送' }).click();
    const late = auditor.page.locator('.ant-form-item', { has: field(auditor.page, '答复期限') });
    await late.locator('.ant-form-item-explain-error').waitFor();
    await field(auditor.page, '答复期限').fill('2099-01-05');
    await expectReadable(auditor.page);
    await matters.getByRole('button', { name: '确认移送' }).dblclick();
    const referred = matters.locator('tbody tr', { hasText: '请说明未兑现原因。' });
    await referred.waitFor();
    expect(await matters.locator('tbody tr').count()).toBe(2);
    const id = new URL(auditor.page.url()).pathname.split('/').at(-1) ?? '';
    const { commitment } = await ask<{ commitment: { promisor: { code: string } } }>(
      `{ commitment(id: "${id}") { promisor { code } } }`,
      ...['--role', 'AUDITOR'],
    );

    const officer = await city.openAs({ role: 'OFFICER', department: commitment.promisor.code }, '/work');
    const referrals = officer.page.locator('[data-part=referrals]');
    await referrals.getByText('请说明未兑现原因。').waitFor();
    expect(officer.asked).toEqual(['Work']);
    await referrals.getByRole('button', { name: '答复', exact: true }).click();
    await referrals.getByLabel('答复', { exact: true }).fill('资金已列入年度预算。');
    await referrals.getByRole('button', { name: '提交答复' }).dblclick();
    await referrals.getByText('请说明未兑现原因。').waitFor({ state: 'detached' });
    await officer.page.goto(`${city.origin}/commitments/${id}`);
    const theirs = officer.page.locator('[data-part=matters]');
    await theirs.getByText('资金已列入年度预算。').waitFor();
    // Notes are for auditors, and so is writing here.
    expect(await theirs.getByText('资金来源待核实。').count()).toBe(0);
    expect(await theirs.getByRole('button').count()).toBe(0);

    await auditor.page.reload();
    await referred.getByText('资金已列入年度预算。').waitFor();
    for (const { complaints, page } of [auditor, officer]) {
      expect(complaints).toEqual([]);
      await page.context().close();
    }
    const { commitment: told } = await ask<{
      commitment: { auditMatters: { kind: string; response: { text: string } | null }[] };
    }>(`{ commitment(id: "${id}") { auditMatters { kind response { text } } } }`, ...['--role', 'AUDITOR']);
    expect(told.auditMatters.map(({ kind, response }) => [kind, response?.text])).toEqual([
      ['NOTE', undefined],
      ['REFERRAL', '资金已列入年度预算。'],
    ]);
  });

  it('opens the list behind a figure of the audit, worst risk first, down to a proof under a published seal', async () => {
    const { page, asked } = await city.openAs(AUDITOR, '/audit');
    const figure = page.locator('[data-part=audit] .ant-card', { hasText: '逾期' }).last();
    const count = /(\d+) 件/.exec(await figure.innerText())?.[1];
    await figure.getByRole('link').click();
    const rows = page.locator('[data-part=worklist] tbody tr');
    await rows.first().waitFor();
    expect(String(await rows.count())).toBe(count);
    const risks = (await rows.locator('td:first-child strong').allInnerTexts()).map(Number);
    expect(risks).toEqual(risks.toSorted((one, other) => other - one));
    await expectReadable(page);
    await rows.first().getByRole('link').click();
    await page.getByRole('button', { name: '验证证明' }).click();
    await page.getByText(/已在本浏览器验证：\d+ 笔在第 \d+ 号封印之下/).waitFor();
    expect(asked).toEqual(['Audit', 'AuditWorklist', 'CommitmentPage']);
    await page.getByLabel('别处公开的封印哈希', { exact: false }).fill('0'.repeat(64));
    await page.getByRole('button', { name: '验证证明' }).click();
    await page.getByText('封印与公开的不同').waitFor();
    await expectReadable(page);
  });

  it('raises no false alarm for an enterprise, which does not see what the hashes cover', async () => {
    const { commitments } = await ask<{ commitments: { nodes: { id: string }[] } }>(
      '{ commitments(first: 1) { nodes { id } } }',
      ...['--role', 'ENTERPRISE', '--uscc', enterprise.uscc],
    );
    const { page } = await city.openAs(enterprise, `/commitments/${commitments.nodes[0]?.id ?? ''}`);
    await page.getByRole('button', { name: '验证证明' }).click();
    await page.getByText(/已在本浏览器验证/).waitFor();
    expect(await page.getByRole('button', { name: '在本浏览器中验证' }).count()).toBe(0);
  });

  it('fills a wall screen with the figures of the leaders, and a telephone', async () => {
    const { page } = await city.openAs(AUDITOR, '/leaders');
    await page.getByRole('button', { name: '大屏模式' }).click();
    await page.locator('.shell-header').waitFor({ state: 'hidden' });
    await page.locator('[data-part=rates] .ant-statistic-content').first().waitFor();
    await page.getByRole('button', { name: '退出大屏' }).click();
    await page.locator('.shell-header').waitFor();
    await page.setViewportSize({ width: 375, height: 800 });
    // Nothing sticks out, once the charts have followed.
    await page.waitForFunction(() => {
      const { documentElement: root } = Reflect.get(globalThis, 'document') as {
        documentElement: { scrollWidth: number; clientWidth: number };
      };
      return root.scrollWidth <= root.clientWidth;
    });
  });
});
