import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { jest } from '@jest/globals';
import { runToEnd } from '../hub/support/start-hub.js';
import { choose, chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from './support/browser.js';
import { fillIn } from './support/forms.js';
import { expectReadable } from './support/readable.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

/** A grant as the graph shows it to its department. */
interface Grant {
  readonly id: string;
  readonly status: string;
  readonly enterprise: { readonly uscc: string; readonly name: string };
}
const dayInShanghai = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now());

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('the pages of grants in a browser (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  beforeAll(async () => {
    city = await startCityInBrowser();
  }, 1_800_000);
  afterAll(async () => city.stop(), 600_000);

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

  /** Publishes a policy that is had without application. */
  async function publishExempt(officer: string, id: string, title: string): Promise<void> {
    const content = `{ id: "${id}", title_zh: "${title}", issuer: "市人社局", issuer_code: "RSJ",
      exempt_from_application: true, criteria: [{ fact: "employees", op: "gte", value: 500, text_zh: "不少于500人" }],
      benefit: { kind: "cash", amount_yuan: 1000, text_zh: "奖励1000元" } }`;
    await command(officer, 'savePolicyDraft', `content: ${content}`);
    await command(officer, 'publishPolicy', `policy: "${id}", version: 1`);
  }

  async function grantsOf(officer: string, id: string): Promise<Grant[]> {
    const { data } = await city.hub.ask<{ grants: { nodes: Grant[] } }>(
      `{ grants(filter: { policy: "${id}" }, first: 50) { nodes { id status enterprise { uscc name } } } }`,
      { token: officer },
    );
    return data?.grants.nodes ?? [];
  }

  /** Publishes a policy that is had without application, and identifies who has it. */
  async function grantsUnder(officer: string, id: string, title: string): Promise<() => Promise<Grant[]>> {
    await publishExempt(officer, id, title);
    const found = async (): Promise<Grant[]> => grantsOf(officer, id);
    while ((await found()).length === 0) await command(officer, 'identifyGrants', `policy: "${id}"`);
    return found;
  }

  it('tell whom identifying would find before it makes a grant, and make them at the second press', async () => {
    const officer = await city.hub.token('--role', 'OFFICER', '--department', 'RSJ');
    await publishExempt(officer, 'page-identify', '页面识别补贴');
    const would = async (): Promise<number> => {
      const { data } = await city.hub.ask<{ previewIdentification: { outcome: { identified: number } } }>(
        '{ previewIdentification(policy: "page-identify") { outcome { identified } } }',
        { token: officer },
      );
      return data?.previewIdentification.outcome.identified ?? 0;
    };
    // Until the city is matched.
    let count = await would();
    while (count === 0) count = await would();
    const { page, complaints } = await city.openAs({ role: 'OFFICER', department: 'RSJ' }, '/grants');
    const form = page.locator('[data-part=identify]');
    const figure = (name: string) => form.locator('.figures > *', { hasText: name });
    await choose(page, '免申即享政策', '页面识别补贴');
    await form.getByRole('button', { name: '识别', exact: true }).dblclick();
    await form.getByText('识别后将是（尚未生成）').waitFor();
    expect(await figure('生成兑现单').innerText()).toContain(String(count));
    expect(await grantsOf(officer, 'page-identify')).toEqual([]);
    await expectReadable(page);
    await form.getByRole('button', { name: '仍然识别' }).dblclick();
    await form.getByText('识别结果').waitFor();
    expect(await figure('生成兑现单').innerText()).toContain(String(count));
    expect(await grantsOf(officer, 'page-identify')).toHaveLength(count);
    await page.locator('[data-part=grants] tr', { hasText: '页面识别补贴' }).first().waitFor();

    await choose(page, '免申即享政策', '页面识别补贴');
    await form.getByRole('button', { name: '识别', exact: true }).click();
    await form.getByText('识别后将是（尚未生成）').waitFor();
    expect(await figure('生成兑现单').innerText()).toMatch(/\D0$/);
    expect(await figure('本周期已有').innerText()).toContain(String(count));
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('ask a grant back by two persons, tell the enterprise, and note what comes, refused beside the field', async () => {
    interface Paid {
      readonly id: string;
      readonly paid: { readonly amount: string };
      readonly department: { readonly code: string };
      readonly enterprise: { readonly uscc: string };
    }
    const { data } = await city.hub.ask<{ grants: { nodes: Paid[] } }>(
      '{ grants(filter: { status: [PAID] }, first: 1) { nodes { id paid { amount } department { code } enterprise { uscc } } } }',
      { token: await city.hub.token('--role', 'AUDITOR') },
    );
    const [grant] = data?.grants.nodes ?? [];
    if (grant === undefined) throw new Error('The demo city has no grant that is paid.');
    const office: Caller = { role: 'OFFICER', department: grant.department.code };
    const as = ['--role', 'OFFICER', '--department', grant.department.code];
    // In March no holiday falls on a Wednesday.
    const march = new Date(`${Number(dayInShanghai().slice(0, 4)) + 1}-03-01T00:00:00Z`);
    const wednesday = `${march.toISOString().slice(0, 8)}${String(1 + ((10 - march.getUTCDay()) % 7)).padStart(2, '0')}`;

    const first = await city.openAs(office, `/grants?status=PAID&grant=${encodeURIComponent(grant.id)}`);
    const opened = first.page.locator('[data-part=grant]');
    const propose = async (amount: string): Promise<void> => {
      await opened.getByLabel('金额（元）', { exact: true }).fill(amount);
      await opened.getByRole('button', { name: '提出追回' }).dblclick();
    };
    await opened.getByLabel('理由', { exact: true }).fill('页面测试：人数不实');
    await opened.getByLabel('期限', { exact: true }).fill(wednesday);
    await propose(String(Number(grant.paid.amount) + 1));
    await opened.locator('.ant-form-item-explain-error').waitFor();
    await expectReadable(first.page);
    await propose(grant.paid.amount);
    const rowIn = (page: typeof first.page) =>
      page.locator('[data-part=recoveries] tr', { hasText: '页面测试：人数不实' });
    const row = rowIn(first.page);
    await row.getByText('待审核').waitFor();
    expect(await row.count()).toBe(1);
    // Nothing is left to ask back, and whoever proposed it does not decide.
    await opened.getByRole('button', { name: '提出追回' }).waitFor({ state: 'detached' });
    expect(await row.getByRole('button').count()).toBe(0);

    const portal = await city.openAs({ role: 'ENTERPRISE', uscc: grant.enterprise.uscc }, '/portal');
    const theirs = portal.page.locator('[data-part=grants] tr', {
      has: portal.page.getByText('已兑付', { exact: true }),
    });
    const follow = portal.page.locator('[data-part=grant-history]');
    const unfold = async (): Promise<void> => theirs.first().getByRole('button', { name: '进度' }).click();
    await unfold();
    await follow.waitFor();
    expect(await follow.getByText('应退回资金').count()).toBe(0);

    const second = await city.openAs(
      { ...office, token: await city.hub.token(...as, '--person', 'second') },
      '/grants',
    );
    await rowIn(second.page).getByRole('button', { name: '决定追回' }).click();
    await second.page.locator('[data-part=recoveries]').getByLabel('理由', { exact: true }).fill('经复核属实');
    await second.page.locator('[data-part=recoveries] button[type=submit]').dblclick();
    await rowIn(second.page).getByText('追回中', { exact: true }).waitFor();
    // Who made the demand does not note what comes of it.
    expect(await rowIn(second.page).getByRole('button').count()).toBe(0);
    await portal.page.reload();
    await unfold();
    await follow.getByText('应退回资金').waitFor();
    await follow.getByText('追回中', { exact: true }).waitFor();
    await expectReadable(portal.page);

    await first.page.reload();
    await row.getByRole('button', { name: '登记到账' }).click();
    const form = first.page.locator('[data-part=recoveries] form');
    await form.getByLabel('到账日期', { exact: true }).fill(dayInShanghai());
    await form.getByLabel('银行回单号', { exact: true }).fill('页面测试回单1');
    await form.getByLabel('金额（元）', { exact: true }).fill(String(Number(grant.paid.amount) + 1));
    await form.locator('button[type=submit]').click();
    await form.locator('.ant-form-item', { hasText: '金额' }).locator('.ant-form-item-explain-error').waitFor();
    await form.getByLabel('金额（元）', { exact: true }).fill(grant.paid.amount);
    await form.locator('button[type=submit]').dblclick();
    await row.getByText('已全部追回').waitFor();
    await portal.page.reload();
    await unfold();
    await follow.getByText('已全部追回').waitFor();
    for (const { complaints, page } of [first, second, portal]) {
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });

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
    await work.page.goto(`${city.origin}/grants?status=SUSPENDED&grant=${encodeURIComponent(grant.id)}`);
    await fillIn(decided, { 决定: { choose: '变更金额' }, '金额（元）': '1000.001', 理由: '核减' });
    const decide = decided.getByRole('button', { name: '作出决定' });
    await decide.click();
    await decided.locator('.ant-form-item', { hasText: '金额' }).locator('.ant-form-item-explain-error').waitFor();
    await fillIn(decided, { '金额（元）': '800' });
    await decide.dblclick();
    await decided.waitFor({ state: 'detached' });

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
