import { tick } from '../../../subgraphs/cases/src/usecases/overdue-job.js';
import { undercoverCommands } from '../../../subgraphs/cases/src/usecases/undercover-commands.js';
import { commandRunner } from '@zhitong/kit/commands';
import { accepted, aHistory, assigned, contacted, resolvedWith } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { mutate, run } from '../support/mutations.js';

const { auditor, coordinator, officer, owner } = people;
let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url);
});
beforeEach(async () => {
  await cases.empty();
  cases.at('2026-03-16');
});
afterAll(async () => cases.close());

const round = async (day: string) => {
  cases.at(day);
  return tick({ ...cases, clock: { now: () => new Date(`${day}T04:00:00Z`) } });
};
const sent = async (type: string) => cases.connection.collection('outbox').find({ 'event.type': type }).toArray();
const NUMBER = 'SQ2026-000001';

describe('a referral whose day has passed', () => {
  const given = async (number = NUMBER): Promise<void> =>
    cases.given(
      aHistory(
        '2026-03-02',
        [
          ['2026-03-03', assigned()],
          ['2026-03-03', accepted],
          ['2026-03-04', contacted],
          ['2026-03-06', resolvedWith()],
        ],
        {},
        number,
      ),
    );
  const refer = async (dueOn: string | null, expectedVersion = 5, caseNumber = NUMBER) =>
    mutate(
      cases,
      'referCase',
      {
        ...{ caseNumber, expectedVersion, department: 'JRB', reason: '推诿拖延' },
        ...{ evidence: ['https://files.example.cn/1.pdf'], dueOn },
      },
      auditor,
      'referrals { id }',
    );
  const seenBy = async (actor: Parameters<CasesUnderTest['ask']>[2]) =>
    (
      await cases.ask<{ case: unknown; cases: unknown }>(
        `{ case(caseNumber: "${NUMBER}") { version updatedAt escalation history { seq type } } cases { totalCount } }`,
        {},
        actor,
      )
    ).data;
  const shown = async () =>
    (
      await cases.ask<{ referrals: { nodes: { id: string; overdueNoticedOn: string | null }[] } }>(
        '{ referrals { nodes { id dueOn isOverdue overdueNoticedOn } } }',
        {},
        coordinator,
      )
    ).data?.referrals.nodes;

  it('is noticed once, for coordinator and auditor, and tells the discipline’s systems', async () => {
    await given();
    await refer('2026-03-18');
    expect(await round('2026-03-18')).toMatchObject({ escalated: 0 });
    const reports = await Promise.all([1, 2, 3].map(async () => round('2026-03-19')));
    expect(reports.reduce((sum, { escalated }) => sum + escalated, 0)).toBe(1);
    expect(await round('2026-03-25')).toMatchObject({ escalated: 0, failed: [] });
    expect(await shown()).toMatchObject([{ dueOn: '2026-03-18', isOverdue: true, overdueNoticedOn: '2026-03-19' }]);
    const { data } = await cases.ask<{ case: { version: number; history: unknown[] } }>(
      `{ case(caseNumber: "${NUMBER}") { version history { type party reason } } }`,
      {},
      auditor,
    );
    expect(data?.case.history.at(-1)).toEqual({
      type: 'REFERRAL_OVERDUE',
      party: 'SYSTEM',
      reason: 'REFERRAL 2026-03-18',
    });
    expect(data?.case.version).toBe(7);
    const events = await sent('cn.zhitong.discipline.referral-overdue');
    expect(events).toHaveLength(1);
    expect(JSON.stringify(events)).toContain(NUMBER);
  });

  it('changes nothing that the department or the enterprise sees, who go on as if nothing were', async () => {
    await given();
    const before = await Promise.all([officer('JRB'), owner].map(seenBy));
    await refer('2026-03-18');
    await round('2026-03-19');
    expect(await sent('cn.zhitong.discipline.referral-overdue')).toHaveLength(1);
    expect(await Promise.all([officer('JRB'), owner].map(seenBy))).toEqual(before);
    const rated = { caseNumber: NUMBER, expectedVersion: 5, process: 5, result: 5 };
    expect((await mutate(cases, 'rateCase', rated, owner)).outcome?.case?.version).toBe(6);
  });

  it('is not one that was concluded before, or has no day; one that is concluded late stays noticed', async () => {
    await given();
    const [early, none, late] = [
      (await refer('2026-03-18', 5)).outcome,
      (await refer(null, 6)).outcome,
      (await refer('2026-03-19', 7)).outcome,
    ].map((outcome) => (outcome?.case?.['referrals'] as { id: string }[]).at(-1)?.id);
    const conclude = async (referral: string | undefined, expectedVersion: number) =>
      mutate(
        cases,
        'concludeReferral',
        { caseNumber: NUMBER, expectedVersion, referral, outcome: 'CLEARED', note: '查无实据' },
        coordinator,
      );
    expect((await conclude(early, 8)).outcome?.refusal).toBeNull();
    await round('2026-03-24');
    expect((await conclude(late, 10)).outcome?.refusal).toBeNull();
    const nodes = await shown();
    const noticed: unknown = Object.fromEntries(
      (nodes ?? []).map(({ id, overdueNoticedOn }) => [id, overdueNoticedOn]),
    );
    expect(noticed).toEqual({ [early ?? '']: null, [none ?? '']: null, [late ?? '']: '2026-03-24' });
  });

  it('is noticed though the history of another case is damaged', async () => {
    await given();
    await refer('2026-03-18');
    await given('SQ2026-000002');
    await refer('2026-03-17', 5, 'SQ2026-000002');
    await cases.connection.collection('case_events').deleteOne({ caseNumber: 'SQ2026-000002', seq: 2 });
    const { failed, escalated } = await round('2026-03-19');
    expect(failed.map(({ caseNumber }) => caseNumber)).toEqual(['SQ2026-000002']);
    expect(escalated).toBe(1);
  });
});

