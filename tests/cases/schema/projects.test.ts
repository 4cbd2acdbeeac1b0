import { anIntake, aHistory, USCC } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { caseMoves } from '../support/moves.js';
import { aSubmission, mutate } from '../support/mutations.js';

const { coordinator, owner, auditor, officer } = people;
const desk = officer('ZSZX');
const OTHER = '91420000MA4L0LNU0F';
const [OWN, FOREIGN] = ['XN-2026-0007', 'XN-2026-0008'];
const { done, submitted } = caseMoves(() => cases);

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url, '2026-03-16');
  cases.registry.projects = { [OWN]: USCC, [FOREIGN]: OTHER };
  cases.registry.projectNames = { [OWN]: '咸宁高新区智能装备产业园项目' };
});
afterAll(async () => cases.close());

type Asker = Parameters<CasesUnderTest['ask']>[2];
const projectOf = async (caseNumber: string, actor: Asker) =>
  (
    await cases.ask<{ case: { project: { id: string } | null; text: string } | null }>(
      `{ case(caseNumber: "${caseNumber}") { project { id } text } }`,
      {},
      actor,
    )
  ).data?.case;
const listed = async (filter: object, actor: Asker) => {
  const { data, errors } = await cases.ask<{ cases: { nodes: { caseNumber: string }[] } }>(
    'query ($filter: CaseFilter) { cases(filter: $filter) { nodes { caseNumber } } }',
    { filter },
    actor,
  );
  return data?.cases ? data.cases.nodes.map(({ caseNumber }) => caseNumber).sort() : errors?.[0]?.extensions?.['code'];
};

describe('a case that concerns an investment project', () => {
  it('names one of the enterprise that brings it, and is found by it', async () => {
    const own = await submitted({ project: ` ${OWN} ` });
    const taken = await submitted({ project: OWN, uscc: USCC, channel: 'PROJECT_STEWARD' }, desk);
    const without = await submitted();
    expect(await projectOf(own.caseNumber, owner)).toMatchObject({ project: { id: OWN } });
    expect(await projectOf(taken.caseNumber, auditor)).toMatchObject({ project: { id: OWN } });
    expect(await projectOf(without.caseNumber, owner)).toMatchObject({ project: null });
    expect(await listed({ project: OWN }, coordinator)).toEqual([own.caseNumber, taken.caseNumber]);
    expect(await listed({ project: OWN }, desk)).toEqual([taken.caseNumber]);
    expect(await listed({ project: OWN }, people.stranger)).toEqual([]);
    const { data } = await cases.ask(
      `{ _entities(representations: [{ __typename: "Enterprise", uscc: "${USCC}" }]) { ... on Enterprise { cases(filter: { project: "${OWN}" }) { totalCount } } } }`,
      {},
      owner,
    );
    expect(data).toEqual({ _entities: [{ cases: { totalCount: 2 } }] });
  });

  it('is refused with the project of another enterprise, and with one that there is not', async () => {
    const refused = async (part: object, actor: Asker) =>
      (await mutate(cases, 'submitCase', aSubmission({ ...part }), actor ?? null)).outcome?.refusal;
    expect(await refused({ project: FOREIGN, uscc: USCC, channel: 'PROJECT_STEWARD' }, desk)).toMatchObject({
      code: 'INVALID',
      path: ['project'],
      message: expect.stringContaining('is a project of another enterprise') as string,
    });
    // An enterprise is told the same of both: it does not find out by trying which projects others have.
    const [foreign, none] = [await refused({ project: FOREIGN }, owner), await refused({ project: 'XN-0000' }, owner)];
    expect(foreign).toMatchObject({ code: 'INVALID', path: ['project'] });
    expect(none).toEqual(foreign);
    // One from elsewhere has no enterprise in the register whose project it could be.
    const elsewhere = { enterpriseName: '深圳咸宁商会', homeRegion: '440300', channel: 'MAIL' };
    expect(await refused({ project: OWN, ...elsewhere }, desk)).toMatchObject({ path: ['project'] });
    cases.register(null);
    expect((await mutate(cases, 'submitCase', aSubmission({ project: OWN }), owner)).code).toBe(
      'DEPARTMENT_UNAVAILABLE',
    );
    cases.register(['JXJ', 'JRB', 'YSB', 'ZSZX']);
  });

  it('is put right with its enterprise, and a split-off part keeps it', async () => {
    const taken = await submitted({ project: OWN, uscc: USCC, channel: 'PROJECT_STEWARD' }, desk);
    const reason = '登记有误';
    const foreign = await mutate(
      cases,
      'correctCaseIntake',
      { caseNumber: taken.caseNumber, expectedVersion: 1, project: FOREIGN, reason },
      desk,
    );
    expect(foreign.outcome?.refusal).toMatchObject({ path: ['project'] });
    const split = await done(
      'splitCase',
      taken,
      { category: 'LABOUR', title: '项目招工困难', text: '项目招工困难，请协调。', reason },
      desk,
      'splitInto',
    );
    const [part = ''] = split['splitInto'] as string[];
    expect(await projectOf(part, desk)).toMatchObject({ project: { id: OWN } });
    const corrected = await done('correctCaseIntake', split, { uscc: OTHER, reason }, desk);
    expect(await projectOf(corrected.caseNumber, desk)).toMatchObject({ project: null });
    await done('correctCaseIntake', corrected, { project: FOREIGN, reason }, desk);
    expect(await projectOf(corrected.caseNumber, desk)).toMatchObject({ project: { id: FOREIGN } });
  });
});

