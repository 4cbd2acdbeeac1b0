import { createHash } from 'node:crypto';
import type { Actor } from '@zhitong/kit';
import { addDays, type LegalDay } from '@zhitong/values';
import type { CaseChange, CaseEvent } from '../../../../subgraphs/cases/src/domain/case-event.js';
import { MEETING_KINDS } from '../../../../subgraphs/cases/src/domain/meeting.js';
import { accepted, aHistory, anIntake, assigned, contacted, resolvedWith } from '../../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../../support/cases-under-test.js';

const TODAY = '2026-06-20';
const { admin, auditor, coordinator, officer } = people;
let cases: CasesUnderTest;

/** Numbers that are the same in each run, below a bound. */
const draws = (name: string) => {
  let turn = 0;
  return (below: number): number =>
    createHash('sha256')
      .update(`${name}#${(turn += 1)}`)
      .digest()
      .readUInt32BE() % below;
};

/** What the naive counts below count. */
interface Referral {
  readonly on: LegalDay;
  readonly due: LegalDay | null;
  readonly class: string | null;
  readonly concluded: LegalDay | null;
  readonly persons: readonly { readonly sanction: string | null; readonly cleared: boolean }[];
}
interface Answer {
  readonly on: LegalDay;
  readonly caseNumber: string;
  readonly whose: string;
  readonly anonymous: boolean;
  readonly region: string;
}
const referrals: Referral[] = [];
const answers: Answer[] = [];
const meetings: { kind: string; date: LegalDay; region: string | null; isHeld: boolean }[] = [];

function aLife(index: number): CaseEvent[] {
  const pick = draws(`life ${index}`);
  const caseNumber = `SQ2026-${String(index + 1).padStart(6, '0')}`;
  const received = addDays('2026-03-02', pick(60));
  const uscc = pick(6) === 0 ? null : `9142120000000000${10 + pick(8)}`;
  const name = uscc === null ? `长沙市星河${'甲乙'.charAt(pick(2))}厂` : '咸宁市恒达机械有限公司';
  const homeRegion = uscc === null ? '430100' : null;
  const anonymous = pick(4) === 0;
  const region = ['421202', '421221'][pick(2)] ?? '421202';
  const happened: [LegalDay, CaseChange][] = [
    [received, assigned({ lead: ['JXJ', 'RSJ'][pick(2)] ?? 'JXJ' })],
    [received, accepted],
    [received, contacted],
  ];
  let day = received;
  for (let round = 0; round < 1 + pick(2); round += 1) {
    day = addDays(day, 1 + pick(9));
    happened.push([day, resolvedWith()]);
    answers.push({ on: day, caseNumber, whose: uscc ?? `${name}@430100`, anonymous, region });
    day = addDays(day, 1 + pick(4));
    happened.push([day, { type: 'REOPENED', reason: '问题再次出现', answerDays: 15 }]);
  }
  if (pick(2) === 0) {
    const on = day;
    const due = pick(4) === 0 ? null : addDays(on, 1 + pick(20));
    const concerning = ([null, 'SLOWNESS', 'OTHER'] as const)[pick(3)] ?? null;
    const persons = Array.from({ length: pick(4) }, (_none, at) => ({ name: `干部${at}`, post: '科长' }));
    happened.push([
      on,
      {
        ...{ type: 'REFERRED', referralId: `R${index}`, department: 'JXJ', reason: '推诿', evidence: [] },
        ...{ persons, ...(concerning === null ? {} : { concerning }), ...(due === null ? {} : { dueOn: due }) },
      },
    ]);
    const isConcluded = pick(3) > 0;
    const found = persons.map(() => ([null, 'CRITICISM', 'DISMISSAL'] as const)[pick(3)] ?? null);
    const concluded = addDays(on, 1 + pick(15));
    if (isConcluded)
      happened.push([
        concluded,
        {
          ...{ type: 'REFERRAL_CONCLUDED', referralId: `R${index}`, outcome: 'SANCTIONED', note: '已处理' },
          persons: found.map((sanction, at) => ({ person: at + 1, sanction })),
        },
      ]);
    referrals.push({
      ...{ on, due, class: concerning, concluded: isConcluded ? concluded : null },
      persons: found.map((sanction) => ({
        sanction: isConcluded ? sanction : null,
        cleared: isConcluded && sanction === null,
      })),
    });
  }
  const complainant = { ...anIntake().complainant, uscc, name, homeRegion, anonymous };
  return aHistory(received, happened, { complainant, region }, caseNumber);
}

beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url, TODAY);
  await cases.given(...Array.from({ length: 60 }, (_none, index) => aLife(index)));
  const pick = draws('meetings');
  await cases.stores.meetings.addMissing(
    Array.from({ length: 80 }, (_none, index) => {
      const kind = MEETING_KINDS[pick(MEETING_KINDS.length)] ?? 'TALKS';
      const [date, isHeld] = [addDays('2026-03-01', pick(100)), pick(5) > 0];
      const region = [null, '421202', '421221'][pick(3)] ?? null;
      meetings.push({ kind, date, region, isHeld });
      return {
        ...{ id: `m-${index}`, version: 1, kind, date, title: `会议${index}`, agenda: [], decisions: [] },
        ...{ chairedBy: isHeld ? '市长' : null, plannedBy: 'coordinator-1' },
        // Meetings from before counties were said have no region at all.
        ...(region === null && index % 2 === 0 ? {} : { region }),
      };
    }),
  );
});
afterAll(async () => cases.close());