describe('a check of a unit whose day of rectification has passed', () => {
  type Check = { id: string; version: number; status: string };
  const act = async (name: string, input: object, actor: Parameters<typeof mutate>[3]) =>
    run<Check>(
      cases,
      [name, `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`, 'check'],
      'id version status',
      { ...input },
      actor,
    );
  const recorded = async (rectifyBy: string, department = 'JRB'): Promise<string> => {
    const { result } = await act(
      'recordUndercoverCheck',
      {
        ...{ manner: 'UNDERCOVER', department, place: '政务大厅三号窗口', visitedOn: '2026-03-13', checkers: ['王五'] },
        ...{ items: [{ aspect: 'GUIDANCE', isInOrder: false, finding: '未一次性告知' }], rectifyBy },
      },
      coordinator,
    );
    return result?.id ?? '';
  };
  const shown = async (actor: Parameters<CasesUnderTest['ask']>[2]) =>
    (
      await cases.ask<{ undercoverChecks: Record<string, unknown>[] }>(
        '{ undercoverChecks { id version isOverdue overruns { dueOn noticedOn } } }',
        {},
        actor,
      )
    ).data?.undercoverChecks;

  it('is noted once for each day that was set, for the department to read and its systems to hear', async () => {
    const id = await recorded('2026-03-20');
    expect(await round('2026-03-20')).toMatchObject({ overdueRectifications: 0 });
    const reports = await Promise.all([1, 2, 3].map(async () => round('2026-03-21')));
    expect(reports.reduce((sum, { overdueRectifications }) => sum + overdueRectifications, 0)).toBe(1);
    expect(reports.flatMap(({ failedOthers }) => failedOthers)).toEqual([]);
    expect(await shown(officer('JRB'))).toEqual([
      { id, version: 2, isOverdue: true, overruns: [{ dueOn: '2026-03-20', noticedOn: '2026-03-21' }] },
    ]);
    const TYPE = 'cn.zhitong.undercover-check.rectification-overdue';
    const [event] = await sent(TYPE);
    expect(JSON.stringify(event)).toContain('"department":"JRB"');
    expect(JSON.stringify(event)).not.toContain('王五');
    const report = { id, report: '已制作告知单', evidence: ['https://files.example.cn/1.pdf'] };
    expect((await act('reportRectification', { ...report, expectedVersion: 2 }, officer('JRB'))).refusal).toBeNull();
    expect(await round('2026-03-25')).toMatchObject({ overdueRectifications: 0 });
    const again = { id, expectedVersion: 3, isAccepted: false, note: '未上墙', rectifyBy: '2026-03-27' };
    expect((await act('concludeRectification', again, coordinator)).refusal).toBeNull();
    expect(await round('2026-03-27')).toMatchObject({ overdueRectifications: 0 });
    expect(await round('2026-03-28')).toMatchObject({ overdueRectifications: 1 });
    expect(await shown(officer('JRB'))).toMatchObject([
      {
        overruns: [
          { dueOn: '2026-03-20', noticedOn: '2026-03-21' },
          { dueOn: '2026-03-27', noticedOn: '2026-03-28' },
        ],
      },
    ]);
    expect(await sent(TYPE)).toHaveLength(2);
  });

  it('that fails keeps no other from being noted, and is reported', async () => {
    const [first, second] = [await recorded('2026-03-19'), await recorded('2026-03-20', 'RSJ')];
    const undercover = undercoverCommands({ ...cases, clock: at21, runner: commandRunner(cases.connection) });
    const report = await tick({
      ...cases,
      clock: at21,
      undercover: {
        ...undercover,
        noteOverrun: async (id) => (id === first ? Promise.reject(new Error('damaged')) : undercover.noteOverrun(id)),
      },
    });
    expect(report).toMatchObject({
      overdueRectifications: 1,
      failedOthers: [{ work: `check ${first}`, reason: 'damaged' }],
    });
    expect(await shown(officer('RSJ'))).toMatchObject([{ id: second, overruns: [{ dueOn: '2026-03-20' }] }]);
  });
});

const at21 = { now: () => new Date('2026-03-21T04:00:00Z') };