describe('an anonymous case with a project', () => {
  it('gives its enterprise away by it to nobody: neither field, nor filter, nor correction, nor text', async () => {
    const text = `${OWN}（咸宁高新区智能装备产业园项目）施工许可无法办理。`;
    const one = await submitted({ project: OWN, anonymous: true, text });
    await done('assignCase', one, { lead: 'JXJ' }, coordinator);
    for (const [who, actor] of [
      ['lead', officer('JXJ')],
      ['auditor', auditor],
    ] as const) {
      const shown = await projectOf(one.caseNumber, actor);
      expect([who, shown?.project]).toEqual([who, null]);
      expect([who, shown?.text]).toEqual([who, expect.not.stringMatching(/XN-2026|智能装备/)]);
      expect([who, await listed({ project: OWN, open: true, channel: ['PORTAL'] }, actor)]).toEqual([
        who,
        who === 'lead' ? [] : expect.not.arrayContaining([one.caseNumber]),
      ]);
    }
    for (const actor of [coordinator, owner]) {
      expect(await projectOf(one.caseNumber, actor)).toMatchObject({ project: { id: OWN }, text });
      expect(await listed({ project: OWN }, actor)).toContain(one.caseNumber);
    }
    // A desk finds out by no trying whose project it is.
    const anonymous = { ...anIntake().complainant, anonymous: true };
    await cases.given(aHistory('2026-03-16', [], { complainant: anonymous, receivedBy: 'ZSZX' }, 'SQ2026-900001'));
    const tries = await Promise.all(
      [OWN, FOREIGN].map(async (project) =>
        mutate(
          cases,
          'correctCaseIntake',
          { caseNumber: 'SQ2026-900001', expectedVersion: 1, project, reason: '核对' },
          desk,
        ),
      ),
    );
    expect(tries[0]?.outcome?.refusal).toMatchObject({ code: 'CONFLICT', path: ['project'] });
    expect(tries[1]).toEqual(tries[0]);
  });
});

describe("the secretary's and the mayor's line", () => {
  it('brings a case before the leadership, and onto its agenda, as it comes in', async () => {
    const one = await submitted({ channel: 'LEADERS_LINE', uscc: USCC, project: OWN }, coordinator);
    const { data } = await cases.ask<{ planMeeting: { meeting: { agenda: { caseNumber: string }[] } } }>(
      'mutation ($input: PlanMeetingInput!) { planMeeting(input: $input) { meeting { agenda { caseNumber escalation channel project { id } } } } }',
      {
        input: {
          idempotencyKey: 'leaders-line-1',
          kind: 'LEADERSHIP_MEETING',
          date: '2026-03-20',
          title: '书记市长专题会',
        },
      },
      coordinator,
    );
    expect(data?.planMeeting.meeting.agenda).toEqual([
      { caseNumber: one.caseNumber, escalation: 'LEADERSHIP', channel: 'LEADERS_LINE', project: { id: OWN } },
    ]);
    expect(await listed({ channel: ['LEADERS_LINE'] }, auditor)).toEqual([one.caseNumber]);
  });
});