const PERIODS = [
  ['2026-03-01', '2026-03-31', '2026-04-10'],
  ['2026-04-01', '2026-05-15', '2026-05-01'],
  ['2026-03-01', '2026-06-20', '2026-06-20'],
] as const;

describe.each(PERIODS)('of %s to %s as known on %s', (from, to, knownOn) => {
  const period = `from: "${from}", to: "${to}"`;
  const known = `${period}, knownOn: "${knownOn}"`;

  it('each figure of the referrals is that of the list behind it', async () => {
    const made = referrals.filter(({ on }) => on >= from && on <= to && on <= knownOn);
    const isConcluded = ({ concluded }: Referral): boolean => concluded !== null && concluded <= knownOn;
    const persons = (of: readonly Referral[]) => of.flatMap((each) => each.persons);
    const done = persons(made.filter(isConcluded));
    const naive = {
      referrals: made.length,
      pending: made.filter((each) => !isConcluded(each)).length,
      overdue: made.filter((each) => !isConcluded(each) && each.due !== null && each.due < knownOn).length,
      persons: persons(made).length,
      sanctions: done.filter(({ sanction }) => sanction !== null).length,
      cleared: done.filter(({ cleared }) => cleared).length,
    };
    const { data } = await cases.ask<{
      referralFigures: Record<string, number> & {
        byClass: { concerning: string; referrals: number }[];
        bySanction: { sanction: string; persons: number }[];
      };
    }>(
      `{ referralFigures(${known}) { ${Object.keys(naive).join(' ')}
        byClass { concerning referrals } bySanction { sanction persons } } }`,
      {},
      auditor,
    );
    expect(data?.referralFigures).toMatchObject(naive);
    const list = async (counted: string, more = ''): Promise<{ totalCount: number; countedTimes: number }> => {
      const answer = await cases.ask<{ referrals: { totalCount: number; countedTimes: number; nodes: unknown[] } }>(
        `{ referrals(first: 200, filter: { ${more} counted: { ${counted}, ${known} } }) {
          totalCount countedTimes nodes { id } } }`,
        {},
        auditor,
      );
      const { nodes, ...counts } = answer.data?.referrals ?? { nodes: [], totalCount: -1, countedTimes: -1 };
      expect(nodes).toHaveLength(counts.totalCount);
      return counts;
    };
    for (const [name, figure] of Object.entries(naive)) {
      const { totalCount, countedTimes } = await list(`figure: ${name.toUpperCase()}`);
      expect({ name, countedTimes }).toEqual({ name, countedTimes: figure });
      if (['referrals', 'pending', 'overdue'].includes(name))
        expect({ name, totalCount }).toEqual({ name, totalCount: figure });
    }
    for (const { concerning, referrals: figure } of data?.referralFigures.byClass ?? []) {
      expect((await list('figure: REFERRALS', `concerning: ${concerning},`)).totalCount).toBe(figure);
      expect(figure).toBe(made.filter((each) => (each.class ?? 'OTHER') === concerning).length);
    }
    for (const { sanction, persons: figure } of data?.referralFigures.bySanction ?? []) {
      expect((await list(`figure: SANCTIONS, sanction: ${sanction}`)).countedTimes).toBe(figure);
      expect(figure).toBe(done.filter((person) => person.sanction === sanction).length);
    }
  });

  it('each count of meetings is that of the list behind it', async () => {
    const held = meetings.filter(({ date, isHeld }) => isHeld && date >= from && date <= to);
    const { data } = await cases.ask<{ meetingCounts: { kind: string; region: string | null; count: number }[] }>(
      `{ meetingCounts(${period}) { kind region count } }`,
      {},
      coordinator,
    );
    const list = async (more: string) =>
      (
        await cases.ask<{ heldMeetings: { totalCount: number; nodes: { kind: string; isHeld: boolean }[] } }>(
          `{ heldMeetings(first: 200, filter: { ${period} ${more} }) { totalCount nodes { kind isHeld } } }`,
          {},
          coordinator,
        )
      ).data?.heldMeetings;
    let total = 0;
    for (const { kind, region, count } of data?.meetingCounts ?? []) {
      total += count;
      expect(count).toBe(held.filter((each) => each.kind === kind && each.region === region).length);
      const found = await list(`, kind: ${kind}, ${region === null ? 'ofCity: true' : `region: "${region}"`}`);
      expect(found?.totalCount).toBe(count);
      expect(found?.nodes).toEqual(Array.from({ length: count }, () => ({ kind, isHeld: true })));
    }
    expect(total).toBe(held.length);
    expect((await list(''))?.totalCount).toBe(held.length);
  });

  it.each<[string, Actor, boolean]>([
    ['the coordinator', coordinator, true],
    ['the auditor', auditor, false],
  ])('the enterprises that were helped are those of the list behind the figure of %s', async (_who, actor, knows) => {
    // Figures are told as known on the day: all answers up to it.
    const counted = answers.filter(({ on }) => on >= from && on <= to && on <= knownOn);
    const keyOf = ({ anonymous, caseNumber, whose }: Answer): string => (anonymous && !knows ? caseNumber : whose);
    const { data } = await cases.ask<{
      caseStatistics: {
        total: { enterprisesHelped: number };
        groups: { key: string; figures: { enterprisesHelped: number } }[];
      };
    }>(
      `{ caseStatistics(${known}, groupBy: REGION) { total { enterprisesHelped } groups { key figures { enterprisesHelped } } } }`,
      {},
      actor,
    );
    const groups = data?.caseStatistics.groups ?? [];
    const figures = [{ key: null, figures: data?.caseStatistics.total }, ...groups];
    expect(figures.length).toBeGreaterThan(1);
    for (const { key, figures: shown } of figures) {
      const of = counted.filter(({ region }) => key === null || region === key);
      const group = key === null ? '' : `, groupBy: REGION, key: "${key}"`;
      const list = await cases.ask<{
        enterprisesHelped: {
          totalCount: number;
          nodes: { enterprise: { uscc: string } | null; answers: number; caseNumbers: string[] }[];
        };
      }>(
        `{ enterprisesHelped(first: 200, filter: { ${known} ${group} }) {
          totalCount nodes { enterprise { uscc } answers caseNumbers } } }`,
        {},
        actor,
      );
      const { totalCount = -1, nodes = [] } = list.data?.enterprisesHelped ?? {};
      const naive = new Set(of.map(keyOf)).size;
      expect({ key, totalCount }).toEqual({ key, totalCount: naive });
      expect(shown?.enterprisesHelped).toBe(naive);
      expect(nodes).toHaveLength(naive);
      expect(nodes.reduce((sum, { answers: count }) => sum + count, 0)).toBe(of.length);
      for (const { enterprise, answers: count, caseNumbers } of nodes) {
        const whose = of.filter(({ caseNumber }) => caseNumbers.includes(caseNumber));
        expect(whose).toHaveLength(count);
        expect(new Set(whose.map(keyOf)).size).toBe(1);
        if (!knows && whose.some(({ anonymous }) => anonymous)) expect(enterprise).toBeNull();
      }
    }
  });
});

