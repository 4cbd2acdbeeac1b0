import { hasEnded } from '../../../../demo/src/types.js';
import type { Actor } from '@zhitong/kit';
import {
  coordinator,
  enterprise,
  enterprisesUnderTest,
  officer,
  type EnterprisesUnderTest,
} from '../../support/enterprises-under-test.js';

let hub: EnterprisesUnderTest;
let now = new Date('2026-11-20T02:00:00Z');
beforeAll(async () => {
  hub = await enterprisesUnderTest(import.meta.url, 200, { now: () => now });
});
afterAll(async () => hub.close());

type Json = Record<string, unknown>;
interface Link {
  id: string;
  role: string;
  official: { id: string; telephone: string } | null;
  department: { code: string } | null;
  from: string | null;
  until: string | null;
  basis: string;
}
interface Payload {
  applied?: Json | null;
  campaign?: { id: string } | null;
  visit?: { id: string } | null;
  handOver?: Record<string, number> | null;
  refusal: { code: string; path: string[] } | null;
}
let keys = 0;
const run = async (mutation: string, type: string, input: Json, selection: string, actor: Actor = coordinator) => {
  const { data, errors } = await hub.ask<Record<string, Payload | null>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} refusal { code path message } } }`,
    {
      variables: { input: { idempotencyKey: `network-${(keys += 1)}`, ...input } },
      actor,
    },
  );
  return { payload: data?.[mutation] ?? null, code: errors?.[0]?.extensions?.['code'] };
};
const LINKS = 'id role official { id telephone } department { code } from until basis';
const networkOf = async (uscc: string, actor: Actor | null = coordinator, asOf: string | null = null) => {
  const { data, errors } = await hub.ask<{
    enterprise: {
      version: number;
      serviceNetwork: Link[] | null;
      serviceHistory: Link[] | null;
      steward: { id: string } | null;
    };
  }>(
    `query ($uscc: ID!, $asOf: Date) { enterprise(uscc: $uscc) { version steward { id } serviceNetwork(asOf: $asOf) { ${LINKS} } serviceHistory { ${LINKS} } } }`,
    { variables: { uscc, asOf }, actor },
  );
  return { ...data?.enterprise, code: errors?.[0]?.extensions?.['code'] };
};
const without = async (role: string) =>
  (
    await hub.ask<{ enterprises: { totalCount: number } }>(
      'query ($role: ServiceRole) { enterprises(filter: { withoutRole: $role, status: [IN_OPERATION, ABNORMAL_LISTED] }) { totalCount } }',
      { variables: { role }, actor: coordinator },
    )
  ).data?.enterprises.totalCount;
const uscc = (at: number): string => hub.city.enterprises[at]?.uscc ?? '';
const officialOf = (department: string): string =>
  hub.city.officials.find(({ departmentCode }) => departmentCode === department)?.id ?? '';

describe('the service network', () => {
  it('plans in the open, carries out what was looked at, and nothing else', async () => {
    const alive = hub.city.enterprises.filter(({ status }) => !hasEnded(status)).length;
    const rule = { role: 'EMPLOYMENT_SPECIALIST' };
    const preview = async () =>
      (
        await hub.ask<{
          planAssignment: {
            digest: string;
            considered: number;
            assigned: number;
            unplaced: Json[];
            leastLoad: number;
            mostLoad: number;
            assignments: {
              totalCount: number;
              nodes: { uscc: string; official: { id: string }; reason: string; qualified: number }[];
            };
          };
        }>(
          'query ($rule: AssignmentRuleInput!) { planAssignment(rule: $rule) { digest considered assigned leastLoad mostLoad unplaced { reason count } assignments(first: 200) { totalCount nodes { uscc official { id } reason qualified } } } }',
          { variables: { rule }, actor: coordinator },
        )
      ).data?.planAssignment;
    // Nobody on the small city's roster looks for staff yet.
    await hub.database.connection
      .collection('service_officers')
      .updateMany({}, { $pull: { roles: 'EMPLOYMENT_SPECIALIST' } as never });
    expect(await preview()).toMatchObject({
      considered: alive,
      assigned: 0,
      unplaced: [{ reason: 'NOBODY_QUALIFIES', count: alive }],
    });
    const [one, two, three] = hub.city.officials.map(({ id }) => id);
    const roster = await run(
      'enterServiceOfficers',
      'EnterServiceOfficersInput',
      { officers: [one, two, three].map((official) => ({ official, roles: ['EMPLOYMENT_SPECIALIST'] })) },
      'officers { load capacity }',
    );
    expect(roster.payload?.refusal).toBeNull();
    const first = await preview();
    expect(await preview()).toEqual(first);
    expect(first?.assigned).toBe(alive);
    expect((first?.mostLoad ?? 0) - (first?.leastLoad ?? 0)).toBeLessThanOrEqual(1);
    expect(first?.assignments.nodes[0]).toMatchObject({
      qualified: 3,
      reason: expect.stringContaining('共 3 名') as string,
    });
    expect(await without('EMPLOYMENT_SPECIALIST')).toBe(alive);

    // Another official on the roster changes the plan, so the one that was looked at is not carried out.
    await run(
      'enterServiceOfficers',
      'EnterServiceOfficersInput',
      { officers: [{ official: hub.city.officials[3]?.id, roles: ['EMPLOYMENT_SPECIALIST'], capacity: 5 }] },
      'officers { load }',
    );
    const apply = async (digest: string | undefined) =>
      run('applyAssignment', 'ApplyAssignmentInput', { rule, digest }, 'applied { digest assigned unplaced replaced }');
    expect((await apply(first?.digest)).payload).toMatchObject({ applied: null, refusal: { code: 'STALE_VERSION' } });
    expect(await without('EMPLOYMENT_SPECIALIST')).toBe(alive);
    const second = await preview();
    expect((await apply(second?.digest)).payload?.applied).toEqual({
      digest: second?.digest,
      assigned: alive,
      unplaced: 0,
      replaced: 0,
    });
    expect(await without('EMPLOYMENT_SPECIALIST')).toBe(0);
    const mine = second?.assignments.nodes[0];
    const link = (await networkOf(mine?.uscc ?? '')).serviceNetwork?.find(
      ({ role }) => role === 'EMPLOYMENT_SPECIALIST',
    );
    expect(link).toMatchObject({
      official: { id: mine?.official.id },
      from: '2026-11-20',
      until: null,
      basis: 'PLANNED',
    });
    const coverage = await hub.ask<{ serviceCoverage: Json }>(
      '{ serviceCoverage(role: EMPLOYMENT_SPECIALIST) { all { numerator denominator rate } } }',
      { actor: officer },
    );
    expect(coverage.data?.serviceCoverage).toEqual({ all: { numerator: alive, denominator: alive, rate: '1.0000' } });
  });

  it('has one steward for an enterprise, whichever way it is given, and knows who was it before', async () => {
    const { version, steward } = await networkOf(uscc(5));
    const next = hub.city.officials.find(({ id }) => id !== steward?.id)?.id ?? '';
    const assigned = await run(
      'assignSteward',
      'AssignStewardInput',
      { uscc: uscc(5), official: next, expectedVersion: version },
      'enterprise { steward { id } }',
    );
    expect(assigned.payload).toMatchObject({ enterprise: { steward: { id: next } }, refusal: null });
    const stewards = (links: Link[] | null | undefined) =>
      links?.filter(({ role }) => role === 'STEWARD').map(({ official }) => official?.id);
    expect(stewards((await networkOf(uscc(5))).serviceNetwork)).toEqual([next]);
    expect(stewards((await networkOf(uscc(5), coordinator, '2026-11-19')).serviceNetwork)).toEqual([steward?.id]);
    expect(stewards((await networkOf(uscc(5))).serviceHistory)).toEqual([next, steward?.id]);
    const again = await run(
      'assignServiceRole',
      'AssignServiceRoleInput',
      { uscc: uscc(5), role: 'STEWARD', official: steward?.id, expectedVersion: version },
      'enterprise { version }',
    );
    expect(again.payload?.refusal?.code).toBe('STALE_VERSION');
  });

  it('lets a department name its own contacts, of several departments at once, and no other role or official', async () => {
    const labour = { ...officer, department: 'RSJ' };
    const name = async (at: number, official: string, role: string, actor: Actor) =>
      run(
        'assignServiceRole',
        'AssignServiceRoleInput',
        { uscc: uscc(at), role, official, expectedVersion: (await networkOf(uscc(at))).version },
        'enterprise { uscc }',
        actor,
      );
    const assignable = async (actor: Actor | null) =>
      (
        await hub.ask<{ enterprise: { assignableRoles: string[] | null } }>(
          `{ enterprise(uscc: "${uscc(6)}") { assignableRoles } }`,
          { actor },
        )
      ).data?.enterprise.assignableRoles;
    expect((await assignable(coordinator))?.length).toBe(7);
    expect(await assignable(labour)).toEqual(['DEPARTMENT_CONTACT', 'AGENT']);
    // The enterprise itself names nobody, and a bank is not even told who looks after it.
    expect(await assignable(enterprise(uscc(6)))).toEqual([]);
    expect(await assignable({ ...officer, department: 'RMYH' })).toBeNull();
    expect((await name(6, officialOf('RSJ'), 'DEPARTMENT_CONTACT', labour)).payload?.refusal).toBeNull();
    expect((await name(6, officialOf('XAQZF'), 'DEPARTMENT_CONTACT', labour)).code).toBe('FORBIDDEN');
    expect((await name(6, officialOf('RSJ'), 'STEWARD', labour)).code).toBe('FORBIDDEN');
    expect((await name(6, officialOf('XAQZF'), 'DEPARTMENT_CONTACT', coordinator)).payload?.refusal).toBeNull();
    const contacts = async () =>
      (await networkOf(uscc(6))).serviceNetwork?.filter(({ role }) => role === 'DEPARTMENT_CONTACT') ?? [];
    expect((await contacts()).map(({ department }) => department?.code)).toEqual(['RSJ', 'XAQZF']);
    const before = (await without('DEPARTMENT_CONTACT')) ?? 0;
    for (const [at, { id }] of (await contacts()).entries()) {
      await run('endServiceRole', 'EndServiceRoleInput', { link: id, reason: '轮岗' }, 'enterprise { uscc }');
      expect(await without('DEPARTMENT_CONTACT')).toBe(before + at);
    }
  });

  it('has a leader with the unit that supports him, a secretary in the enterprise, and an agent of each department', async () => {
    const [leader, secretary] = [officialOf('FGW'), officialOf('JXJ')];
    const fill = async (role: string, rest: Json, actor: Actor = coordinator) =>
      (
        await run(
          'assignServiceRole',
          'AssignServiceRoleInput',
          { uscc: uscc(8), role, expectedVersion: (await networkOf(uscc(8))).version, ...rest },
          'enterprise { uscc }',
          actor,
        )
      ).payload?.refusal ?? null;
    const led = async () =>
      (
        await hub.ask<{ serviceCoverage: { all: { numerator: number } } }>(
          '{ serviceCoverage(role: LEADER) { all { numerator } } }',
          { actor: officer },
        )
      ).data?.serviceCoverage.all.numerator ?? 0;
    const before = (await networkOf(uscc(8))).serviceNetwork?.some(({ role }) => role === 'LEADER') === true;
    const count = await led();
    expect(await fill('LEADER', { official: leader, reason: '市领导包联' })).toBeNull();
    expect(await fill('SUPPORTING_UNIT', { department: 'GSL' })).toBeNull();
    expect(await fill('PROJECT_SECRETARY', { official: secretary })).toBeNull();
    expect(await fill('AGENT', { official: officialOf('RSJ') }, { ...officer, department: 'RSJ' })).toBeNull();
    expect(await fill('AGENT', { official: officialOf('XAQZF') })).toBeNull();
    const network = (await networkOf(uscc(8))).serviceNetwork ?? [];
    const holders = (role: string) =>
      network.filter((link) => link.role === role).map(({ official, department }) => official?.id ?? department?.code);
    expect(holders('LEADER')).toEqual([leader]);
    expect(holders('SUPPORTING_UNIT')).toEqual(['GSL']);
    expect(holders('PROJECT_SECRETARY')).toEqual([secretary]);
    expect(holders('AGENT').sort()).toEqual([officialOf('RSJ'), officialOf('XAQZF')].sort());
    expect(await led()).toBe(before ? count : count + 1);

    // The roster says who serves as what; a second leader takes the first one's place.
    const agents = [officialOf('RSJ'), officialOf('XAQZF')].map((official) => ({ official, roles: ['AGENT'] }));
    await run('enterServiceOfficers', 'EnterServiceOfficersInput', { officers: agents }, 'officers { load }');
    const roster = await hub.ask<{ serviceOfficers: { nodes: { official: { id: string } }[] } }>(
      '{ serviceOfficers(filter: { role: AGENT, department: "RSJ" }) { nodes { official { id } } } }',
      { actor: officer },
    );
    expect(roster.data?.serviceOfficers.nodes.map(({ official }) => official.id)).toContain(officialOf('RSJ'));
    expect(roster.data?.serviceOfficers.nodes.map(({ official }) => official.id)).not.toContain(officialOf('XAQZF'));
    expect(await fill('LEADER', { official: secretary })).toBeNull();
    expect((await networkOf(uscc(8))).serviceNetwork?.filter(({ role }) => role === 'LEADER')).toMatchObject([
      { official: { id: secretary } },
    ]);
  });

  it('gives all that an official holds to others when he leaves, and him nothing any more', async () => {
    now = new Date('2026-12-01T02:00:00Z');
    const steward = hub.city.projects[0]?.stewardId ?? '';
    const held = async (id: string) =>
      (await hub.database.connection.collection('service_links').countDocuments({ officialId: id, until: null })) +
      (await hub.database.connection.collection('projects').countDocuments({ stewardId: id }));
    const before = await held(steward);
    expect(before).toBeGreaterThan(0);
    const { payload } = await run(
      'handOverOfficial',
      'HandOverOfficialInput',
      { official: steward, reason: '调离' },
      'handOver { moved left projectsMoved projectsLeft }',
    );
    const { moved = 0, left = 0, projectsMoved = 0, projectsLeft = 0 } = payload?.handOver ?? {};
    expect(moved + left + projectsMoved + projectsLeft).toBe(before);
    expect(left + projectsLeft).toBe(0);
    expect(await held(steward)).toBe(0);
    const named = await run(
      'assignServiceRole',
      'AssignServiceRoleInput',
      { uscc: uscc(7), role: 'STEWARD', official: steward, expectedVersion: (await networkOf(uscc(7))).version },
      'enterprise { uscc }',
    );
    expect(named.payload?.refusal).toMatchObject({ code: 'INVALID', path: ['official'] });
    // To a named successor, who gets all of it.
    const [from, to] = hub.city.officials
      .filter(({ id }) => id !== steward)
      .slice(-2)
      .map(({ id }) => id);
    const total = (await held(from ?? '')) + (await held(to ?? ''));
    await run(
      'handOverOfficial',
      'HandOverOfficialInput',
      { official: from, successor: to, reason: '退休' },
      'handOver { moved }',
    );
    expect([await held(from ?? ''), await held(to ?? '')]).toEqual([0, total]);
  });

  it('hands the visits that an official was to make over to the successor', async () => {
    const stages = [{ name: '全覆盖', until: '2026-12-31' }];
    const campaign = { name: '“千企万户”大走访', from: '2026-12-01', until: '2026-12-31', stages };
    const opened = await run('openVisitCampaign', 'OpenVisitCampaignInput', campaign, 'campaign { id }');
    expect(opened.payload?.refusal).toBeNull();
    const targets = async () =>
      (
        await hub.ask<{ visitCampaigns: { targets: { nodes: { official: { id: string } | null }[] } }[] }>(
          '{ visitCampaigns { targets(first: 200, filter: { isVisited: false }) { nodes { official { id } } } } }',
          { actor: coordinator },
        )
      ).data?.visitCampaigns[0]?.targets.nodes.map(({ official }) => official?.id ?? null) ?? [];
    const before = await targets();
    // Two have left already.
    const gone = new Set(
      (
        await hub.database.connection
          .collection<{ officialId: string }>('service_officers')
          .find({ leftOn: { $ne: null } })
          .toArray()
      ).map(({ officialId }) => officialId),
    );
    const leaver = before.find((id) => id !== null) ?? '';
    const departmentOf = (id: string) => hub.city.officials.find((one) => one.id === id)?.departmentCode ?? '';
    const successor = hub.city.officials.find(
      ({ id, departmentCode }) => departmentCode !== departmentOf(leaver) && !gone.has(id),
    );
    const visited = hub.city.enterprises.filter(({ status }) => !hasEnded(status))[8]?.uscc;
    const party = { uscc: visited, kind: 'STEWARD_VISIT', officials: [leaver], department: departmentOf(leaver) };
    const planned = await run('planVisit', 'PlanVisitInput', { ...party, plannedOn: '2026-12-10' }, 'visit { id }');
    expect(planned.payload?.refusal).toBeNull();
    const handed = await run(
      'handOverOfficial',
      'HandOverOfficialInput',
      { official: leaver, successor: successor?.id, reason: '调离' },
      'handOver { visitsMoved visitsLeft targetsMoved targetsLeft }',
    );
    const count = (ids: readonly (string | null)[], id: string | undefined) => ids.filter((one) => one === id).length;
    expect(handed.payload).toMatchObject({
      handOver: { visitsMoved: 1, visitsLeft: 0, targetsMoved: count(before, leaver), targetsLeft: 0 },
    });
    const after = await targets();
    expect(count(after, leaver)).toBe(0);
    expect(count(after, successor?.id)).toBe(count(before, leaver) + count(before, successor?.id));
    // Nobody else of the leaver's department was to go: it is the successor's department's visit now.
    const visit = await hub.ask<{ visit: Json }>(
      'query ($id: ID!) { visit(id: $id) { state department { code } officials { id } } }',
      { variables: { id: planned.payload?.visit?.id }, actor: coordinator },
    );
    expect(visit.data?.visit).toEqual({
      state: 'PLANNED',
      department: { code: successor?.departmentCode },
      officials: [{ id: successor?.id }],
    });
  });
});
