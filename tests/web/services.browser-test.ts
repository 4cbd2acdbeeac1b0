import { jest } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from './support/browser.js';
import { chooseIn, dayInShanghai, openMove, part } from './support/forms.js';
import { expectReadable } from './support/readable.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

const COORDINATOR: Caller = { role: 'COORDINATOR' };
const as = (department: string): Caller => ({ role: 'OFFICER', department });
const asksAs = (department: string): string[] => ['--role', 'OFFICER', '--department', department];
/** A minute of Shanghai, as a browser's own control takes it. */
const minuteInShanghai = (minutesAgo: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })
    .format(Date.now() - minutesAgo * 60_000)
    .replace(' ', 'T');

/** Sends a form by a double click, which acts once. */
const send = async (scope: Locator): Promise<void> => scope.locator('form button[type=submit]').dblclick();

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('services to enterprises in a browser (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  let own: Caller & { readonly uscc: string };
  beforeAll(async () => {
    city = await startCityInBrowser();
    own = { role: 'ENTERPRISE', uscc: /A demo enterprise: (\w{18})/.exec(city.hub.output())?.[1] ?? '' };
  }, 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  /** Asks the graph beside the pages, as somebody. */
  async function ask<Data>(
    query: string,
    caller: readonly string[],
    variables?: Record<string, unknown>,
  ): Promise<Data> {
    const { data, errors } = await city.hub.ask<Data>(query, {
      token: await city.hub.token(...caller),
      ...(variables === undefined ? {} : { variables }),
    });
    expect(errors).toBeUndefined();
    return data as Data;
  }
  /** An official of the roster who looks after enterprises, by name. */
  async function stewardOf(): Promise<string> {
    const { serviceOfficers } = await ask<{ serviceOfficers: { nodes: { official: { name: string } }[] } }>(
      '{ serviceOfficers(filter: { role: STEWARD, isServing: true }, first: 1) { nodes { official { name } } } }',
      ['--role', 'COORDINATOR'],
    );
    return serviceOfficers.nodes[0]?.official.name ?? '';
  }
  const closeAll = async (...windows: { readonly page: Page; readonly complaints: readonly string[] }[]) => {
    for (const { page, complaints } of windows) {
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  };

  it('lead a project from the first talk over the admission and the signing to an approval in time', async () => {
    const { enterprise } = await ask<{ enterprise: { name: string } }>(`{ enterprise(uscc: "${own.uscc}") { name } }`, [
      '--role',
      'COORDINATOR',
    ]);
    const office = await city.openAs(as('FGW'), '/projects');
    const register = part(office.page, 'register-lead');
    await register.getByLabel('名称', { exact: true }).fill('页面洽谈项目');
    await register.getByLabel('投资方', { exact: true }).fill('某投资集团');
    await chooseIn(register, '所在区域', '咸安区');
    await register.getByLabel('意向投资额（元）', { exact: true }).fill('120000000');
    await register.getByLabel('建设内容', { exact: true }).fill('年产二十万套汽车零部件。');
    await send(register);
    const lead = (page: Page) => part(page, 'leads').locator('tr', { hasText: '页面洽谈项目' });
    await lead(office.page).waitFor();
    expect(await lead(office.page).count()).toBe(1);
    // Its department signs it once it is admitted, which is for the coordinator.
    expect(await lead(office.page).getByRole('button').count()).toBe(0);

    const coordinator = await city.openAs(COORDINATOR, '/projects');
    await openMove(lead(coordinator.page), '登记准入会商');
    const leads = part(coordinator.page, 'leads');
    await expectReadable(coordinator.page);
    await leads.getByLabel('会商日期', { exact: true }).fill(dayInShanghai());
    await leads.getByLabel('主持人', { exact: true }).fill('李主任');
    for (const [at, aspect] of ['规划', '园区定位', '产业政策'].entries()) {
      if (at > 0) await leads.getByRole('button', { name: '部门意见：增加一行' }).click();
      const row = leads.locator('fieldset .ant-space').nth(at);
      await chooseIn(row, '事项', aspect);
      await chooseIn(row, '部门', '发展和改革');
      // One is against at first: the graph admits nobody then, and says so beside the opinions.
      await chooseIn(row, '意见', at === 0 ? '不同意' : '同意');
      await row.getByLabel('内容', { exact: true }).fill('符合有关要求。');
    }
    await chooseIn(leads, '决定', '准入');
    await leads.getByLabel('理由', { exact: true }).fill('符合产业方向。');
    await leads.locator('form button[type=submit]').click();
    await leads.locator('.ant-form-list-error, .ant-form-item-explain-error, .ant-alert').first().waitFor();
    await chooseIn(leads.locator('fieldset .ant-space').first(), '意见', '有条件同意');
    await send(leads);
    await lead(coordinator.page).getByText('已准入').waitFor();

    await office.page.reload();
    await openMove(lead(office.page), '签约');
    const signing = part(office.page, 'leads');
    await signing.getByLabel('统一社会信用代码', { exact: true }).fill(own.uscc);
    await signing.getByLabel('签约日期', { exact: true }).fill(dayInShanghai());
    await chooseIn(signing, '项目类别', '重点项目');
    await chooseIn(signing, '项目管家', await stewardOf());
    await send(signing);
    await lead(office.page).getByText('已签约').waitFor();
    await lead(office.page).getByRole('link').click();
    await part(office.page, 'approvals').waitFor();
    const address = new URL(office.page.url()).pathname;

    // The leading department enters an approval; the last moment is counted by the graph in working days of Shanghai.
    const moves = part(office.page, 'moves');
    await openMove(moves, '登记审批事项');
    await chooseIn(moves, '环节', '用地预审与选址');
    await moves.getByLabel('审批事项', { exact: true }).fill('用地预审意见');
    await chooseIn(moves, '审批部门', '自然资源');
    await moves.getByLabel('受理时间（北京时间）', { exact: true }).fill(minuteInShanghai(-120));
    await moves.getByLabel('承诺时限（工作日，可含半天）', { exact: true }).fill('3');
    await moves.locator('form button[type=submit]').click();
    // Not received yet: beside the moment.
    await moves.locator('.ant-form-item', { hasText: '受理时间' }).locator('.ant-form-item-explain-error').waitFor();
    await moves.getByLabel('受理时间（北京时间）', { exact: true }).fill(minuteInShanghai(5));
    await send(moves);
    const approval = (page: Page) => part(page, 'approvals').locator('tr', { hasText: '用地预审意见' });
    await approval(office.page).waitFor();
    expect(await approval(office.page).count()).toBe(1);
    expect(await approval(office.page).getByRole('button').count()).toBe(0);
    expect(await approval(office.page).innerText()).toContain('承诺 3.0 个工作日');

    // Who was asked finds it among the day's work, and decides it.
    const { departments } = await ask<{ departments: { code: string; name: string }[] }>(
      '{ departments { code name } }',
      ['--role', 'COORDINATOR'],
    );
    const asked = departments.find(({ name }) => name.includes('自然资源'))?.code ?? '';
    const { approvalsToDecide } = await ask<{
      approvalsToDecide: { approval: { matter: string; workingDaysLeft: number | null } }[];
    }>('{ approvalsToDecide { approval { matter workingDaysLeft } } }', asksAs(asked));
    const left = approvalsToDecide.find(({ approval: { matter } }) => matter === '用地预审意见')?.approval;
    expect(left?.workingDaysLeft).toBeGreaterThan(0);
    const decider = await city.openAs(as(asked), '/work');
    const listed = part(decider.page, 'project-approvals').locator('tr', { hasText: '用地预审意见' });
    expect(await listed.innerText()).toContain(`剩余 ${String(left?.workingDaysLeft)} 个工作日`);
    await listed.getByRole('link').click();
    await decider.page.waitForURL(`**${address}`);
    await openMove(approval(decider.page), '作出决定');
    await expectReadable(decider.page);
    const deciding = part(decider.page, 'approvals');
    await chooseIn(deciding, '审批决定', '准予');
    await deciding.getByLabel('理由', { exact: true }).fill('符合国土空间规划。');
    await send(deciding);
    await approval(decider.page).getByText('符合国土空间规划。').waitFor();
    expect(await approval(decider.page).getByRole('button').count()).toBe(0);

    // The enterprise sees what was decided on its project, and nothing to press.
    const mine = await city.openAs(own, '/projects');
    await part(mine.page, 'projects').getByRole('link', { name: '页面洽谈项目' }).click();
    await approval(mine.page).getByText('符合国土空间规划。').waitFor();
    expect(await part(mine.page, 'moves').count()).toBe(0);
    expect(await mine.page.locator('h1').innerText()).toBe('页面洽谈项目');
    expect(enterprise.name.length).toBeGreaterThan(0);
    await closeAll(office, coordinator, decider, mine);
  });

  it('name a steward, whom the enterprise finds among whom to call, and end a role', async () => {
    const { serviceOfficers } = await ask<{
      serviceOfficers: { nodes: { official: { id: string; name: string; department: { code: string } } }[] };
    }>(
      '{ serviceOfficers(filter: { role: STEWARD, isServing: true }, first: 2) { nodes { official { id name department { code } } } } }',
      ['--role', 'COORDINATOR'],
    );
    const { enterprise } = await ask<{ enterprise: { name: string; steward: { id: string } | null } }>(
      `{ enterprise(uscc: "${own.uscc}") { name steward { id } } }`,
      ['--role', 'COORDINATOR'],
    );
    const named = serviceOfficers.nodes.find(({ official }) => official.id !== enterprise.steward?.id)?.official;
    if (named === undefined) throw new Error('The demo city has no second steward.');
    const coordinator = await city.openAs(COORDINATOR, '/network');
    await coordinator.page.getByRole('searchbox').fill(enterprise.name);
    await coordinator.page.keyboard.press('Enter');
    await part(coordinator.page, 'found').getByRole('link', { name: enterprise.name, exact: true }).click();
    const name = part(coordinator.page, 'name');
    await openMove(name, '指定包保干部');
    await chooseIn(name, '工作人员', named.name);
    await send(name);
    const links = part(coordinator.page, 'links');
    const steward = links.locator('tr', { hasText: '项目管家/服务专员' });
    await steward.filter({ hasText: named.name }).waitFor();
    expect(await steward.count()).toBe(1);
    await expectReadable(coordinator.page);

    // An agent of the own department is named and ended by that department alone.
    await openMove(name, '指定其他服务人员');
    await chooseIn(name, '角色', '代办帮办员');
    await chooseIn(name, '工作人员', named.name);
    await send(name);
    const agent = (page: Page) =>
      part(page, 'links').locator('tr', { hasText: '代办帮办员' }).filter({ hasText: named.name });
    await agent(coordinator.page).waitFor();
    const office = await city.openAs(as(named.department.code), `/network/${own.uscc}`);
    await agent(office.page).waitFor();
    const stewardThere = part(office.page, 'links').locator('tr', { hasText: '项目管家/服务专员' });
    expect(await stewardThere.getByRole('button').count()).toBe(0);
    await openMove(agent(office.page), '结束服务关系');
    await part(office.page, 'links').getByLabel('理由', { exact: true }).fill('岗位调整。');
    await send(part(office.page, 'links'));
    await agent(office.page).waitFor({ state: 'detached' });
    await part(office.page, 'history').locator('tr', { hasText: '岗位调整。' }).waitFor();

    const mine = await city.openAs(own, '/portal');
    const called = part(mine.page, 'whom-to-call').locator('tr', { hasText: named.name });
    expect(await called.first().innerText()).toMatch(/\d{7,}/);
    await closeAll(coordinator, office, mine);
  });

  it('let the enterprise say that a visit did not take place, and the coordinator take it out', async () => {
    const { serviceOfficers } = await ask<{ serviceOfficers: { nodes: { official: { id: string } }[] } }>(
      '{ serviceOfficers(filter: { department: "RSJ", isServing: true }, first: 1) { nodes { official { id } } } }',
      ['--role', 'COORDINATOR'],
    );
    const visit = async (summary: string, visitedOn: string): Promise<void> => {
      const { recordVisit } = await ask<{ recordVisit: { refusal: { message: string } | null } }>(
        'mutation ($input: RecordVisitInput!) { recordVisit(input: $input) { refusal { message } } }',
        asksAs('RSJ'),
        {
          input: {
            ...{ idempotencyKey: `services-${visitedOn}`, uscc: own.uscc, kind: 'DEPARTMENT_VISIT' },
            ...{ officials: [serviceOfficers.nodes[0]?.official.id], visitedOn, met: '张经理', summary, findings: [] },
          },
        },
      );
      expect(recordVisit.refusal).toBeNull();
    };
    await visit('页面走访：了解用工。', dayInShanghai(-1));
    await visit('页面走访：没有来过。', dayInShanghai());
    const mine = await city.openAs(own, '/portal');
    const visits = part(mine.page, 'visits');
    const row = (text: string) => visits.locator('tr', { hasText: text });
    await openMove(row('了解用工'), '确认走访');
    await visits.getByLabel('是', { exact: true }).click();
    await send(visits);
    await row('了解用工').getByRole('button').waitFor({ state: 'detached' });
    await openMove(row('没有来过'), '确认走访');
    await expectReadable(mine.page);
    await visits.getByLabel('否', { exact: true }).click();
    await visits.getByLabel('企业意见', { exact: true }).fill('当天无人到访。');
    await send(visits);
    await row('没有来过').getByText('当天无人到访。').waitFor();
    expect(await row('没有来过').getByRole('button').count()).toBe(0);

    const coordinator = await city.openAs(COORDINATOR, '/service');
    const disputed = part(coordinator.page, 'disputed');
    const there = disputed.locator('tr', { hasText: '页面走访' });
    await there.first().waitFor();
    expect(await there.allInnerTexts()).toEqual([expect.stringContaining('当天无人到访。')]);
    await openMove(there, '取消走访');
    await disputed.getByLabel('理由', { exact: true }).fill('企业反映未走访，经核实撤销。');
    await send(disputed);
    await there.waitFor({ state: 'detached' });
    await mine.page.reload();
    await row('了解用工').waitFor();
    expect(await row('没有来过').count()).toBe(0);
    await closeAll(mine, coordinator);
  });

  it('strike a permit off once the enterprise says that it is completed, and a key task once somebody else looked', async () => {
    const office = await city.openAs(as('FGW'), `/standing/${own.uscc}`);
    const about = part(office.page, 'record-about');
    await openMove(about, '登记未办结许可');
    await expectReadable(office.page);
    await about.getByLabel('许可名称', { exact: true }).fill('页面许可');
    await about.getByLabel('未办结原因（非企业原因）', { exact: true }).fill('部门系统切换。');
    await about.getByLabel('入账日期', { exact: true }).fill(dayInShanghai(1));
    await about.getByLabel('办结期限', { exact: true }).fill(dayInShanghai(10));
    await about.locator('form button[type=submit]').click();
    await about.locator('.ant-form-item', { hasText: '入账日期' }).locator('.ant-form-item-explain-error').waitFor();
    await about.getByLabel('入账日期', { exact: true }).fill(dayInShanghai());
    await send(about);
    await about.getByRole('status').getByText('登记未办结许可').waitFor();

    await office.page.goto(`${city.origin}/work`);
    const item = (page: Page, id: string) => part(page, id).locator('tr', { hasText: '页面许可' });
    await item(office.page, 'approvals').waitFor();
    expect(await item(office.page, 'approvals').count()).toBe(1);
    await openMove(item(office.page, 'approvals'), '提交销号');
    await part(office.page, 'approvals').getByLabel('佐证', { exact: true }).fill('许可证已送达。');
    await send(part(office.page, 'approvals'));
    await item(office.page, 'approvals').getByText('待企业确认').waitFor();
    expect(await item(office.page, 'approvals').getByRole('button').count()).toBe(0);
    const mine = await city.openAs(own, '/portal');
    await openMove(item(mine.page, 'approval-items'), '确认销号或退回');
    await part(mine.page, 'approval-items').getByLabel('是', { exact: true }).click();
    await send(part(mine.page, 'approval-items'));
    await item(mine.page, 'approval-items').waitFor({ state: 'detached' });
    await office.page.reload();
    await part(office.page, 'approvals').waitFor();
    expect(await item(office.page, 'approvals').count()).toBe(0);

    const coordinator = await city.openAs(COORDINATOR, '/tasks');
    const entry = part(coordinator.page, 'new-task');
    await openMove(entry, '下达任务');
    await entry.getByLabel('标题', { exact: true }).fill('页面重点任务');
    await entry.getByLabel('对应指标', { exact: true }).click();
    await coordinator.page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click();
    await chooseIn(entry, '责任单位', '发展和改革');
    await entry.getByLabel('期限', { exact: true }).fill(dayInShanghai(20));
    await send(entry);
    await entry.getByRole('status').getByText('下达任务').waitFor();
    await office.page.goto(`${city.origin}/tasks`);
    const task = (page: Page) => part(page, 'tasks').locator('tr', { hasText: '页面重点任务' });
    await openMove(task(office.page), '报告进展');
    await part(office.page, 'tasks').getByLabel('进度（%）', { exact: true }).fill('100');
    await part(office.page, 'tasks').getByLabel('说明', { exact: true }).fill('已全部完成。');
    await part(office.page, 'tasks').locator('form button[type=submit]').click();
    // Done comes with evidence: beside the links.
    await part(office.page, 'tasks').locator('.ant-form-item-explain-error').first().waitFor();
    await part(office.page, 'tasks')
      .getByLabel('证据链接（https，每行一个）', { exact: true })
      .fill('https://example.cn/a');
    await send(part(office.page, 'tasks'));
    await task(office.page).getByText('已报办结，待销号').waitFor();
    expect(await task(office.page).getByRole('button').count()).toBe(0);
    await coordinator.page.reload();
    await part(coordinator.page, 'tasks').waitFor();
    const { keyTasks } = await ask<{ keyTasks: { nodes: { title: string; legalMoves: string[] }[] } }>(
      '{ keyTasks(filter: { owner: "FGW" }, first: 200) { nodes { title legalMoves } } }',
      ['--role', 'COORDINATOR'],
    );
    expect(keyTasks.nodes.find(({ title }) => title === '页面重点任务')?.legalMoves).toEqual(['DECIDE']);
    await closeAll(office, mine, coordinator);
  });
});
