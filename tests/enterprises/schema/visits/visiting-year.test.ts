import { hasEnded } from '../../../../demo/src/types.js';
import { createLogger, type Actor } from '@zhitong/kit';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import type { CloudEvent } from '@zhitong/kit/outbox';
import { heardEvents as heardByCases } from '../../../../subgraphs/cases/src/events-inbox.js';
import { keywordExtractor } from '../../../../subgraphs/cases/src/memory/keywords.js';
import {
  openDepartment as openCases,
  type OpenDepartment as OpenCases,
} from '../../../../subgraphs/cases/src/service.js';
import { heardEvents } from '../../../../subgraphs/enterprises/src/events-inbox.js';
import {
  coordinator,
  enterprise,
  enterprisesUnderTest,
  officer,
  type EnterprisesUnderTest,
} from '../../support/enterprises-under-test.js';

/** A year of visits in a small city, with the cases department beside it, and the figures counted by hand. */
let hub: EnterprisesUnderTest;
let other: TestDatabase;
let cases: OpenCases;
let now = new Date();
const clock = { now: () => now };
const day = (text: string): void => void (now = new Date(`${text}T02:00:00Z`));

beforeAll(async () => {
  day('2026-03-02');
  hub = await enterprisesUnderTest(import.meta.url, 200, clock);
  other = await testDatabase(import.meta.url);
  cases = await openCases({
    connection: other.connection,
    logger: createLogger({ name: 'test', level: 'silent' }),
    clock,
    telephoneKey: 'a key of this test, and of nobody else',
    seedKey: 'a key of these tests, and of no department',
  });
});
afterAll(async () => {
  await hub.close();
  await other.close();
});

