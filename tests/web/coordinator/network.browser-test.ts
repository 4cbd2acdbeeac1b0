import { jest } from '@jest/globals';
import { chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from '../support/browser.js';
import { chooseIn, confirmMove, dayInShanghai, fillIn, openMove, part, refusedBeside } from '../support/forms.js';
import { expectReadable } from '../support/readable.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

const COORDINATOR: Caller = { role: 'COORDINATOR' };

interface Officer {
  readonly roles: readonly string[];
  readonly leftOn: string | null;
  readonly load: number;
  readonly capacity: number | null;
  readonly official: { readonly id: string; readonly name: string; readonly department: { readonly code: string } };
}

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('the service network in a browser (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  beforeAll(async () => void (city = await startCityInBrowser()), 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  const officers = async (filter: Record<string, unknown>): Promise<readonly Officer[]> =>
    (
      await city.askAs<{ serviceOfficers: { nodes: readonly Officer[] } }>(
        COORDINATOR,
        `query ($filter: ServiceOfficerFilter) { serviceOfficers(filter: $filter, first: 50) {
          nodes { roles leftOn load capacity official { id name department { code } } } } }`,
        { filter },
      )
    ).serviceOfficers.nodes;
  const officer = async (id: string): Promise<Officer> => {
    const [found] = await officers({ text: id });
    if (found === undefined) throw new Error(`The roster has no ${id}.`);
    return found;
  };

  it('enter an official, plan who would look after whom, carry it out as it was seen, and give all over', async () => {
    const stewards = (await officers({})).filter(
      ({ leftOn, load, roles }) => leftOn === null && load > 0 && roles.includes('STEWARD'),
    );
    const [leaver, successor] = stewards.toSorted((one, other) => one.load - other.load);
    if (leaver === undefined || successor === undefined) throw new Error('The demo city has no two stewards.');
    const { id, name } = successor.official;
    const { page, complaints } = await city.openAs(COORDINATOR, '/network');
    const roster = part(page, 'roster');
    await openMove(roster, '登记服务人员');
    await expectReadable(page);
    await fillIn(roster, { 工号: 'NOBODY-1', 服务户数上限: '400' });
    for (const role of ['项目管家/服务专员', '用工专员']) await chooseIn(roster, '承担角色', role);
    await refusedBeside(roster, '登记服务人员', '工号');
    await fillIn(roster, { 工号: id });
    await confirmMove(roster, '登记服务人员');
    expect(await officer(id)).toMatchObject({ roles: ['STEWARD', 'EMPLOYMENT_SPECIALIST'], capacity: 400 });

    // What is carried out is what was looked at, and what the graph plans.
    const plan = part(page, 'plan');
    await chooseIn(plan, '角色', '用工专员');
    await chooseIn(plan, '所辖区域（不选则为全市）', '咸安区');
    await plan.getByRole('button', { name: '预览方案' }).click();
    const { planAssignment: planned } = await city.askAs<{ planAssignment: { assigned: number } }>(
      COORDINATOR,
      '{ planAssignment(rule: { role: EMPLOYMENT_SPECIALIST, regions: ["421202"] }) { assigned } }',
    );
    expect(planned.assigned).toBeGreaterThan(0);
    await plan.locator('[data-plan] .ant-card', { hasText: '将分派' }).getByText(String(planned.assigned)).waitFor();
    const specialists = async (): Promise<number> =>
      (await officers({ role: 'EMPLOYMENT_SPECIALIST', isServing: true })).reduce((sum, { load }) => sum + load, 0);
    const before = await specialists();
    await plan.getByRole('button', { name: '按此方案分派' }).dblclick();
    await plan.getByText(`已分派 ${String(planned.assigned)} 户`).waitFor();
    expect(await specialists()).toBe(before + planned.assigned);
    const own = (await officer(id)).load;

    // Whoever leaves hands all over; who takes it is found by name among all officials.
    const row = roster.locator('tr', { hasText: leaver.official.id });
    await openMove(row, '移交');
    await chooseIn(roster, '接替人（不选则按名册分派）', name);
    await fillIn(roster, { 理由: '调离。' });
    await confirmMove(roster, '移交');
    await row.getByText(dayInShanghai()).waitFor();
    expect(await row.getByRole('button').count()).toBe(0);
    expect(await officer(leaver.official.id)).toMatchObject({ leftOn: dayInShanghai(), load: 0 });
    expect((await officer(id)).load).toBeGreaterThan(own);
    expect(complaints).toEqual([]);
    await page.context().close();

    // A department reads the roster, and changes nothing of it.
    const office = await city.openAs({ role: 'OFFICER', department: successor.official.department.code }, '/network');
    await part(office.page, 'roster').locator('tr', { hasText: id }).waitFor();
    expect(
      await part(office.page, 'roster')
        .getByRole('button', { name: /移交|登记/ })
        .count(),
    ).toBe(0);
    expect(await office.page.locator('[data-part=plan], [data-part=lines]').count()).toBe(0);
    await office.page.context().close();
  });

  it('set a line that enterprises find among whom to call', async () => {
    const { page, complaints } = await city.openAs(COORDINATOR, '/network');
    const lines = part(page, 'lines');
    await openMove(lines, '设置直通渠道');
    await fillIn(lines, {
      渠道编号: 'page-line',
      类型: { choose: '企业服务中心' },
      名称: '页面企业服务中心',
      部门: { choose: '发展和改革' },
      电话或网址: '请来电',
    });
    await refusedBeside(lines, '设置直通渠道', '电话或网址');
    await fillIn(lines, { 电话或网址: '0715-8123456' });
    await confirmMove(lines, '设置直通渠道');
    const uscc = /A demo enterprise: (\w{18})/.exec(city.hub.output())?.[1] ?? '';
    const portal = await city.openAs({ role: 'ENTERPRISE', uscc }, '/portal');
    await part(portal.page, 'whom-to-call')
      .locator('tr', { hasText: '页面企业服务中心' })
      .getByText('0715-8123456')
      .waitFor();
    expect([complaints, portal.complaints]).toEqual([[], []]);
    for (const one of [page, portal.page]) await one.context().close();
  });
});
