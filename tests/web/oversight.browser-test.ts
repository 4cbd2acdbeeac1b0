import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { jest } from '@jest/globals';
import { runToEnd } from '../hub/support/start-hub.js';
import { choose, chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from './support/browser.js';
import { expectReadable } from './support/readable.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

const COORDINATOR: Caller = { role: 'COORDINATOR' };
/** A grant as the graph shows it to its department. */
interface Grant {
  readonly id: string;
  readonly status: string;
  readonly enterprise: { readonly uscc: string; readonly name: string };
}
const dayInShanghai = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now());

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('the pages of oversight in a browser (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  let enterprise: Caller;
  beforeAll(async () => {
    city = await startCityInBrowser();
    enterprise = { role: 'ENTERPRISE', uscc: /A demo enterprise: (\w{18})/.exec(city.hub.output())?.[1] };
  }, 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  it('submit a briefing on a common issue, which a second person alone acknowledges', async () => {
    const { page, complaints } = await city.openAs(COORDINATOR, '/briefings');
    const form = page.locator('[data-part=submit]');
    await form.getByRole('checkbox').first().check();
    const issue = await form.locator('label', { has: page.locator('input:checked') }).innerText();
    await choose(page, '呈报对象', '市长');
    await page.keyboard.press('Escape');
    await form.getByLabel('标题', { exact: true }).fill('页面测试专报标题');
    await form.getByLabel('内容', { exact: true }).fill('本年企业反映集中的问题，建议专题研究。');
    await form.getByRole('button', { name: '呈报专报' }).dblclick();
    const row = page.locator('[data-part=briefings] tr', { hasText: '页面测试专报标题' });
    await row.getByText('待签收').waitFor();
    expect(await row.count()).toBe(1);
    expect(await row.innerText()).toContain(issue.split(' (')[0]?.split('、')[0]);

    await row.getByRole('button', { name: '登记签收' }).click();
    await choose(page, '签收领导', '市长');
    await row.getByLabel('签收日期', { exact: true }).fill(dayInShanghai());
    await row.getByLabel('批示', { exact: true }).fill('请发改委牵头研究。');
    await row.getByRole('button', { name: '确认签收：页面测试专报标题' }).click();
    // Whoever submitted it does not acknowledge it.
    await row.locator('.ant-alert, .ant-form-item-explain-error').first().waitFor();

    const token = await city.hub.token('--role', 'COORDINATOR', '--person', 'second');
    const { data } = await city.hub.ask<{ briefings: { id: string; version: number; title: string }[] }>(
      '{ briefings { id version title } }',
      { token },
    );
    const { id, version } = data?.briefings.find(({ title }) => title === '页面测试专报标题') ?? { id: '', version: 0 };
    const input = `{ idempotencyKey: "page-test-briefing", briefing: "${id}", expectedVersion: ${String(version)}, leader: MAYOR, acknowledgedOn: "${dayInShanghai()}", instruction: "请发改委牵头研究。" }`;
    await city.hub.ask(`mutation { acknowledgeBriefing(input: ${input}) { refusal { message } } }`, { token });
    await page.reload();
    await row.getByText('请发改委牵头研究。').waitFor();
    expect(await row.getByText('待签收').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('enter an inspection, flagged for what is irregular, which the enterprise then reads', async () => {
    const officer: Caller = { role: 'OFFICER', department: 'YJGLJ' };
    const { page, complaints } = await city.openAs(officer, '/inspections');
    const form = page.locator('[data-part=record]');
    const field = (label: string) => form.getByLabel(label, { exact: true });
    await field('统一社会信用代码').fill(enterprise.uscc ?? '');
    await choose(page, '检查类型', '日常检查');
    await field('检查通知书文号').fill('应急检查〔2026〕页面测试1号');
    await field('检查事项及法律依据').fill('安全生产条件检查（安全生产法第六十五条）');
    const say = (label: string, answer: string): Promise<void> =>
      form.locator('.ant-form-item', { hasText: label }).getByText(answer, { exact: true }).click();
    await say('经部门负责人批准', '否');
    await say('入企检查', '是');
    await choose(page, '检查结果', '未发现问题');
    await field('结果说明').fill('未发现问题。');
    // Beside the day: the graph's scalar refuses the first, the department the second.
    for (const wrong of ['2999-01-01', `${Number(dayInShanghai().slice(0, 4)) + 1}-01-05`]) {
      await field('检查日期').fill(wrong);
      await form.getByRole('button', { name: '登记检查' }).click();
      await form
        .locator('.ant-form-item', { hasText: '检查日期' })
        .locator('.ant-form-item-explain-error', { hasText: wrong })
        .waitFor();
    }
    await field('检查日期').fill(dayInShanghai());
    await form.getByRole('button', { name: '登记检查' }).click();
    const row = page.locator('[data-part=inspections] tr', { hasText: '页面测试1号' });
    await row.getByText('无检查计划、未经负责人批准').waitFor();
    // What a scalar refuses is a request with wrong variables: by its status 400, which Chromium notes.
    expect(complaints).toEqual(['Failed to load resource: the server responded with a status of 400 (Bad Request)']);
    await page.context().close();

    const theirs = await city.openAs(enterprise, '/inspections');
    await theirs.page.locator('[data-part=inspections] tr', { hasText: '页面测试1号' }).waitFor();
    // Who else is inspected, and by which plans, is for officials.
    expect(await theirs.page.locator('[data-part=frequency], [data-part=plans], [data-part=record]').count()).toBe(0);
    await theirs.page.context().close();
  });

  it('show how an enterprise stands, and take back a record that was wrong', async () => {
    const officer: Caller = { role: 'OFFICER', department: 'FGW' };
    const token = await city.hub.token('--role', 'OFFICER', '--department', 'FGW');
    const input = `{ idempotencyKey: "page-test-record", uscc: "${enterprise.uscc ?? ''}", category: "合同履约", seriousness: GENERAL, documentNumber: "页面测试失信认定1号", from: "${dayInShanghai()}" }`;
    const recorded = await city.hub.ask<{ recordDishonesty: { refusal: { message: string } | null } }>(
      `mutation { recordDishonesty(input: ${input}) { refusal { message } } }`,
      { token },
    );
    expect(recorded).toMatchObject({ data: { recordDishonesty: { refusal: null } } });
    const { page, asked, complaints } = await city.openAs(officer, `/standing/${enterprise.uscc ?? ''}`);
    const row = page.locator('[data-part=records] tr', { hasText: '页面测试失信认定1号' });
    await row.waitFor();
    expect(asked).toEqual(['Standing']);
    await expectReadable(page);
    await row.getByRole('button', { name: '撤销' }).click();
    await row.getByLabel('理由', { exact: true }).fill('认定对象有误。');
    await row.getByLabel('文号', { exact: true }).fill('更正2号');
    await row.getByLabel('文件日期', { exact: true }).fill(dayInShanghai());
    await row.locator('button[type=submit]').dblclick();
    await row.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  /** The register delivers a new state of an enterprise, with what it has to say of each. */
  async function deliverState(folder: string, uscc: string, state: string): Promise<void> {
    const { data } = await city.hub.ask<{ enterprise: { name: string; registeredOn: string } }>(
      `{ enterprise(uscc: "${uscc}") { name registeredOn } }`,
      { token: await city.hub.token('--role', 'OFFICER', '--department', 'SCJGJ') },
    );
    const { name = '', registeredOn = '' } = data?.enterprise ?? {};
    const mapping = path.join(folder, 'states.yaml');
    await writeFile(
      path.join(folder, 'states.csv'),
      `代码,名称,成立日期,状态\n${uscc},${name},${registeredOn},${state}\n`,
    );
    await writeFile(
      mapping,
      [
        ...['name: page-states', 'target: enterprise', 'department: SCJGJ', 'source:', '  kind: csv'],
        ...['  path: states.csv', 'fields:', '  uscc: 代码', '  name: 名称'],
        ...['  registeredOn: 成立日期', '  status: 状态', ''],
      ].join('\n'),
    );
    await runToEnd(['subgraphs/enterprises/dist/cli.js', 'connect', 'run', mapping], city.hub.environment);
  }

  let keys = 0;
  /** A command with a key of its own, which the graph does not refuse. */
  async function command(token: string, name: string, input: string): Promise<void> {
    const key = `page-test-shown-${String((keys += 1))}`;
    const { data } = await city.hub.ask<{ change: { refusal: unknown } | null }>(
      `mutation { change: ${name}(input: { ${input}, idempotencyKey: "${key}" }) { refusal { message } } }`,
      { token },
    );
    expect([name, data?.change?.refusal]).toEqual([name, null]);
  }

  /** Publishes a policy that is had without application, and identifies who has it. */
  async function grantsUnder(officer: string, id: string, title: string): Promise<() => Promise<Grant[]>> {
    const content = `{ id: "${id}", title_zh: "${title}", issuer: "市人社局", issuer_code: "RSJ",
      exempt_from_application: true, criteria: [{ fact: "employees", op: "gte", value: 500, text_zh: "不少于500人" }],
      benefit: { kind: "cash", amount_yuan: 1000, text_zh: "奖励1000元" } }`;
    await command(officer, 'savePolicyDraft', `content: ${content}`);
    await command(officer, 'publishPolicy', `policy: "${id}", version: 1`);
    const found = async (): Promise<Grant[]> => {
      const { data } = await city.hub.ask<{ grants: { nodes: Grant[] } }>(
        `{ grants(filter: { policy: "${id}" }, first: 50) { nodes { id status enterprise { uscc name } } } }`,
        { token: officer },
      );
      return data?.grants.nodes ?? [];
    };
    while ((await found()).length === 0) await command(officer, 'identifyGrants', `policy: "${id}"`);
    return found;
  }

  it('show what the public was shown before, once an amount is changed after that', async () => {
    const officer = await city.hub.token('--role', 'OFFICER', '--department', 'RSJ');
    const found = await grantsUnder(officer, 'page-shown', '页面公示补贴');
    const all = (await found()).map(({ id }) => `"${id}"`).join(', ');
    await command(officer, 'advanceGrants', `grants: [${all}], move: NOTIFY`);
    const grant = (await found()).find(({ status }) => status === 'NOTIFIED');
    if (grant === undefined) throw new Error('No enterprise of the demo city could be told of its grant.');
    const { uscc, name } = grant.enterprise;
    const theirs = await city.hub.token('--role', 'ENTERPRISE', '--uscc', uscc);
    const one = `grant: "${grant.id}"`;
    await command(theirs, 'confirmGrant', `${one}, holder: "${name}", bank: "农商行", number: "6222021234509876"`);
    await command(officer, 'advanceGrants', `grants: ["${grant.id}"], move: PUBLICISE`);
    // Whoever reads the notice objects there, and the department decides in its own list.
    const portal = await city.openAs({ role: 'ENTERPRISE', uscc }, '/policies/page-shown');
    const shown = portal.page.locator('[data-part=notices]');
    await shown.locator('tr', { hasText: name }).getByRole('button', { name: '提出异议' }).click();
    await shown.getByLabel('异议内容', { exact: true }).fill('金额有误');
    await expectReadable(portal.page);
    await shown.locator('button[type=submit]').dblclick();
    await shown.getByText(`异议已提交：${name}`).waitFor();
    const work = await city.openAs({ role: 'OFFICER', department: 'RSJ' }, '/work');
    await work.page.locator('[data-part=objections]').getByText('金额有误').click();
    const decided = work.page.locator('[data-part=grant]');
    await decided.getByText('金额有误').waitFor();
    await decided.getByText('是', { exact: true }).click();
    await decided.getByLabel('理由', { exact: true }).fill('属实');
    await decided.getByRole('button', { name: '处理异议' }).dblclick();
    await decided.waitFor({ state: 'detached' });
    await command(officer, 'decideGrant', `${one}, decision: CHANGE_AMOUNT, amount: "800", reason: "核减"`);

    await work.page.goto(`${city.origin}/grants?status=CONFIRMED`);
    const row = work.page.locator('[data-part=grants] tr', { hasText: '页面公示补贴' });
    await row.getByText('原公示 ¥1,000.00').waitFor();
    expect(await row.innerText()).toContain('¥800.00');
    await portal.page.goto(`${city.origin}/portal`);
    await portal.page
      .locator('[data-part=grants] tr', { hasText: '页面公示补贴' })
      .getByText('原公示 ¥1,000.00')
      .waitFor();

    await command(officer, 'advanceGrants', `grants: ["${grant.id}"], move: PUBLICISE`);
    await work.page.goto(`${city.origin}/policies/page-shown`);
    const notice = work.page.locator('[data-part=notices] tr', { hasText: name });
    await notice.getByText('原公示 ¥1,000.00').waitFor();
    expect(await notice.innerText()).toContain('¥800.00');
    await expectReadable(work.page);
    await work.page.getByRole('button', { name: 'English' }).click();
    await notice.getByText('Shown before: ¥1,000.00').waitFor();
    for (const { complaints, page } of [work, portal]) {
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });

  it('show the officer and the enterprise what of the register bars a grant, a policy and a loan', async () => {
    const officer = await city.hub.token('--role', 'OFFICER', '--department', 'RSJ');
    const [grant] = await (await grantsUnder(officer, 'page-barred', '页面登记补贴'))();
    if (grant === undefined) throw new Error('No enterprise of the demo city has the grant.');
    const { uscc, name } = grant.enterprise;
    const product = `id: "page-barred-loan", name: "页面登记贷", bank: "页面银行", kind: CREDIT, minimumAmount: "10000", maximumAmount: "5000000",
      yearlyRateBasisPoints: 385, termMonths: 24, collateralKinds: [NONE],
      criteria: [{ fact: "employees", op: "gte", value: 1, text_zh: "职工不少于1人" }]`;
    const bank = await city.hub.token('--role', 'OFFICER', '--department', 'RMYH');
    await command(bank, 'publishLoanProduct', product);
    const work = await city.openAs({ role: 'OFFICER', department: 'RSJ' }, '/grants?status=IDENTIFIED');
    const row = work.page.locator('[data-part=grants] tr', { hasText: '页面登记补贴' }).filter({ hasText: name });
    const theirs = await city.openAs({ role: 'ENTERPRISE', uscc }, '/portal');
    const barred = theirs.page.locator('[data-part=barred] tr', { hasText: '页面登记补贴' });
    const matches = theirs.page.locator('[data-part=matches]');
    await row.waitFor();
    await matches.waitFor();
    const words = ['企业已被吊销营业执照', '企业已注销'];
    for (const one of words) expect(await row.getByText(one).count()).toBe(0);
    expect(await barred.count()).toBe(0);

    const folder = await mkdtemp(path.join(tmpdir(), 'zhitong-page-states-'));
    for (const [state, reason] of [
      ['吊销', '企业已被吊销营业执照'],
      ['注销', '企业已注销'],
    ] as const) {
      await deliverState(folder, uscc, state);
      await work.page.reload();
      await row.getByText(reason).waitFor();
      await theirs.page.goto(`${city.origin}/portal`);
      await barred.getByText(reason).waitFor();
      expect(await matches.getByText('页面登记补贴').count()).toBe(0);
      await theirs.page.goto(`${city.origin}/financing`);
      const loan = theirs.page.locator('[data-part=barred-loans] tr', { hasText: '页面登记贷' });
      await loan.getByText(reason).waitFor();
      expect(await theirs.page.locator('[data-part=loans]').getByText('页面登记贷').count()).toBe(0);
      for (const { page } of [work, theirs]) await expectReadable(page);
    }
    await rm(folder, { recursive: true });

    // The next step suspends it, for what the page has said before.
    await row.getByRole('checkbox').check();
    await choose(work.page, '办理', '告知');
    await work.page.getByRole('button', { name: '办理 1 户' }).click();
    await work.page.getByText('已办理 1 户').waitFor();
    await work.page.goto(`${city.origin}/grants?status=SUSPENDED`);
    await row.getByText('企业已注销').waitFor();
    for (const { complaints, page } of [work, theirs]) {
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });
});
