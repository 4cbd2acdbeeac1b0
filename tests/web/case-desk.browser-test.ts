import { jest } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { choose, chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from './support/browser.js';
import { expectReadable } from './support/readable.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

const COORDINATOR: Caller = { role: 'COORDINATOR' };
const DAY_MS = 86_400_000;
const today = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now());
const inTenDays = (): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now() + 10 * DAY_MS);

const moves = (page: Page): Locator => page.locator('[data-part=moves]');
const field = (page: Page, label: string): Locator => page.getByLabel(label, { exact: true });
/** What stands as an error beside a field. */
const errorBeside = (page: Page, label: string): Locator =>
  page.locator('.ant-form-item', { has: field(page, label) }).locator('.ant-form-item-explain-error');

/** Opens a move's form. */
const openMove = (page: Page, move: string): Promise<void> =>
  moves(page).getByRole('button', { name: move, exact: true }).click();

/** Confirms a move, and waits until the page says that the graph has acknowledged it. */
async function confirm(page: Page, move: string): Promise<void> {
  await page.getByRole('button', { name: `确认${move}` }).click();
  await page.getByText(`已确认：${move}`).waitFor();
}

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('the moves of a desk in a browser (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  let enterprise: Caller & { uscc: string };
  let departments: { code: string; name: string }[];
  beforeAll(async () => {
    city = await startCityInBrowser();
    enterprise = { role: 'ENTERPRISE', uscc: /A demo enterprise: (\w{18})/.exec(city.hub.output())?.[1] ?? '' };
    const { data } = await city.hub.ask<{ departments: typeof departments }>(
      '{ departments(level: CITY) { code name } }',
    );
    departments = data?.departments ?? [];
  }, 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  async function submitted(key = 'desk-page-test'): Promise<string> {
    const token = await city.hub.token('--role', 'ENTERPRISE', '--uscc', enterprise.uscc);
    const input =
      '{ kind: APPEAL, category: LOGISTICS, title: "园区限高与欠费两件事", text: "园区道路限高，货车绕行；另有水费计算有误。", region: "421202", idempotencyKey: "KEY" }';
    const { data } = await city.hub.ask<{ submitCase: { case: { caseNumber: string } } }>(
      `mutation { submitCase(input: ${input.replace('KEY', key)}) { case { caseNumber } refusal { message } } }`,
      { token },
    );
    return data?.submitCase.case.caseNumber ?? '';
  }

  it('note, split, merge and undo it, correct, decline, hand over and share out a case, each refusal beside its field', async () => {
    const caseNumber = await submitted();
    const { page, complaints } = await city.openAs(COORDINATOR, `/cases/${caseNumber}`);

    // An internal note, by the keyboard alone.
    await moves(page).getByRole('button', { name: '内部备注', exact: true }).focus();
    await page.keyboard.press('Enter');
    await field(page, '说明').focus();
    await page.keyboard.type('来电人称已找过园区。');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('已确认：内部备注').waitFor();
    await page.locator('[data-shown=internal-note]', { hasText: '来电人称已找过园区。' }).waitFor();
    const own = await city.openAs(enterprise, `/cases/${caseNumber}`);
    await own.page.getByRole('heading', { name: '园区限高与欠费两件事' }).waitFor();
    expect(await own.page.locator('body').innerText()).not.toContain('来电人称');

    await openMove(page, '拆分');
    // Far down the list: found by typing.
    await field(page, '类别').fill('水电气热讯');
    await page.keyboard.press('Enter');
    await field(page, '标题').fill('水费计算有误请求核对');
    await field(page, '内容').fill('三月水费按两块表重复计算，请求核对。');
    await field(page, '理由').fill('两件事分属两个部门');
    await confirm(page, '拆分');
    await page.locator('[data-part=case] a[href^="/cases/SQ"]').click();
    await page.getByRole('heading', { name: '水费计算有误请求核对' }).waitFor();

    await openMove(page, '并案');
    await field(page, '并入的诉求编号').fill('SQ2099-999999');
    await field(page, '理由').fill('拆分有误');
    await page.getByRole('button', { name: '确认并案' }).click();
    await errorBeside(page, '并入的诉求编号').waitFor();
    await field(page, '并入的诉求编号').fill(caseNumber);
    await confirm(page, '并案');
    await page.locator('[data-part=case] .ant-descriptions-item', { hasText: '并入' }).first().waitFor();
    await openMove(page, '撤销并案');
    await field(page, '理由').fill('并案有误');
    await confirm(page, '撤销并案');

    // What the enterprise said itself is not rewritten.
    await openMove(page, '更正登记');
    await field(page, '理由').fill('登记错误');
    await field(page, '标题').fill('别的标题');
    await page.getByRole('button', { name: '确认更正登记' }).click();
    await errorBeside(page, '标题').waitFor();

    await openMove(page, '不予受理');
    await field(page, '有权受理的机关').fill('市仲裁委员会');
    await field(page, '理由').fill('合同约定了仲裁');
    await confirm(page, '不予受理');
    await page.locator('[data-part=case]').getByText('市仲裁委员会 合同约定了仲裁').waitFor();

    await page.goto(`${city.origin}/cases/${caseNumber}`);
    const [first, second, third] = departments.map(({ name }) => name);
    await openMove(page, '交办');
    await choose(page, '牵头单位', first ?? '');
    await confirm(page, '交办');
    await openMove(page, '转办');
    await choose(page, '牵头单位', second ?? '');
    await field(page, '理由').fill('职责在该部门');
    await confirm(page, '转办');
    await page
      .locator('[data-part=case] .ant-descriptions-item', { hasText: second ?? '' })
      .first()
      .waitFor();
    await openMove(page, '调整责任分解');
    await choose(page, '部门', third ?? '');
    await field(page, '责任事项').fill('核对限高设施的审批');
    await field(page, '理由').fill('需要协同');
    await confirm(page, '调整责任分解');
    await page.locator('[data-part=case] li', { hasText: '核对限高设施的审批' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('say why what could be done with a case is not possible now, in the reader’s language', async () => {
    const caseNumber = await submitted('desk-page-blocked');
    const [lead] = departments;
    const office = ['--role', 'OFFICER', '--department', lead?.code ?? ''];
    const steps: [name: string, more: string, caller: string[]][] = [
      ['assignCase', `lead: "${lead?.code ?? ''}"`, ['--role', 'COORDINATOR']],
      ['acceptCase', '', office],
      ['requestCaseExtension', 'workingDays: 5, reason: "需要会商"', office],
    ];
    for (const [at, [name, more, caller]] of steps.entries()) {
      const input = `{ caseNumber: "${caseNumber}", expectedVersion: ${String(at + 1)}, idempotencyKey: "desk-page-blocked-${String(at)}", ${more} }`;
      const { data } = await city.hub.ask<{ change: { refusal: unknown } }>(
        `mutation { change: ${name}(input: ${input}) { refusal { message } } }`,
        { token: await city.hub.token(...caller) },
      );
      expect([name, data?.change.refusal]).toEqual([name, null]);
    }
    const told = async (language: string): Promise<string | undefined> => {
      const { data } = await city.hub.ask<{ case: { blockedMoves: { move: string; message: string }[] } }>(
        `{ case(caseNumber: "${caseNumber}") { blockedMoves { move message } } }`,
        { token: await city.hub.token(...office), language },
      );
      return data?.case.blockedMoves.find(({ move }) => move === 'EXTENSION_REQUESTED')?.message;
    };
    const [chinese, english] = [
      '已申请延期，尚待审批，不能再次申请',
      'an extension has been requested already and waits for the ruling',
    ];
    expect([await told('zh-CN'), await told('en')]).toEqual([chinese, english]);

    const officer: Caller = { role: 'OFFICER', department: lead?.code ?? '' };
    const { page, complaints } = await city.openAs(officer, `/cases/${caseNumber}`);
    const blocked = moves(page).locator('[data-shown=blocked]');
    await blocked.locator('summary').focus();
    await page.keyboard.press('Enter');
    const line = blocked.locator('li', { hasText: chinese });
    await line.waitFor();
    expect(await line.getByRole('button', { name: '申请延期' }).isDisabled()).toBe(true);
    await expectReadable(page);
    await page.getByRole('button', { name: 'English' }).click();
    await blocked.locator('li', { hasText: english }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('evaluate a case that is closed', async () => {
    const token = await city.hub.token('--role', 'COORDINATOR');
    const { data } = await city.hub.ask<{ cases: { nodes: { caseNumber: string }[] } }>(
      '{ cases(filter: { status: [CLOSED] }, first: 1) { nodes { caseNumber } } }',
      { token },
    );
    const { page } = await city.openAs(COORDINATOR, `/cases/${data?.cases.nodes[0]?.caseNumber ?? ''}`);
    await openMove(page, '办结评估');
    await choose(page, '解决程度', '部分解决');
    await choose(page, '问题成因', '流程');
    await page.locator('.ant-form-item', { hasText: '属于共性问题' }).getByText('否', { exact: true }).click();
    await field(page, '说明').fill('审批环节已合并，历史件仍需逐件处理。');
    await confirm(page, '办结评估');
    await page.locator('[data-part=case]').getByText('部分解决 流程 审批环节已合并').waitFor();
  });

  it('lead a typical case from its proposal to a second person, the public, and back', async () => {
    const token = await city.hub.token('--role', 'COORDINATOR');
    const { data } = await city.hub.ask<{ cases: { nodes: { caseNumber: string; lane: string | null }[] } }>(
      '{ cases(filter: { status: [CLOSED] }, first: 30) { nodes { caseNumber lane } } }',
      { token },
    );
    const answered = data?.cases.nodes.find(({ lane }) => lane !== null)?.caseNumber ?? '';
    const [proposals, published] = ['proposals', 'published'].map((part) => `[data-part=${part}] tr`);
    const row = (page: Page, of = '') => page.locator(of, { hasText: '园区助企续贷的做法' });
    const yes = (page: Page, label: string): Promise<void> =>
      page.locator('.ant-form-item', { hasText: label }).getByText('是', { exact: true }).click();

    const { page, complaints } = await city.openAs(COORDINATOR, '/typical-cases');
    await field(page, '诉求').fill(await submitted('typical-case-page'));
    await field(page, '标题').fill('园区助企续贷的做法');
    await field(page, '内容').fill('某企业贷款到期前，园区会同银行办理续贷。');
    await yes(page, '公开承办单位');
    await page.getByRole('button', { name: '推荐典型案例' }).click();
    // Nobody has answered it.
    await errorBeside(page, '诉求').waitFor();
    await field(page, '诉求').fill(answered);
    await page.getByRole('button', { name: '推荐典型案例' }).click();
    await row(page, proposals).waitFor();
    expect(await row(page, proposals).getByRole('button').count()).toBe(0);

    const second = await city.openAs({ ...COORDINATOR, department: departments[0]?.code ?? '' }, '/typical-cases');
    await row(second.page, proposals).getByRole('button', { name: '审核' }).click();
    await yes(second.page, '同意公开');
    await field(second.page, '说明').fill('内容属实，可以公开。');
    await second.page.getByRole('button', { name: '审核：园区助企续贷的做法' }).click();
    await row(second.page, published).waitFor();

    const reader = await city.openAs(enterprise, '/typical-cases');
    await row(reader.page, published).waitFor();
    expect(await row(reader.page, published).innerText()).not.toContain('不公开');
    expect(await reader.page.locator('[data-part=proposals], [data-part=propose]').count()).toBe(0);

    await page.reload();
    await row(page, published).getByRole('button', { name: '撤回' }).click();
    await field(page, '理由').fill('表述有误，修改后再公开。');
    await page.getByRole('button', { name: '撤回：园区助企续贷的做法' }).click();
    await row(page, published).waitFor({ state: 'detached' });
    for (const all of [complaints, second.complaints, reader.complaints]) expect(all).toEqual([]);
  });

  it('lead a check of a unit from its form to being struck off, and the department does not learn who went', async () => {
    const { page } = await city.openAs(COORDINATOR, '/unit-checks');
    const [{ code, name } = { code: '', name: '' }] = departments;
    await choose(page, '方式', '暗访');
    await choose(page, '部门', name);
    await field(page, '地点').fill('政务大厅三号窗口');
    await field(page, '检查日期').fill(today());
    await field(page, '检查人员（每行一人）').fill('李督查');
    await choose(page, '事项', '在岗');
    await page.locator('fieldset .ant-form-item', { hasText: '符合要求' }).getByText('否', { exact: true }).click();
    await field(page, '整改期限').fill(inTenDays());
    await page.getByRole('button', { name: '登记检查' }).click();
    // Refused beside the list: what is not in order says what was found.
    await page.locator('fieldset [role=alert], fieldset .ant-form-item-explain-error').first().waitFor();
    await field(page, '核查情况').fill('工作时间窗口无人');
    await page.getByRole('button', { name: '登记检查' }).click();
    await page.locator('[data-part=checks] td', { hasText: '工作时间窗口无人' }).waitFor();

    const officer = await city.openAs({ role: 'OFFICER', department: code }, '/unit-checks');
    await officer.page.locator('[data-part=checks] td', { hasText: '工作时间窗口无人' }).waitFor();
    expect(await officer.page.locator('body').innerText()).not.toContain('李督查');
    await officer.page.getByRole('button', { name: '反馈整改' }).click();
    await field(officer.page, '整改情况').fill('已安排双人值守。');
    await field(officer.page, '证据链接（https，每行一个）').fill('https://city.example/evidence/desk');
    await officer.page.getByRole('button', { name: '反馈：政务大厅三号窗口' }).click();
    await officer.page.locator('[data-part=checks] td', { hasText: '待复核' }).waitFor();

    await page.reload();
    await page.getByRole('button', { name: '复核整改' }).click();
    await page.locator('.ant-form-item', { hasText: '整改到位' }).getByText('是', { exact: true }).click();
    await field(page, '说明').fill('现场复核属实。');
    await page.getByRole('button', { name: '复核：政务大厅三号窗口' }).click();
    await page.locator('[data-part=checks] td', { hasText: '已销号' }).waitFor();
  });
});
