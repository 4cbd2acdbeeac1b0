import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from '../support/browser.js';
import { dayInShanghai, part, pressMove, workingDayInShanghai, type Filled } from '../support/forms.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

const COORDINATOR: Caller = { role: 'COORDINATOR' };
const officer = (department: string): Caller => ({ role: 'OFFICER', department });
const TODAY = dayInShanghai();
const DIGEST = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const DOCUMENT = { 文号: '页面办理文件1号', 文件日期: TODAY };

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('moves of promises, records, tasks and questions in a browser (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  let enterprise: Caller & { uscc: string };
  beforeAll(async () => {
    city = await startCityInBrowser();
    ({ enterprise } = city);
  }, 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  let keys = 0;
  /** A command beside the pages, which the graph does not refuse. */
  async function command<Made>(name: string, input: object, made: string, caller: Caller): Promise<Made> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const { change } = await city.askAs<{ change: Made & { refusal: unknown } }>(
      caller,
      `mutation ($input: ${type}!) { change: ${name}(input: $input) { ${made} refusal { code message } } }`,
      { input: { ...input, idempotencyKey: `register-moves-${(keys += 1)}` } },
    );
    expect([name, change.refusal]).toEqual([name, null]);
    return change;
  }
  /** Presses moves of one thing one after the other at its page. */
  async function press(
    page: Page,
    id: string,
    moves: readonly (readonly [string, Readonly<Record<string, Filled>>?])[],
  ) {
    for (const [move, given] of moves)
      expect([move, await pressMove(part(page, id), move, given === undefined ? {} : { given })]).toEqual([move, []]);
  }

  it('a promise gets its document, another responsible person, an assessed condition, a waiver and another department', async () => {
    interface Promised {
      id: string;
      promisor: { code: string };
      conditions: { no: number }[];
      milestones: unknown;
    }
    const { commitments } = await city.askAs<{ commitments: { nodes: Promised[] } }>(
      { role: 'AUDITOR' },
      '{ commitments(filter: { state: [OUTSTANDING] }, first: 200) { nodes { id promisor { code } conditions { no } milestones { total } } } }',
    );
    const money = commitments.nodes.filter(({ milestones }) => milestones === null);
    const promise = money.find(({ conditions }) => conditions.length > 0) ?? money[0];
    if (promise === undefined) throw new Error('The demo city has promised no money.');
    const { page, complaints } = await city.openAs(officer(promise.promisor.code), `/commitments/${promise.id}`);
    await press(page, 'moves', [
      ['补录文书', { ...DOCUMENT, 生效日期: TODAY }],
      ['责任人交接', { 生效日期: TODAY }],
      ...(promise.conditions.length > 0 ? [['核定条件', { 生效日期: TODAY }] as const] : []),
      ['登记企业放弃', { '金额（元）': '1.23', 生效日期: TODAY, 签署日期: TODAY, '同意书 SHA-256': DIGEST }],
      ['移交承接', { 生效日期: TODAY }],
    ]);
    const { commitment } = await city.askAs<{
      commitment: { promisor: { code: string }; entries: { kind: string; amount: { amount: string } | null }[] };
    }>(
      {
        role: 'AUDITOR',
      },
      `{ commitment(id: "${promise.id}") { promisor { code } entries { kind amount { amount } } } }`,
    );
    expect(commitment.promisor.code).not.toBe(promise.promisor.code);
    expect(commitment.entries.filter(({ kind }) => kind === 'WAIVED').map(({ amount }) => amount?.amount)).toEqual([
      '1.23',
    ]);
    expect(complaints).toEqual([]);
  });

  it('a pledge is checked, found breached, cleared of it and closed; a judgment is taken back', async () => {
    await command(
      'signPledge',
      {
        ...{ uscc: enterprise.uscc, department: 'RSJ', matter: '页面告知承诺', textVersion: '1' },
        ...{ digest: DIGEST, signature: 'SM2:MEUCIQDpage', signedOn: TODAY },
      },
      'pledge { id }',
      enterprise,
    );
    const office = await city.openAs(officer('RSJ'), `/standing/${enterprise.uscc}`);
    await press(office.page, 'pledges', [
      ['登记核查', { 日期: TODAY, 承诺属实: { check: '否' } }],
      ['认定违诺', { 日期: TODAY, 违诺后果: { choose: '限期整改' } }],
      ['撤销违诺认定', { 日期: TODAY, ...DOCUMENT }],
      ['登记核查', { 日期: TODAY, 承诺属实: { check: '是' } }],
      ['办结', { 日期: TODAY }],
    ]);
    const { enterprise: shown } = await city.askAs<{
      enterprise: { pledges: { nodes: { matter: string; state: string }[] } };
    }>(enterprise, `{ enterprise(uscc: "${enterprise.uscc}") { pledges(first: 50) { nodes { matter state } } } }`);
    expect(shown.pledges.nodes.filter(({ matter }) => matter === '页面告知承诺')).toEqual([
      { matter: '页面告知承诺', state: 'CLOSED' },
    ]);

    const caseNumber = '（2026）鄂1202民初9102号';
    await command(
      'recordJudgment',
      { uscc: enterprise.uscc, caseNumber, court: '咸安区人民法院', amount: '1000.00', effectiveOn: '2026-01-05' },
      'creditStanding { grade }',
      officer('FGW'),
    );
    const keeper = await city.openAs(officer('FGW'), `/standing/${enterprise.uscc}`);
    const judgments = part(keeper.page, 'judgments');
    expect(await pressMove(judgments, '撤销记录', { given: DOCUMENT })).toEqual([]);
    await judgments.locator('tr', { hasText: '9102号' }).waitFor({ state: 'detached' });
    expect([office.complaints, keeper.complaints]).toEqual([[], []]);
  });

  it('an indicator and a task under it are entered, reported on, sent back and struck off', async () => {
    const { page, complaints } = await city.openAs(COORDINATOR, '/tasks');
    // The year's tasks in one page, to find the row.
    await page.route(city.hub.graph, async (route) =>
      route.continue({ postData: (route.request().postData() ?? '').replaceAll(/first: *50/g, 'first: 200') }),
    );
    await press(page, 'new-task', [
      ['设置指标', { 指标编号: '99', 名称: '页面指标', 牵头单位: { choose: '咸宁市发展和改革委员会' } }],
      [
        '下达任务',
        { 标题: '页面重点任务', 对应指标: { choose: '99 页面指标' }, 责任单位: { choose: '咸宁市发展和改革委员会' } },
      ],
    ]);
    const found = async () =>
      (
        await city.askAs<{ keyTasks: { nodes: { id: string; title: string; version: number; state: string }[] } }>(
          COORDINATOR,
          '{ keyTasks(filter: { owner: "FGW" }, first: 200) { nodes { id title version state } } }',
        )
      ).keyTasks.nodes.find(({ title }) => title === '页面重点任务');
    for (const [struckOff, state] of [
      ['否', 'OPEN'],
      ['是', 'STRUCK_OFF'],
    ] as const) {
      const task = await found();
      await command(
        'reportKeyTaskProgress',
        {
          ...{ task: task?.id, expectedVersion: task?.version, percent: 100, note: '已完成' },
          evidence: ['https://www.xianning.example/evidence/9'],
        },
        'task { id }',
        officer('FGW'),
      );
      await page.reload();
      const tasks = part(page, 'tasks');
      const row = tasks.locator('tr', { hasText: '页面重点任务' });
      expect(await pressMove(tasks, '销号或退回', { among: row, given: { 同意销号: { check: struckOff } } })).toEqual(
        [],
      );
      expect((await found())?.state).toBe(state);
    }
    expect(complaints).toEqual([]);
  });

  it('questions about a policy are declined, answered and published, and the policy is withdrawn', async () => {
    const content = {
      ...{ id: 'page-questions', title_zh: '页面问答补贴', issuer: '市人社局', issuer_code: 'RSJ' },
      exempt_from_application: false,
      criteria: [{ fact: 'employees', op: 'gte', value: 1, text_zh: '不少于1人' }],
      benefit: { kind: 'cash', amount_yuan: 1000, text_zh: '奖励1000元' },
    };
    await command('savePolicyDraft', { content }, '__typename', officer('RSJ'));
    await command('publishPolicy', { policy: content.id, version: 1 }, '__typename', officer('RSJ'));
    for (const text of ['这项补贴什么时候发放？', '贵局的电话是多少？'])
      await command('askPolicyQuestion', { policy: content.id, text }, '__typename', enterprise);
    const { page, complaints } = await city.openAs(officer('RSJ'), `/policies/${content.id}`);
    // Published by another person than the one who answered.
    const second = await city.hub.token('--role', 'OFFICER', '--department', 'RSJ', '--person', 'second');
    const other = await city.openAs({ ...officer('RSJ'), token: second }, `/policies/${content.id}`);
    const move = async (text: string, name: string, gone: string, at = page): Promise<void> => {
      const of = at.locator('[data-part=question]', { hasText: text });
      await of.getByRole('button', { name, exact: true }).click();
      for (const area of await of.locator('textarea').all())
        if ((await area.inputValue()) === '') await area.fill('每年六月发放到企业账户。');
      await of.locator('form button[type=submit]').dblclick();
      const refused = of.locator('.ant-form-item-explain-error, .ant-alert');
      await of.getByText(gone).or(refused).first().waitFor();
      expect([name, await refused.allInnerTexts()]).toEqual([name, []]);
      await of.locator('form').waitFor({ state: 'detached' });
    };
    await move('贵局的电话', '不予答复', '不予答复');
    await move('什么时候发放', '答复', '已答复');
    await other.page.reload();
    await move('什么时候发放', '公开', '已公开', other.page);
    await page.reload();
    const { policy } = await city.askAs<{
      policy: { questions: { nodes: { status: string; publishedAt: string | null }[] } };
    }>(officer('RSJ'), `{ policy(id: "${content.id}") { questions(first: 5) { nodes { status publishedAt } } } }`);
    expect(policy.questions.nodes.map(({ status }) => status).toSorted()).toEqual(['ANSWERED', 'DECLINED']);
    expect(await pressMove(part(page, 'policy'), '撤回这一版本')).toEqual([]);
    expect(await city.askAs(officer('RSJ'), `{ policy(id: "${content.id}") { id } }`)).toEqual({ policy: null });
    expect(complaints).toEqual([]);
  });

  it('a planned visit is given up, and a yearly plan of inspections is published', async () => {
    const { serviceOfficers } = await city.askAs<{
      serviceOfficers: { nodes: { official: { id: string; department: { code: string } } }[] };
    }>(
      COORDINATOR,
      '{ serviceOfficers(filter: { isServing: true }, first: 1) { nodes { official { id department { code } } } } }',
    );
    const official = serviceOfficers.nodes[0]?.official;
    const own = officer(official?.department.code ?? '');
    const { visit } = await command<{ visit: { id: string } }>(
      'planVisit',
      {
        ...{ uscc: enterprise.uscc, kind: 'STEWARD_VISIT', officials: [official?.id ?? ''] },
        plannedOn: workingDayInShanghai(3),
      },
      'visit { id }',
      own,
    );
    const { page, complaints } = await city.openAs(own, '/visits');
    const planned = part(page, 'planned');
    await planned
      .locator('tr', { hasText: workingDayInShanghai(3) })
      .getByRole('button', { name: '取消走访' })
      .click();
    await planned.locator('textarea').fill('企业停产，改期。');
    await planned.locator('form button[type=submit]').dblclick();
    await planned.locator('tr', { hasText: workingDayInShanghai(3) }).waitFor({ state: 'detached' });
    const told = await city.askAs<{ visit: { state: string } }>(own, `{ visit(id: "${visit.id}") { state } }`);
    expect(told.visit.state).toBe('CANCELLED');

    await page.goto(`${city.origin}/inspections`);
    const form = part(page, 'record-plan').locator('form');
    await form.waitFor();
    for (const input of await form.locator('input[type=text], textarea').all()) await input.fill('页面年度检查计划');
    await form
      .locator('input[type=date]')
      .first()
      .fill(TODAY)
      .catch(() => undefined);
    await form.locator('button[type=submit]').dblclick();
    await part(page, 'plans').getByText('页面年度检查计划').first().waitFor();
    expect(await part(page, 'plans').locator('tr', { hasText: '页面年度检查计划' }).count()).toBe(1);
    expect(complaints).toEqual([]);
  });
});