type Json = Record<string, unknown>;
interface Payload {
  campaign?: { id: string; targetCount: number } | null;
  visit?: { id: string; state: string; version: number; findings: { id: string; state: string }[] } | null;
  refusal: { code: string; path: string[]; message: string } | null;
}
let keys = 0;
const run = async (mutation: string, type: string, input: Json, selection: string, actor: Actor = coordinator) => {
  const { data, errors } = await hub.ask<Record<string, Payload | null>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} refusal { code path message } } }`,
    {
      variables: { input: { idempotencyKey: `visiting-${(keys += 1)}`, ...input } },
      actor,
    },
  );
  return { payload: data?.[mutation] ?? null, code: errors?.[0]?.extensions?.['code'] };
};

/** Brings what one department's outbox holds to the other's inbox, each event once, as the dispatchers do. */
const carried = new Set<string>();
async function carryEvents(): Promise<void> {
  const ways = [
    [hub.department.outbox, other, heardByCases({ ...cases, keywords: keywordExtractor(), clock })],
    [cases.outbox, hub.database, heardEvents(hub.department.stores)],
  ] as const;
  for (const [outbox, database, handle] of ways) {
    await outbox.dispatcher().runOnce();
    for (const event of (await outbox.readEvents({ first: 200 })).events as CloudEvent[]) {
      if (carried.has(event.id)) continue;
      carried.add(event.id);
      await database.connection.transaction(async (session) => handle(event, { session }));
    }
  }
}

describe('a visiting year', () => {
  it('is planned, done, followed to the end of each problem, and counted as known on each day', async () => {
    const alive = hub.city.enterprises.filter(({ status }) => !hasEnded(status));
    const opened = await run(
      'openVisitCampaign',
      'OpenVisitCampaignInput',
      {
        name: '“千企万户”大走访',
        from: '2026-03-01',
        until: '2026-12-31',
        stages: [
          { name: '四上企业', until: '2026-04-30', classes: ['OVER_100_MILLION', 'ABOVE_DESIGNATED_SIZE'] },
          { name: '全覆盖', until: '2026-12-31' },
        ],
        quotas: [{ department: 'RSJ', quota: 3 }],
      },
      'campaign { id targetCount }',
    );
    expect(opened.payload?.refusal).toBeNull();
    expect(opened.payload?.campaign?.targetCount).toBe(alive.length);
    const campaign = opened.payload?.campaign?.id ?? '';
    const staff = hub.city.officials.find(({ departmentCode }) => departmentCode === 'RSJ')?.id ?? '';
    const labour = { ...officer, department: 'RSJ' };
    const visit = async (
      at: number,
      visitedOn: string,
      findings: Json[] = [],
      rest: Json = {},
      actor: Actor = labour,
    ) =>
      run(
        'recordVisit',
        'RecordVisitInput',
        {
          uscc: alive[at]?.uscc,
          campaign,
          kind: 'DEPARTMENT_VISIT',
          officials: [staff],
          visitedOn,
          met: '陈厂长',
          summary: '了解生产经营情况',
          findings,
          ...rest,
        },
        'visit { id version findings { id state } }',
        actor,
      );
    const problem = (handling: string, rest: Json = {}): Json => ({
      title: '招聘普工困难',
      text: '节后一线普工缺口较大',
      category: 'LABOUR',
      handling,
      ...rest,
    });

    // March: a planned visit takes place, with one problem of each kind.
    const planned = await run(
      'planVisit',
      'PlanVisitInput',
      { uscc: alive[0]?.uscc, campaign, kind: 'DEPARTMENT_VISIT', officials: [staff], plannedOn: '2026-03-10' },
      'visit { id state }',
      labour,
    );
    day('2026-03-10');
    const first = await run(
      'recordVisit',
      'RecordVisitInput',
      {
        visit: planned.payload?.visit?.id,
        visitedOn: '2026-03-10',
        met: '陈厂长',
        summary: '了解用工情况',
        findings: [
          problem('SETTLED_ON_THE_SPOT', { service: '现场讲解稳岗返还政策' }),
          problem('SERVICE_LIST', { service: '组织专场招聘会', dueOn: '2026-04-10' }),
          problem('CASE'),
        ],
      },
      'visit { id findings { id state } }',
      labour,
    );
    const [, listed, sent] = first.payload?.visit?.findings ?? [];
    expect([listed?.state, sent?.state]).toEqual(['LISTED', 'SENT']);

    // What a department may not do: visit tomorrow, twice on one day, outside the campaign, for another department.
    expect((await visit(1, '2026-03-11')).payload?.refusal).toMatchObject({ code: 'INVALID', path: ['visitedOn'] });
    expect((await visit(1, '2026-02-28')).payload?.refusal?.path).toEqual(['visitedOn']);
    expect((await visit(0, '2026-03-10')).payload?.refusal?.code).toBe('DUPLICATE');
    expect((await visit(1, '2026-03-10', [], { department: 'JXJ' })).code).toBe('FORBIDDEN');
    expect(
      (
        await visit(1, '2026-03-10', [], {
          officials: [hub.city.officials.find(({ departmentCode }) => departmentCode === 'JYJ')?.id],
        })
      ).payload?.refusal?.path,
    ).toEqual(['officials']);
    expect(
      (await visit(1, '2026-03-10', [problem('SERVICE_LIST', { service: '招聘', dueOn: '2026-03-09' })])).payload
        ?.refusal?.path,
    ).toEqual(['findings', '0', 'dueOn']);

    // The problem becomes a case, and the case's answer settles it.
    await carryEvents();
    const finding = async (id: string | undefined) =>
      hub.database.connection
        .collection('visit_findings')
        .findOne<{ state: string; caseNumber: string | null }>({ id: id ?? '' });
    const taken = await finding(sent?.id);
    expect(taken).toMatchObject({ state: 'IN_CASE', caseNumber: 'SQ2026-000001' });
    const submitted = await other.connection
      .collection('case_events')
      .findOne<{ change: { intake: Json } }>({ caseNumber: 'SQ2026-000001', seq: 1 });
    expect(submitted?.change.intake).toMatchObject({
      channel: 'DEPARTMENT_VISIT',
      receivedBy: 'RSJ',
      complainant: { uscc: alive[0]?.uscc },
    });
    day('2026-04-20');
    await cases.commands.change({
      name: 'answerCaseDirectly',
      idempotencyKey: 'answered-01',
      actor: { sub: 'coordinator-1', roles: ['COORDINATOR'] },
      caseNumber: 'SQ2026-000001',
      expectedVersion: 1,
      request: {},
      decide: () => [{ change: { type: 'ANSWERED_DIRECTLY', answer: '已安排送工入企' } }],
    });
    await carryEvents();
    expect((await finding(sent?.id))?.state).toBe('SETTLED');

    // April: the promised fair is overdue until it is struck off; a visit that the enterprise does not know of.
    const overdue = async () =>
      (
        await hub.ask<{ visitFindings: { nodes: { id: string; isOverdue: boolean }[] } }>(
          '{ visitFindings(filter: { isOverdue: true }) { nodes { id isOverdue } } }',
          { actor: labour },
        )
      ).data?.visitFindings.nodes;
    expect(await overdue()).toEqual([{ id: listed?.id, isOverdue: true }]);
    const feigned = await visit(1, '2026-04-20', [
      problem('SERVICE_LIST', { service: '送政策上门', dueOn: '2026-05-20' }),
    ]);
    const denied = await run(
      'confirmVisit',
      'ConfirmVisitInput',
      { visit: feigned.payload?.visit?.id, tookPlace: false, remark: '当天无人到访' },
      'visit { confirmation { tookPlace } }',
      enterprise(alive[1]?.uscc ?? ''),
    );
    expect(denied.payload).toMatchObject({ visit: { confirmation: { tookPlace: false } }, refusal: null });
    expect(
      (
        await run(
          'withdrawVisit',
          'WithdrawVisitInput',
          { visit: feigned.payload?.visit?.id, reason: '核实未到访', expectedVersion: 2 },
          'visit { state }',
          labour,
        )
      ).code,
    ).toBe('FORBIDDEN');
    day('2026-05-06');
    await run(
      'withdrawVisit',
      'WithdrawVisitInput',
      { visit: feigned.payload?.visit?.id, reason: '核实未到访', expectedVersion: 2 },
      'visit { state }',
    );
    await run(
      'settleFinding',
      'SettleFindingInput',
      { finding: listed?.id, done: '4月28日举办专场招聘会' },
      'finding { state }',
      labour,
    );
    expect(await overdue()).toEqual([]);
    await visit(2, '2026-05-06');

    const figures = async (asOf: string) =>
      (
        await hub.ask<{ visitCampaign: { figures: Json; targets: { totalCount: number } } }>(
          'query ($id: ID!, $asOf: Date) { visitCampaign(id: $id) { figures(asOf: $asOf) { visits neverVisited problems visited { numerator denominator } solved { numerator denominator rate } units { department { code } quota missing problems } } targets(filter: { isVisited: false }) { totalCount } } }',
          { variables: { id: campaign, asOf }, actor: coordinator },
        )
      ).data?.visitCampaign;
    const n = alive.length;
    // 20 April: enterprises 0 and 1; four problems, of which the one on the spot and the case are settled.
    expect((await figures('2026-04-20'))?.figures).toMatchObject({
      visits: 2,
      neverVisited: n - 2,
      visited: { numerator: 2, denominator: n },
      problems: 4,
      solved: { numerator: 2, denominator: 4, rate: '0.5000' },
    });
    // 6 May: enterprises 0 and 2; three problems, all settled. What was told for April stays.
    const may = await figures('2026-05-06');
    expect(may?.figures).toMatchObject({
      visits: 2,
      neverVisited: n - 2,
      problems: 3,
      solved: { numerator: 3, denominator: 3, rate: '1.0000' },
    });
    expect(may?.targets.totalCount).toBe(n - 2);
    const units = may?.figures['units'] as {
      department: { code: string } | null;
      quota: number | null;
      problems: number;
    }[];
    expect(units.find(({ department }) => department?.code === 'RSJ')).toMatchObject({ quota: 3, problems: 3 });
    const notVisited = await hub.ask<{ enterprises: { totalCount: number } }>(
      '{ enterprises(filter: { notVisitedSince: "2026-05-01", status: [IN_OPERATION, ABNORMAL_LISTED] }) { totalCount } }',
      { actor: officer },
    );
    expect(notVisited.data?.enterprises.totalCount).toBe(n - 1);
  });

  it('records what a survey group heard, outside any campaign', async () => {
    const uscc = hub.city.enterprises.filter(({ status }) => !hasEnded(status))[5]?.uscc ?? '';
    const staff = hub.city.officials.find(({ departmentCode }) => departmentCode === 'RSJ')?.id;
    const group = { uscc, kind: 'SURVEY', officials: [staff], visitedOn: '2026-05-06', met: '李厂长' };
    const input = { ...group, summary: '调研组了解融资情况', findings: [] };
    const { payload } = await run('recordVisit', 'RecordVisitInput', input, 'visit { id }', {
      ...officer,
      department: 'RSJ',
    });
    const found = await hub.ask<{ visits: { nodes: Json[] } }>(
      'query ($uscc: ID!) { visits(filter: { uscc: $uscc }) { nodes { id kind campaign { id } } } }',
      { variables: { uscc }, actor: coordinator },
    );
    expect(found.data?.visits.nodes).toEqual([{ id: payload?.visit?.id, kind: 'SURVEY', campaign: null }]);
  });

  it('counts the visits of any period, within campaigns and outside, as known on any day', async () => {
    const counts = 'visits enterprises problems solved { numerator denominator }';
    const figures = async (args: string, actor: Actor = coordinator) => {
      const { data, errors } = await hub.ask<{ visitFigures: Json | null }>(
        `{ visitFigures(${args}) { ${counts} byKind { kind visits } byDepartment { department { code } ${counts} } } }`,
        { actor },
      );
      return { ...data?.visitFigures, code: errors?.[0]?.extensions?.['code'] };
    };
    // 20 April: enterprises 0 and 1, with three problems and one; on the spot and by the case two are settled.
    expect(await figures('from: "2026-03-01", until: "2026-05-31", asOf: "2026-04-20"')).toMatchObject({
      visits: 2,
      enterprises: 2,
      problems: 4,
      solved: { numerator: 2, denominator: 4 },
    });
    // 6 May: enterprises 0, 2 and 5, the last by the survey group; the feigned visit does not count any more.
    expect(await figures('from: "2026-03-01", until: "2026-05-31"')).toMatchObject({
      visits: 3,
      enterprises: 3,
      problems: 3,
      solved: { numerator: 3, denominator: 3 },
      byKind: [
        { kind: 'LEADER_VISIT', visits: 0 },
        { kind: 'STEWARD_VISIT', visits: 0 },
        { kind: 'SURVEY', visits: 1 },
        { kind: 'DEPARTMENT_VISIT', visits: 2 },
      ],
      byDepartment: [{ department: { code: 'RSJ' }, visits: 3, enterprises: 3, problems: 3 }],
    });
    // Of May alone: what was found in March is not May's.
    expect(await figures('from: "2026-05-01", until: "2026-05-31"')).toMatchObject({
      visits: 2,
      enterprises: 2,
      problems: 0,
      solved: { numerator: 0, denominator: 0 },
    });
    expect((await figures('from: "2026-05-02", until: "2026-05-01"')).code).toBe('BAD_USER_INPUT');
    expect((await figures('from: "2024-01-01", until: "2026-05-01"')).code).toBe('BAD_USER_INPUT');
    expect((await figures('from: "2026-05-01", until: "2026-05-31", asOf: "2026-05-07"')).code).toBe('BAD_USER_INPUT');
    expect((await figures('from: "2026-05-01", until: "2026-05-31"', { ...officer, department: 'RMYH' })).code).toBe(
      'FORBIDDEN',
    );
  });

  it('shows an enterprise the visits to itself, without accounts, and no other', async () => {
    const uscc = hub.city.enterprises.filter(({ status }) => !hasEnded(status))[0]?.uscc ?? '';
    const ask = async (actor: Actor | null, selection = 'state summary findings { title state }') =>
      hub.ask<{
        enterprise: { visits: { totalCount: number; nodes: Json[] } | null };
        visits: { totalCount: number } | null;
      }>(
        `query ($uscc: ID!) { enterprise(uscc: $uscc) { visits { totalCount nodes { ${selection} } } } visits { totalCount } }`,
        { variables: { uscc }, actor },
      );
    expect((await ask(enterprise(uscc))).data).toMatchObject({
      enterprise: { visits: { totalCount: 1 } },
      visits: { totalCount: 1 },
    });
    expect((await ask(enterprise(uscc), 'account')).errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
    const stranger = await ask(enterprise(hub.city.enterprises.at(-1)?.uscc ?? ''));
    expect(stranger.data).toMatchObject({ enterprise: { visits: null }, visits: { totalCount: 0 } });
    expect((await ask({ ...officer, department: 'RMYH' })).data?.visits).toBeNull();
  });
});
