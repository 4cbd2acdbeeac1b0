import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from '../support/browser.js';
import { confirmMove, dayInShanghai, fillIn, openMove, part, refusedBeside, type Filled } from '../support/forms.js';
import { expectReadable } from '../support/readable.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

const officer = (department: string): Caller => ({ role: 'OFFICER', department });
const asOfficer = (department: string): string[] => ['OFFICER', '--department', department];

interface Project {
  readonly id: string;
  readonly signedOn: string;
  readonly leadDepartment: { readonly code: string; readonly level: string };
  readonly enterprise: { readonly uscc: string };
  readonly life: Life;
}
interface Life {
  readonly version: number;
  readonly approvals: readonly { step: string; outcome: string | null }[];
  readonly steps: readonly {
    step: string;
    plannedOn: string | null;
    completedOn: string | null;
    note: string | null;
  }[];
  readonly blocks: readonly { title: string; fault: string; caseNumber: string | null }[];
  readonly tasks: readonly { matter: string; doneOn: string | null; note: string | null }[];
  readonly inspections: readonly { finding: string; measure: string | null }[];
}

const STEPS: Readonly<Record<string, string>> = {
  INITIATION: '立项',
  SITE_SELECTION: '用地预审与选址',
  LAND_SUPPLY: '土地供应',
  ENVIRONMENT_AND_ENERGY: '环评、能评',
  LAND_USE_PLANNING: '建设用地规划许可',
  WORKS_PLANNING: '建设工程规划许可',
  DRAWING_REVIEW: '施工图审查',
  CONSTRUCTION_PERMIT: '施工许可',
};
/** Steps before the acceptance that are to be done, and wait for no approval. */
const openSteps = ({ life: { steps, approvals } }: Project): string[] =>
  steps
    .filter(({ step, completedOn }) => step in STEPS && completedOn === null)
    .map(({ step }) => step)
    .filter((step) => approvals.every((one) => one.step !== step || one.outcome !== null));

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('the life of a project in a browser (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  beforeAll(async () => {
    city = await startCityInBrowser();
  }, 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  /** Asks the graph beside the pages, as somebody. */
  async function ask<Data>(query: string, ...caller: string[]): Promise<Data> {
    const { data, errors } = await city.hub.ask<Data>(query, { token: await city.hub.token('--role', ...caller) });
    expect(errors).toBeUndefined();
    return data as Data;
  }

  it('is planned, blocked, helped and completed by who leads it, inspected by the coordinator, and seen by its investor', async () => {
    const { projects } = await ask<{ projects: { nodes: Project[] } }>(
      '{ projects(filter: { stage: [SIGNED] }, first: 20) { nodes { id signedOn leadDepartment { code level } enterprise { uscc } life { version steps { step plannedOn completedOn } approvals { step outcome } } } } }',
      'COORDINATOR',
    );
    const project = projects.nodes.find(
      (one) =>
        one.leadDepartment.level === 'CITY' &&
        openSteps(one).length > 1 &&
        (one.life.steps.find(({ step }) => step === 'ACCEPTANCE')?.plannedOn ?? dayInShanghai(1)) > dayInShanghai(),
    );
    if (project === undefined) throw new Error('The demo city has no project that is only signed.');
    const [planning = '', completing = ''] = openSteps(project);
    const [planningName, completingName] = [STEPS[planning] ?? '', STEPS[completing] ?? ''];
    const stateOf = async (name: string) => (await life()).steps.find(({ step }) => step === name);
    const lead = project.leadDepartment.code;
    const helper = lead === 'RSJ' ? 'SCJGJ' : 'RSJ';
    const life = async (): Promise<Life> =>
      (
        await ask<{ project: { life: Life } }>(
          `{ project(id: "${project.id}") { life { version steps { step plannedOn completedOn note }
            blocks { title fault caseNumber } tasks { matter doneOn note } inspections { finding measure } } } }`,
          'AUDITOR',
        )
      ).project.life;
    const { serviceOfficers } = await ask<{
      serviceOfficers: { nodes: { official: { name: string; post: string } }[] };
    }>(
      `{ serviceOfficers(filter: { department: "${helper}", isServing: true }, first: 1) { nodes { official { name post } } } }`,
      'COORDINATOR',
    );
    const agent = serviceOfficers.nodes[0]?.official.name ?? '';

    /** Makes a move; what is wrong is refused beside its field first, and one version more is there in the end. */
    async function make(
      page: Page,
      place: string,
      move: string,
      fields: Readonly<Record<string, Filled>>,
      wrong: Readonly<Record<string, string>> = {},
    ): Promise<void> {
      const { version } = await life();
      const moves = part(page, place);
      await openMove(moves, move);
      await fillIn(moves, { ...fields, ...wrong });
      for (const label of Object.keys(wrong)) {
        await refusedBeside(moves, move, label);
        expect((await life()).version).toBe(version);
        await fillIn(moves, { [label]: fields[label] ?? '' });
      }
      await confirmMove(moves, move);
      expect([move, (await life()).version]).toEqual([move, version + 1]);
    }

    const address = `/projects/${project.id}`;
    const leader = await city.openAs(officer(lead), address);
    const offered = part(leader.page, 'moves').getByRole('button');
    await offered.first().waitFor();
    // The inspection is for the coordinator.
    expect(await offered.allInnerTexts()).toEqual([
      ...['制定或调整计划', '办结环节', '登记审批事项', '上报堵点', '交办代办任务'],
    ]);
    await expectReadable(leader.page);
    const REASON = '调整原因（调整已定计划时填写）';
    const planned = dayInShanghai(1);
    await make(leader.page, 'moves', '制定或调整计划', {
      ...{ 环节: { choose: planningName }, 计划日期: planned, [REASON]: '首次排定。' },
    });
    expect((await stateOf(planning))?.plannedOn).toBe(planned);
    // A planned day that is moved needs a reason.
    const moved = dayInShanghai();
    await make(
      leader.page,
      'moves',
      '制定或调整计划',
      { 环节: { choose: planningName }, 计划日期: moved, [REASON]: '资金到位提前。' },
      { [REASON]: '' },
    );
    expect((await stateOf(planning))?.plannedOn).toBe(moved);

    await make(leader.page, 'moves', '上报堵点', {
      ...{ 环节: { choose: planningName }, 责任方: { choose: '客观原因' }, 类别: { choose: '物流' } },
      ...{ 标题: '页面测试堵点标题', 内容: '进场道路尚未贯通，材料运不进来。' },
    });
    const blocks = (await life()).blocks.filter(({ title }) => title === '页面测试堵点标题');
    expect(blocks.map(({ fault }) => fault)).toEqual(['NOBODY']);

    await make(
      leader.page,
      'moves',
      '交办代办任务',
      {
        ...{ 环节: { choose: planningName }, 代办员: { choose: agent }, 代办内容: '代办立项备案材料' },
        ...{ 期限: dayInShanghai(5) },
      },
      { 期限: dayInShanghai(-1) },
    );
    await make(
      leader.page,
      'moves',
      '办结环节',
      { 环节: { choose: completingName }, 办结日期: dayInShanghai(), 说明: '已签出让合同。' },
      { 办结日期: dayInShanghai(1) },
    );
    expect(await stateOf(completing)).toMatchObject({
      ...{ completedOn: dayInShanghai(), note: '已签出让合同。' },
    });

    // The department of the agent finishes the task, and nobody else is offered it.
    const task = (page: Page) => part(page, 'tasks').locator('tr', { hasText: '代办立项备案材料' });
    expect(await task(leader.page).getByRole('button').count()).toBe(0);
    const helping = await city.openAs(officer(helper), address);
    await make(helping.page, 'tasks', '办结任务', { 说明: '材料已报送。' });
    expect((await life()).tasks.filter(({ matter }) => matter === '代办立项备案材料')).toMatchObject([
      { note: '材料已报送。', doneOn: dayInShanghai() },
    ]);
    expect(await task(helping.page).getByRole('button').count()).toBe(0);

    const coordinator = await city.openAs({ role: 'COORDINATOR' }, address);
    await make(
      coordinator.page,
      'moves',
      '登记督查',
      {
        ...{ 检查日期: dayInShanghai(), 督查机构: { choose: '发展和改革' }, 督查发现: '进场道路进度滞后。' },
        ...{ 整改要求: '月底前贯通。', 期限: dayInShanghai(20) },
      },
      { 检查日期: dayInShanghai(1) },
    );
    expect((await life()).inspections.filter(({ finding }) => finding === '进场道路进度滞后。')).toEqual([
      { finding: '进场道路进度滞后。', measure: '月底前贯通。' },
    ]);

    // What blocks it has become a case of the city, to which the page leads.
    await part(coordinator.page, 'blocks').getByRole('link', { name: '页面测试堵点标题' }).click();
    await coordinator.page.waitForURL(/\/cases\//);
    await coordinator.page.getByText('进场道路尚未贯通，材料运不进来。').first().waitFor();

    const investor = await city.openAs({ role: 'ENTERPRISE', uscc: project.enterprise.uscc }, address);
    await part(investor.page, 'steps').locator('tr', { hasText: completingName }).getByText('已签出让合同。').waitFor();
    await part(investor.page, 'steps').locator('tr', { hasText: planningName }).getByText(moved).waitFor();
    expect(await part(investor.page, 'moves').count()).toBe(0);
    expect(await part(investor.page, 'inspections').count()).toBe(0);
    await expectReadable(investor.page);
    // Asked as the department that leads it: what is left to do is offered still.
    const { project: left } = await ask<{ project: { life: { legalMoves: string[] } } }>(
      `{ project(id: "${project.id}") { life { legalMoves } } }`,
      ...asOfficer(lead),
    );
    expect(left.life.legalMoves).toContain('COMPLETE_STEP');
    for (const { page, complaints } of [leader, helping, coordinator, investor]) {
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });
});
