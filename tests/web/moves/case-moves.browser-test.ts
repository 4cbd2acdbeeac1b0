import { readFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { chromiumFile, startCityInBrowser, type Caller, type CityInBrowser } from '../support/browser.js';
import { part, pressMove, type Filled } from '../support/forms.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(900_000);

const words = JSON.parse(readFileSync(new URL('../../../web/src/i18n/zh-CN.json', import.meta.url), 'utf8')) as {
  enum: { CaseMove: Record<string, string> };
};

const COORDINATOR: Caller = { role: 'COORDINATOR' };
const AUDITOR: Caller = { role: 'AUDITOR' };
const officer = (department: string): Caller => ({ role: 'OFFICER', department });
/** Who takes calls in. */
const DESK = officer('SHUJJ');
const [FIRST, SECOND, THIRD, LEAD] = [officer('FGW'), officer('JXJ'), officer('SWUJ'), officer('RSJ')];
const NAMES = {
  FGW: '咸宁市发展和改革委员会',
  JXJ: '咸宁市经济和信息化局',
  SWUJ: '咸宁市商务局',
  RSJ: '咸宁市人力资源和社会保障局',
};

/** A move, by whom, what matters of its form, and where it leads. */
type Step = readonly [move: string, by: Caller, status: string, given?: Readonly<Record<string, Filled>>];

const pageDescribe = chromiumFile === undefined ? describe.skip : describe;

pageDescribe('every move of a case in a browser (skipped without a Chromium)', () => {
  let city: CityInBrowser;
  let enterprise: Caller & { uscc: string };
  beforeAll(async () => {
    city = await startCityInBrowser();
    ({ enterprise } = city);
  }, 1_800_000);
  afterAll(async () => city.stop(), 600_000);

  let keys = 0;
  async function submitted(more: Record<string, unknown> = {}, by: Caller = enterprise): Promise<string> {
    const input = {
      ...{ kind: 'APPEAL', category: 'LOGISTICS', region: '421202', idempotencyKey: `case-moves-${(keys += 1)}` },
      ...{ title: `园区道路限高之${keys}`, text: '园区道路限高，货车绕行三十公里，请协调。', ...more },
    };
    const { submitCase } = await city.askAs<{ submitCase: { case: { caseNumber: string } | null; refusal: unknown } }>(
      by,
      'mutation ($input: SubmitCaseInput!) { submitCase(input: $input) { case { caseNumber } refusal { message } } }',
      { input },
    );
    expect(submitCase.refusal).toBeNull();
    return submitCase.case?.caseNumber ?? '';
  }
  /** The case as the auditor sees it: where it stands, and what was done, the last last. */
  const shown = async (caseNumber: string): Promise<{ status: string; history: { type: string }[] }> =>
    (
      await city.askAs<{ case: { status: string; history: { type: string }[] } }>(
        AUDITOR,
        'query ($n: ID!) { case(caseNumber: $n) { status history { type } } }',
        { n: caseNumber },
      )
    ).case;

  /** Presses the moves one after the other at the pages of those who make them. */
  async function walk(caseNumber: string, steps: readonly Step[]): Promise<void> {
    const pages = new Map<Caller, Page>();
    for (const [move, by, status, given] of steps) {
      const address = `/cases/${caseNumber}`;
      const page = pages.get(by) ?? (await city.openAs(by, address)).page;
      if (pages.has(by)) await page.goto(`${city.origin}${address}`);
      pages.set(by, page);
      const moves = part(page, 'moves');
      const label = words.enum.CaseMove[move] ?? move;
      const before = await shown(caseNumber);
      expect([move, await pressMove(moves, label, given === undefined ? {} : { given })]).toEqual([move, []]);
      const after = await shown(caseNumber);
      expect([move, after.status]).toEqual([move, status]);
      // Once, although its button was pressed twice.
      expect(after.history.slice(before.history.length).filter(({ type }) => type === move)).toHaveLength(1);
    }
    for (const page of pages.values()) await page.context().close();
  }

  it('from the desk over a ruling, shared work and supervision to a closing that is undone', async () => {
    await walk(await submitted(), [
      ['RECATEGORISED', COORDINATOR, 'RECEIVED'],
      ['ASSIGNED', COORDINATOR, 'ASSIGNED', { 牵头单位: { choose: NAMES.FGW } }],
      ['LANE_CHANGED', COORDINATOR, 'ASSIGNED'],
      ['RETURNED', FIRST, 'RETURNED'],
      ['ASSIGNED', COORDINATOR, 'ASSIGNED', { 牵头单位: { choose: NAMES.JXJ } }],
      ['RETURNED', SECOND, 'RETURNED'],
      ['ASSIGNED', COORDINATOR, 'ASSIGNED', { 牵头单位: { choose: NAMES.SWUJ } }],
      // The third department that says it is not for it: the coordinator rules.
      ['RETURNED', THIRD, 'AWAITING_RULING'],
      ['RULED', COORDINATOR, 'ASSIGNED', { 牵头单位: { choose: NAMES.RSJ } }],
      ['ACCEPTED', LEAD, 'ACCEPTED'],
      ['CONTACTED', LEAD, 'IN_PROGRESS'],
      ['STEP_RECORDED', LEAD, 'IN_PROGRESS'],
      ['DUTIES_AMENDED', COORDINATOR, 'IN_PROGRESS', { 部门: { choose: NAMES.FGW } }],
      ['DUTY_REPORTED', FIRST, 'IN_PROGRESS'],
      ['ASSISTANCE_RATED', LEAD, 'IN_PROGRESS'],
      ['EXTENSION_REQUESTED', LEAD, 'IN_PROGRESS'],
      ['EXTENSION_RULED', COORDINATOR, 'IN_PROGRESS'],
      ['URGED', enterprise, 'IN_PROGRESS'],
      ['SUPERVISED', COORDINATOR, 'IN_PROGRESS'],
      ['SUPERVISION_REPORTED', LEAD, 'IN_PROGRESS'],
      ['SUPERVISION_CONCLUDED', COORDINATOR, 'IN_PROGRESS'],
      ['ESCALATED', LEAD, 'IN_PROGRESS'],
      ['PAUSED', LEAD, 'WAITING'],
      ['RESUMED', LEAD, 'IN_PROGRESS'],
      ['SUPPLEMENTED', enterprise, 'IN_PROGRESS'],
      ['NOTED', COORDINATOR, 'IN_PROGRESS'],
      [
        'REFERRED',
        AUDITOR,
        'IN_PROGRESS',
        { '证据链接（https，每行一个）': 'https://www.xianning.example/evidence/1' },
      ],
      ['REFERRAL_CONCLUDED', AUDITOR, 'IN_PROGRESS', { 结论: { choose: '澄清' } }],
      // Another one than who entered the outcome.
      ['CLEARING_ISSUED', COORDINATOR, 'IN_PROGRESS'],
      ['RESOLVED', LEAD, 'RESOLVED'],
      ['RATED', enterprise, 'RATED'],
      ['EVALUATED', COORDINATOR, 'RATED'],
      ['CLOSED', COORDINATOR, 'CLOSED'],
      ['CLOSE_UNDONE', COORDINATOR, 'RATED'],
      ['CLOSED', COORDINATOR, 'CLOSED'],
    ]);
  });

  it('a case that is answered at the desk, one that is withdrawn, one that is declined, and one without a name', async () => {
    await walk(await submitted(), [
      ['ANSWERED_DIRECTLY', COORDINATOR, 'RESOLVED'],
      ['CLOSED', COORDINATOR, 'CLOSED'],
      ['REOPENED', enterprise, 'RECEIVED'],
    ]);
    await walk(await submitted(), [['WITHDRAWN', enterprise, 'WITHDRAWN']]);
    await walk(await submitted(), [['DECLINED', COORDINATOR, 'DECLINED']]);
    await walk(await submitted({ uscc: enterprise.uscc, channel: 'HOTLINE_12345' }, DESK), [
      ['CORRECTED', DESK, 'RECEIVED', { 标题: '园区道路限高请求拆除' }],
    ]);
    await walk(await submitted({ anonymous: true }), [['WORDED', COORDINATOR, 'RECEIVED']]);
  });
});