interface Pages {
  readonly enterprisesHelped: {
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    readonly nodes: readonly { readonly caseNumbers: readonly string[] }[];
  };
}
const pageAfter = async (after: string | null): Promise<Pages['enterprisesHelped'] | undefined> =>
  (
    await cases.ask<Pages>(
      `query ($after: String) { enterprisesHelped(first: 3, after: $after, filter: { from: "2026-03-01", to: "2026-06-20" }) {
        totalCount pageInfo { hasNextPage endCursor } nodes { caseNumbers } } }`,
      { after },
      coordinator,
    )
  ).data?.enterprisesHelped;

it('the list of enterprises is read page by page', async () => {
  const seen: string[] = [];
  let list = await pageAfter(null);
  for (let pages = 0; pages < 20 && list !== undefined; pages += 1) {
    seen.push(...list.nodes.map(({ caseNumbers }) => caseNumbers.join()));
    if (!list.pageInfo.hasNextPage) break;
    list = await pageAfter(list.pageInfo.endCursor);
  }
  expect(list?.pageInfo.hasNextPage).toBe(false);
  expect(seen).toHaveLength(list?.totalCount ?? -1);
  expect(new Set(seen).size).toBe(list?.totalCount);
});

it.each([
  ['an officer', officer('JXJ')],
  ['an administrator', admin],
])('the list of enterprises is refused to %s with the reason', async (_who, actor) => {
  const { data, errors } = await cases.ask(
    '{ enterprisesHelped(filter: { from: "2026-03-01", to: "2026-03-31" }) { totalCount } }',
    {},
    actor,
  );
  expect(data?.['enterprisesHelped'] ?? null).toBeNull();
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  expect(errors?.[0]?.message).toContain('which cases of other departments are of the same enterprise');
});

it.each([
  ['referrals(filter: { counted: { figure: PERSONS, sanction: DISMISSAL, from: "2026-03-01", to: "2026-03-31" } })'],
  ['heldMeetings(filter: { from: "2026-03-01", to: "2026-03-31", region: "421202", ofCity: true })'],
  ['heldMeetings(filter: { from: "2026-03-31", to: "2026-03-01" })'],
  ['enterprisesHelped(filter: { from: "2026-03-01", to: "2026-03-31", key: "421202" })'],
])('what counts nothing is refused: %s', async (list) => {
  const { errors } = await cases.ask(`{ ${list} { totalCount } }`, {}, coordinator);
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
});
