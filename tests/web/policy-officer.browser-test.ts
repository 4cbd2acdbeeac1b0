import { jest } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { choose, chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from './support/browser.js';
import { expectReadable } from './support/readable.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

/** A number of people that no enterprise of the demo city employs. */
const NOBODY = 1_000_000;
const TITLE = '页面条件树补贴';
const OFFICER = ['--role', 'OFFICER', '--department', 'RSJ'];

/** The policy as a file: before anything is edited, and with the criteria that the page is led to. */
const policy = (criteria: unknown): object => ({
  id: 'a-page-tree',
  title_zh: TITLE,
  issuer: '市人社局',
  issuer_code: 'RSJ',
  exempt_from_application: false,
  criteria,
  benefit: { kind: 'cash', amount_yuan: 1000, text_zh: '奖励1000元' },
});
const OPENED = policy([{ fact: 'employees', op: 'gte', value: NOBODY, text_zh: '不少于一百万人' }]);
const edited = (employees: number): object =>
  policy([
    {
      anyOf: [
        { fact: 'employees', op: 'gte', value: employees, text_zh: '职工不少于约定人数' },
        { fact: 'employees', op: 'gte', value: NOBODY, text_zh: '特大企业' },
      ],
    },
  ]);

interface Effect {
  readonly enterprises: number;
  readonly eligible: number;
  readonly cost: { readonly amount: string };
  readonly funnel: readonly {
    readonly text: string;
    readonly before: number;
    readonly refused: number;
    readonly unknown: number;
    readonly after: number;
  }[];
  readonly byDistrict: readonly { readonly key: string; readonly eligible: number }[];
  readonly comparison: { readonly gaining: number; readonly losing: number } | null;
}

const yuan = (amount: string): string =>
  `¥${Number(amount).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
/** The cells of a table that stands after a heading of the editor. */
const cells = async (of: Locator): Promise<string[][]> =>
  Promise.all((await of.locator('tbody tr').all()).map((row) => row.locator('td').allInnerTexts()));
const card = (page: Page, title: string): Locator =>
  page
    .locator('[data-part=editor] .ant-card', { has: page.locator('.ant-statistic-title', { hasText: title }) })
    .last();

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('a policy officer in a browser (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  let enterprise: Caller & { uscc: string };
  let department: string;
  let regions: ReadonlyMap<string, string>;
  beforeAll(async () => {
    city = await startCityInBrowser();
    enterprise = { role: 'ENTERPRISE', uscc: /A demo enterprise: (\w{18})/.exec(city.hub.output())?.[1] ?? '' };
    const told = await ask<{ department: { name: string }; regions: { code: string; name: string }[] }>(
      '{ department(code: "RSJ") { name } regions { code name } }',
    );
    department = told.department.name;
    regions = new Map(told.regions.map(({ code, name }) => [code, name]));
    await ask(
      `mutation Save($content: JSON!) { savePolicyDraft(input: { content: $content, idempotencyKey: "page-tree-draft" }) { refusal { message } } }`,
      { content: OPENED },
    );
    await ask(
      'mutation { publishPolicy(input: { policy: "a-page-tree", version: 1, idempotencyKey: "page-tree-publish" }) { refusal { message } } }',
    );
  }, 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  /** Asks the graph beside the pages, as the policy's department. */
  async function ask<Data>(query: string, variables?: Record<string, unknown>): Promise<Data> {
    const token = await city.hub.token(...OFFICER);
    const { data, errors } = await city.hub.ask<Data>(query, {
      token,
      ...(variables === undefined ? {} : { variables }),
    });
    expect(errors).toBeUndefined();
    return data as Data;
  }

  /** What the graph says of a policy that the test has written itself. */
  async function effectOf(draft: object): Promise<Effect> {
    const { previewPolicy } = await ask<{ previewPolicy: Effect }>(
      `query Effect($draft: JSON!) { previewPolicy(input: { draft: $draft }) {
        enterprises eligible cost { amount } funnel { text before refused unknown after }
        byDistrict { key eligible } comparison { gaining losing } } }`,
      { draft },
    );
    return previewPolicy;
  }

  /** Waits until the page shows an effect, and holds every figure of it against the graph's. */
  async function expectShown(page: Page, effect: Effect): Promise<void> {
    await card(page, '符合条件')
      .getByText(`${String(effect.eligible)} / ${String(effect.enterprises)}`)
      .waitFor();
    await card(page, '所需资金').getByText(yuan(effect.cost.amount)).waitFor();
    if (effect.comparison !== null) {
      await card(page, '新增享受').getByText(String(effect.comparison.gaining), { exact: true }).waitFor();
      await card(page, '不再享受').getByText(String(effect.comparison.losing), { exact: true }).waitFor();
    }
    const table = (title: string): Locator => page.locator(`[data-part=editor] h3:has-text("${title}") + .list`);
    expect(await cells(table('条件漏斗'))).toEqual(
      effect.funnel.map(({ text, before, refused, unknown, after }) => [
        text,
        ...[before, refused, unknown, after].map(String),
      ]),
    );
    const districts = effect.byDistrict.map(({ key, eligible }) => [regions.get(key) ?? key, String(eligible)]);
    if (districts.length > 0)
      expect((await cells(table('按区域'))).map(([name, eligible]) => [name, eligible])).toEqual(districts);
  }

  it('leads from signing in over a tree of criteria and its effect to the match that an enterprise is told of', async () => {
    const before = await city.openAs(enterprise, '/portal');
    await before.page.locator('[data-part=matches] .ant-collapse-item').first().waitFor();
    expect(await before.page.locator('[data-part=matches]').getByText(TITLE).count()).toBe(0);

    const { page, complaints } = await city.open();
    await choose(page, '角色', '经办人员');
    await page.getByLabel('部门', { exact: true }).fill(department);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '进入' }).click();
    await page.getByRole('link', { name: '政策', exact: true }).click();
    await page.getByLabel('搜索政策').fill(TITLE);
    await page.keyboard.press('Enter');
    await page.locator('[data-part=policies]').getByRole('link', { name: TITLE }).click();
    await page.getByRole('link', { name: '编辑条件' }).click();
    const opened = await effectOf(OPENED);
    expect(opened).toMatchObject({ eligible: 0, cost: { amount: '0.00' } });
    await expectShown(page, { ...opened, comparison: null });

    // A group of two in place of the one that stood there.
    const tree = page.locator('[data-part=editor] ul.criteria').first();
    await tree.getByRole('button', { name: '添加条件组' }).last().click();
    const group = tree.locator(':scope > li', { has: page.getByLabel('条件组', { exact: true }) });
    await group.getByText('满足其一').waitFor();
    const lines = group.locator('ul.criteria > li');
    for (const [at, value, words] of [
      [0, '7', '写错的条件'],
      [1, '1', '职工不少于约定人数'],
      [2, String(NOBODY), '特大企业'],
    ] as const) {
      await group.getByRole('button', { name: '添加条件', exact: true }).click();
      const line = lines.nth(at);
      await line.getByLabel('事实').fill('(employees)');
      await page.keyboard.press('Enter');
      await line.getByLabel('值', { exact: true }).fill(value);
      await line.getByLabel('原文').fill(words);
    }
    // What was typed in the others stays theirs when one before them goes.
    await lines.first().getByRole('button', { name: '删除' }).click();
    expect(
      await Promise.all((await group.getByLabel('值', { exact: true }).all()).map((value) => value.inputValue())),
    ).toEqual(['1', String(NOBODY)]);
    await tree.locator(':scope > li').first().getByRole('button', { name: '删除' }).click();
    const effect = await effectOf(edited(1));
    expect(effect.eligible).toBeGreaterThan(0);
    expect(effect.comparison).toEqual({ gaining: effect.eligible, losing: 0 });
    await expectShown(page, effect);
    expect(Number(effect.cost.amount)).toBe(1000 * effect.eligible);
    await expectReadable(page);

    // Fewer gain by a stricter one, while nothing is saved.
    await lines.first().getByLabel('值', { exact: true }).fill('50');
    const stricter = await effectOf(edited(50));
    expect(stricter.eligible).toBeLessThan(effect.eligible);
    await expectShown(page, stricter);
    await lines.first().getByLabel('值', { exact: true }).fill('1');
    await expectShown(page, effect);

    await page.getByRole('button', { name: '保存草稿' }).click();
    await page.getByText('已保存为第 2 版草稿').waitFor();
    await page.getByRole('button', { name: '发布', exact: true }).dblclick();
    await page.getByText('已发布第 2 版').waitFor();
    const { policyVersions } = await ask<{ policyVersions: { version: number; content: { criteria: unknown } }[] }>(
      '{ policyVersions(policy: "a-page-tree") { version content } }',
    );
    expect(policyVersions.find(({ version }) => version === 2)?.content).toMatchObject(edited(1));

    // What the enterprise sees: the match with its reasons, and that it was told of it.
    await before.page.reload();
    const match = before.page.locator('[data-part=matches] .ant-collapse-item', { hasText: TITLE });
    await match.getByText('符合条件').waitFor();
    await match.locator('.ant-collapse-header').click();
    await match.locator('li', { hasText: '职工不少于约定人数' }).last().getByText('满足', { exact: true }).waitFor();
    const told = before.page.locator('[data-part=notifications] tr', { hasText: TITLE });
    while ((await told.count()) === 0) {
      await before.page.reload();
      await before.page
        .locator('[data-part=notifications] tbody tr, [data-part=notifications] .ant-empty')
        .first()
        .waitFor();
    }
    await told.getByText('现在符合该政策条件').waitFor();
    for (const one of [complaints, before.complaints]) expect(one).toEqual([]);
    for (const one of [page, before.page]) await one.context().close();
  });

  it('takes yes and no, values of closed lists, days and spans by their words, and reads them back', async () => {
    const { factVocabulary } = await ask<{
      factVocabulary: { name: string; unit: string; choices: { value: string; label: string }[] }[];
    }>('{ factVocabulary { name unit choices { value label } } }');
    const factOf = (name: string) => factVocabulary.find((fact) => fact.name === name);
    const wordOf = (value: string): string =>
      factOf('scale')?.choices.find((choice) => choice.value === value)?.label ?? '';
    expect([wordOf('small'), wordOf('micro')].every((word) => /\p{Script=Han}/u.test(word))).toBe(true);
    const valued = (criteria: unknown): object => ({
      ...policy(criteria),
      id: 'a-page-values',
      title_zh: '页面条件控件补贴',
    });
    const content = valued([{ fact: 'employees', op: 'gte', value: NOBODY, text_zh: '不少于一百万人' }]);
    await ask(
      `mutation Save($content: JSON!) { savePolicyDraft(input: { content: $content, idempotencyKey: "page-values-draft" }) { refusal { message } } }`,
      { content },
    );
    await ask(
      'mutation { publishPolicy(input: { policy: "a-page-values", version: 1, idempotencyKey: "page-values-publish" }) { refusal { message } } }',
    );
    const { page, complaints } = await city.openAs(
      { role: 'OFFICER', department: 'RSJ' },
      '/policies/a-page-values/edit',
    );
    const tree = page.locator('[data-part=editor] ul.criteria').first();
    await tree.getByLabel('事实').first().waitFor();
    const line = (at: number): Locator => tree.locator(':scope > li').nth(at);
    const option = async (text: string): Promise<void> =>
      page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: text }).first().click();
    const add = async (at: number, fact: string, operator: string): Promise<void> => {
      await tree.getByRole('button', { name: '添加条件', exact: true }).last().click();
      await line(at).getByLabel('事实').fill(`(${fact})`);
      await page.keyboard.press('Enter');
      await line(at).getByLabel('比较方式').fill(operator);
      await option(operator);
      await line(at)
        .getByLabel('原文')
        .fill(`条件${String(at)}`);
    };
    await add(1, 'dishonestyRecord', '等于');
    await line(1).getByLabel('值', { exact: true }).click();
    await option('否');
    await add(2, 'scale', '属于');
    await line(2).getByLabel('值', { exact: true }).click();
    // The first value of the list stands there at first; chosen again, it goes.
    for (const scale of ['large', 'small', 'micro']) await option(wordOf(scale));
    await page.keyboard.press('Escape');
    await add(3, 'registeredOn', '不高于');
    await line(3).getByLabel('值', { exact: true }).fill('2024-12-31');
    await add(4, 'registeredOn', '至少已满');
    await line(4).getByLabel('值', { exact: true }).fill('18');
    await line(4).getByLabel('时间单位').click();
    await option('个月');
    await add(5, 'annualRevenueYuan', '不低于');
    await line(5).getByLabel('值', { exact: true }).fill('10000');
    // The unit stands beside what is typed.
    expect(await line(5).locator('.ant-input-suffix').innerText()).toBe(factOf('annualRevenueYuan')?.unit);
    await line(0).getByRole('button', { name: '删除' }).click();
    const criteria = [
      { fact: 'dishonestyRecord', op: 'eq', value: false, text_zh: '条件1' },
      { fact: 'scale', op: 'in', value: ['small', 'micro'], text_zh: '条件2' },
      { fact: 'registeredOn', op: 'lte', value: '2024-12-31', text_zh: '条件3' },
      { fact: 'registeredOn', op: 'atLeastAgo', value: { count: 18, unit: 'MONTHS' }, text_zh: '条件4' },
      { fact: 'annualRevenueYuan', op: 'gte', value: 10_000, text_zh: '条件5' },
    ];
    const effect = await effectOf(valued(criteria));
    expect(effect.eligible).toBeGreaterThan(0);
    expect(effect.eligible).toBeLessThan(effect.enterprises);
    await expectShown(page, effect);
    await expectReadable(page);

    await page.getByRole('button', { name: '保存草稿' }).click();
    await page.getByText('已保存为第 2 版草稿').waitFor();
    await page.getByRole('button', { name: '发布', exact: true }).dblclick();
    await page.getByText('已发布第 2 版').waitFor();
    const { policyVersions } = await ask<{ policyVersions: { version: number; content: { criteria: unknown } }[] }>(
      '{ policyVersions(policy: "a-page-values") { version content } }',
    );
    expect(policyVersions.find(({ version }) => version === 2)?.content.criteria).toEqual(criteria);
    await page.reload();
    await line(1).getByText(wordOf('micro')).waitFor();
    expect(await line(0).innerText()).toContain('否');
    expect(await line(1).innerText()).toContain(wordOf('small'));
    expect(await line(2).getByLabel('值', { exact: true }).inputValue()).toBe('2024-12-31');
    expect(await line(3).getByLabel('值', { exact: true }).inputValue()).toBe('18');
    expect(await line(3).innerText()).toContain('个月');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('offers the years of Shanghai to a browser where the old year has not ended', async () => {
    const { page } = await city.openAs({ role: 'OFFICER', department: 'RSJ' }, '/');
    await page.clock.setFixedTime('2026-12-31T17:30:00Z');
    await page.goto(`${city.origin}/policies/a-page-tree/edit`);
    await page.getByLabel('数据年度').first().click();
    await page.locator('.ant-select-item-option').first().waitFor();
    const years = await page.locator('.ant-select-item-option').allInnerTexts();
    expect(years.filter((text) => /\d{4}/.test(text)).map((text) => /\d{4}/.exec(text)?.[0])).toEqual([
      '2026',
      '2025',
      '2024',
      '2023',
    ]);
    await page.context().close();
  });
});
