import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { jest } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from '../support/browser.js';
import { dayInShanghai, fillIn, part, pressMove, workingDayInShanghai } from '../support/forms.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

const COORDINATOR: Caller = { role: 'COORDINATOR' };
const SEED = 'the seed of the pages';

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('meetings and second looks in a browser (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  beforeAll(async () => void (city = await startCityInBrowser()), 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  it('the agenda of a meeting is changed, its problems are drawn up, once each', async () => {
    const { cases } = await city.askAs<{ cases: { nodes: { caseNumber: string }[] } }>(
      COORDINATOR,
      '{ cases(filter: { status: [IN_PROGRESS] }, first: 2) { nodes { caseNumber } } }',
    );
    const [first = '', second = ''] = cases.nodes.map(({ caseNumber }) => caseNumber);
    const { planMeeting } = await city.askAs<{ planMeeting: { meeting: { id: string } | null; refusal: unknown } }>(
      COORDINATOR,
      'mutation ($input: PlanMeetingInput!) { planMeeting(input: $input) { meeting { id } refusal { message } } }',
      {
        input: {
          ...{ idempotencyKey: 'meeting-moves-1', kind: 'SPECIAL_MEETING', date: workingDayInShanghai(1) },
          ...{ title: '页面议题会议', cases: [first] },
        },
      },
    );
    expect(planMeeting.refusal).toBeNull();
    const { page, complaints } = await city.openAs(COORDINATOR, `/meetings/${planMeeting.meeting?.id ?? ''}`);
    const agenda = part(page, 'agenda');
    const change = agenda.getByRole('button', { name: '调整议题' });
    await agenda.getByLabel('上会诉求编号（每行一个）', { exact: true }).fill('SQ-00000000-000000');
    await change.click();
    await agenda.locator('.ant-form-item-explain-error, .ant-alert').first().waitFor();
    await agenda.getByLabel('上会诉求编号（每行一个）', { exact: true }).fill(second);
    await agenda.getByLabel('下会诉求编号（每行一个）', { exact: true }).fill(first);
    await change.dblclick();
    await agenda.locator('tr', { hasText: second }).waitFor();
    await agenda.locator('tr', { hasText: first }).waitFor({ state: 'detached' });

    const problems = part(page, 'problems');
    await problems.getByRole('button', { name: '汇总问题清单' }).dblclick();
    await problems.getByRole('heading', { name: /第 1 份/ }).waitFor();
    expect(await problems.getByRole('heading').count()).toBe(2);
    expect(complaints).toEqual([]);
  });

  it('a sample is drawn with the seed that was committed to, and what is found stands at the case', async () => {
    // The last three months that are over: of the draws and seeds of the demo city they have none any more.
    const [year = 0, month = 0] = dayInShanghai().split('-').map(Number);
    const from = new Date(Date.UTC(year, month - 4, 1)).toISOString().slice(0, 10);
    const to = new Date(Date.UTC(year, month - 1, 0)).toISOString().slice(0, 10);
    const port = (await readFile(path.join(city.hub.dataDir, 'mongo.port'), 'utf8')).trim();
    const client = await MongoClient.connect(`mongodb://127.0.0.1:${port}/?directConnection=true`);
    const seeds = client.db('zhitong_cases').collection('spot_check_seeds');
    const months = [4, 3, 2].map((ago) => new Date(Date.UTC(year, month - ago, 1)).toISOString().slice(0, 7));
    await seeds.deleteMany({ months: { $in: months } });
    await client
      .db('zhitong_cases')
      .collection('spot_checks')
      .deleteMany({ months: { $in: months } });
    await seeds.insertOne({
      ...{ id: `HTK-${from.slice(0, 7)}-${to.slice(0, 7)}`, from, to, months },
      seedHash: createHash('sha256').update(SEED).digest('hex'),
      ...{ committedAt: new Date(Date.parse(from) - 86_400_000), committedBy: 'page-test' },
    });
    await client.close();

    const { page, complaints } = await city.openAs(COORDINATOR, '/spot-checks');
    const draw = part(page, 'draw');
    await fillIn(draw, { 起始日: from, 截止日: to, 随机种子: 'another seed' });
    await draw.getByRole('button', { name: '抽取' }).click();
    await draw.locator('.ant-form-item', { hasText: '随机种子' }).locator('.ant-form-item-explain-error').waitFor();
    await fillIn(draw, { 随机种子: SEED });
    await draw.getByRole('button', { name: '抽取' }).dblclick();
    await page.getByText(`${from} 至 ${to} 的抽查`).waitFor();
    const { spotChecks } = await city.askAs<{
      spotChecks: { from: string; seed: string; drawn: { caseNumber: string; handler: { code: string } | null }[] }[];
    }>(COORDINATOR, '{ spotChecks(first: 10) { from seed drawn { caseNumber handler { code } } } }');
    const made = spotChecks.filter((one) => one.from === from);
    expect(made.map(({ seed }) => seed)).toEqual([SEED]);
    const drawn = made[0]?.drawn[0];
    if (drawn === undefined) throw new Error('Nothing was drawn.');

    await page.goto(`${city.origin}/cases/${drawn.caseNumber}`);
    expect(await pressMove(part(page, 'moves'), '核查结论', { given: { 结论: { choose: '答复属实' } } })).toEqual([]);
    const { case: found } = await city.askAs<{ case: { history: { type: string }[] } }>(
      COORDINATOR,
      `{ case(caseNumber: "${drawn.caseNumber}") { history { type } } }`,
    );
    expect(found.history.filter(({ type }) => type === 'CHECK_FOUND')).toHaveLength(1);
    expect(complaints).toEqual([]);
  });
});
