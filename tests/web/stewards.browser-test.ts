import { jest } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { choose, chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from './support/browser.js';
import { chooseIn, dayInShanghai } from './support/forms.js';
import { expectReadable } from './support/readable.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

const COORDINATOR: Caller = { role: 'COORDINATOR' };
/** 咸安区, of the demo city. */
const DISTRICT = '421202';

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe("a steward's work in a browser (skipped without a Chromium)", () => {
  let city: CityInBrowser;
  beforeAll(async () => void (city = await startCityInBrowser()), 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  /** Asks the graph beside the pages, as somebody. */
  async function ask<Data>(query: string, ...caller: string[]): Promise<Data> {
    const { data, errors } = await city.hub.ask<Data>(query, { token: await city.hub.token(...caller) });
    expect(errors).toBeUndefined();
    return data as Data;
  }

  it('leads from a campaign over a planned visit and what it found to a case and the coordinator’s figures', async () => {
    const coordinator = await city.openAs(COORDINATOR, '/service');
    const form = coordinator.page.locator('[data-part=open-campaign] form');
    const both = (label: string, at: number) => form.getByLabel(label, { exact: true }).nth(at);
    await both('名称', 0).fill('页面遍访行动');
    await both('起始日', 0).fill(dayInShanghai());
    await both('截止日', 0).fill(dayInShanghai(30));
    await chooseIn(form, '所辖区域（不选则为全市）', '咸安区');
    await both('名称', 1).fill('全覆盖');
    await both('截止日', 1).fill(dayInShanghai(31));
    await form.getByRole('button', { name: '发起遍访行动' }).click();
    // A stage does not end after its campaign: beside the stages.
    await form.locator('.ant-form-item-explain-error, .ant-form-list-error, .ant-alert').first().waitFor();
    await both('截止日', 1).fill(dayInShanghai(30));
    await form.getByRole('button', { name: '发起遍访行动' }).dblclick();
    const campaign = coordinator.page.locator('[data-part=campaigns] section', { hasText: '页面遍访行动' });
    await campaign.waitFor();
    expect(await campaign.count()).toBe(1);
    const visited = async (): Promise<string> =>
      /\d+ \/ \d+/.exec(await campaign.locator('.ant-card', { hasText: '已走访' }).last().innerText())?.[0] ?? '';
    const before = await visited();
    expect(before).toMatch(/^0 \/ [1-9]/);

    // Who looks after an enterprise of the district plans a visit to it.
    const { enterprises } = await ask<{
      enterprises: {
        nodes: {
          uscc: string;
          name: string;
          steward: { id: string; name: string; department: { code: string } };
        }[];
      };
    }>(
      `{ enterprises(filter: { region: ["${DISTRICT}"], isAboveDesignatedSize: true, status: [IN_OPERATION] }, first: 1) {
        nodes { uscc name steward { id name department { code } } } } }`,
      ...['--role', 'COORDINATOR'],
    );
    const [served] = enterprises.nodes;
    if (served === undefined) throw new Error('The demo city has no enterprise of the district.');
    const { name, steward } = served;
    const office: Caller = { role: 'OFFICER', department: steward.department.code };
    const { page, complaints } = await city.openAs(office, '/visits');
    const part = (id: string) => page.locator(`[data-part=${id}]`);
    await choose(page, '选择服务专员', steward.name);
    const own = part('served').locator('tr', { hasText: name });
    await own.getByRole('button', { name: '计划走访' }).click();
    await expectReadable(page);
    await chooseIn(part('served'), '走访人员', steward.name);
    await chooseIn(part('served'), '所属行动', '页面遍访行动');
    const day = part('served').getByLabel('计划日期', { exact: true });
    await day.fill(dayInShanghai(40));
    const plan = part('served').locator('form button[type=submit]');
    await plan.click();
    const beside = (label: string): Locator =>
      page.locator('.ant-form-item', { hasText: label }).locator('.ant-form-item-explain-error');
    await beside('计划日期').waitFor();
    await day.fill(dayInShanghai());
    await plan.dblclick();
    const planned = part('planned').locator('tr', { hasText: name });
    await planned.waitFor();
    expect(await planned.count()).toBe(1);

    // It takes place; two problems are found.
    await planned.getByRole('button', { name: '登记走访' }).click();
    const report = part('planned').locator('form');
    await report.getByLabel('走访日期', { exact: true }).fill(dayInShanghai(1));
    await report.getByLabel('接待人员', { exact: true }).fill('陈厂长');
    await report.getByLabel('走访情况', { exact: true }).fill('了解用工和物流情况。');
    await expectReadable(page);
    for (const [at, title] of ['招聘普工困难', '货车进园绕行'].entries()) {
      await report.getByRole('button', { name: '发现的问题：增加一行' }).click();
      const row = report.locator('fieldset .ant-space').nth(at);
      await row.getByLabel('标题', { exact: true }).fill(`页面走访：${title}`);
      await row.getByLabel('内容', { exact: true }).fill('企业反映的问题，需要协调解决。');
      await chooseIn(row, '类型', '诉求');
      await chooseIn(row, '类别', '物流');
      await chooseIn(row, '处理方式', '列入服务清单');
      await row.getByLabel('已办或拟提供的服务', { exact: true }).fill('协调有关单位');
      await row.getByLabel('期限', { exact: true }).fill(dayInShanghai(20));
    }
    const submit = report.locator('button[type=submit]');
    await submit.click();
    await beside('走访日期').waitFor();
    await report.getByLabel('走访日期', { exact: true }).fill(dayInShanghai());
    await submit.dblclick();
    await planned.waitFor({ state: 'detached' });
    const held = part('held').locator('tr', { hasText: name });
    await held.getByText('陈厂长').waitFor();
    await own.getByText(dayInShanghai()).waitFor();

    // One is settled, the other becomes a case and is followed there.
    const finding = (title: string) => part('findings').locator('tr', { hasText: title });
    await finding('招聘普工困难').getByRole('button', { name: '销号' }).click();
    await part('findings').getByLabel('办理结果', { exact: true }).fill('已组织专场招聘会。');
    await part('findings').locator('form button[type=submit]').dblclick();
    await finding('招聘普工困难').waitFor({ state: 'detached' });
    await finding('货车进园绕行').getByRole('button', { name: '转为诉求' }).click();
    await part('findings').locator('form button[type=submit]').dblclick();
    await finding('货车进园绕行').getByRole('button').first().waitFor({ state: 'detached' });
    while ((await finding('货车进园绕行').getByRole('link').count()) === 0) {
      await page.reload();
      await finding('货车进园绕行').waitFor();
    }

    // The coordinator sees what was visited and found, and goes to the case.
    await coordinator.page.reload();
    await campaign.waitFor();
    expect(await visited()).toBe(before.replace(/^0/, '1'));
    const listed = coordinator.page.locator('[data-part=findings] tr', { hasText: '页面走访' });
    expect(await listed.allInnerTexts()).toEqual([expect.stringContaining('货车进园绕行')]);
    await listed.getByRole('link').click();
    await coordinator.page.getByRole('heading', { name: '货车进园绕行' }).waitFor();
    for (const one of [complaints, coordinator.complaints]) expect(one).toEqual([]);
    for (const one of [page, coordinator.page]) await one.context().close();
  });

  interface Place {
    readonly score: string | number | null;
    readonly rank: number | null;
    readonly holdsFlag: boolean;
    readonly department: {
      readonly code: string;
      readonly name: string;
      readonly scorecard: { readonly before: { readonly score: string | number | null; readonly rank: number | null } };
    };
  }

  it('shows the ranking to the coordinator and to an officer, each as the graph tells it to them', async () => {
    const [from, to] = [`${dayInShanghai().slice(0, 4)}-01-01`, dayInShanghai()];
    const places = async (...caller: string[]): Promise<Place[]> =>
      (
        await ask<{ departmentRanking: { departments: Place[] } }>(
          `{ departmentRanking(from: "${from}", to: "${to}") { departments { score rank holdsFlag
            department { code name scorecard(from: "${from}", to: "${to}") { before { score rank } } } } } }`,
          ...caller,
        )
      ).departmentRanking.departments;
    const coordinator = ['--role', 'COORDINATOR'];
    const officer: Caller = { role: 'OFFICER', department: 'FGW' };
    const reader = ['--role', 'OFFICER', '--department', 'FGW'];
    const { page, complaints } = await city.openAs(COORDINATOR, '/ranking');
    const theirRanking = await city.openAs(officer, '/ranking');
    /** Holds each line of a ranking: the department, its score, the trend and the flag. */
    const expectPlaces = async (of: Page, wanted: readonly Place[]): Promise<void> => {
      const rows = of.locator('[data-part=ranking] tbody tr');
      await rows.first().waitFor();
      const lines = await rows.allInnerTexts();
      expect(lines).toHaveLength(wanted.length);
      for (const [at, { rank, score, holdsFlag, department }] of wanted.entries()) {
        const line = lines[at] ?? '';
        const { before } = department.scorecard;
        expect(line).toContain(department.name);
        expect([department.code, line.includes('流动红旗')]).toEqual([department.code, holdsFlag]);
        if (score !== null) expect(line).toContain(String(score));
        const trend =
          rank === null || before.rank === null
            ? '—'
            : rank === before.rank
              ? '持平'
              : rank < before.rank
                ? '上升'
                : '下降';
        expect([department.code, line]).toEqual([department.code, expect.stringContaining(trend)]);
      }
    };
    await expectPlaces(page, await places(...coordinator));
    await expectPlaces(theirRanking.page, await places(...reader));
    for (const one of [complaints, theirRanking.complaints]) expect(one).toEqual([]);
    for (const one of [page, theirRanking.page]) await one.context().close();
  });
});
