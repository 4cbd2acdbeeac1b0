import type { Actor, Clock } from '@zhitong/kit';
import {
  auditor,
  coordinator,
  enterprise,
  enterprisesUnderTest,
  type EnterprisesUnderTest,
} from '../../support/enterprises-under-test.js';

/** A Monday, at noon in Shanghai. */
const clock: Clock = { now: () => new Date('2026-11-16T04:00:00Z') };
const officer = (department: string): Actor => ({ sub: `officer-${department}`, roles: ['OFFICER'], department });
const bank = officer('RMYH');

let hub: EnterprisesUnderTest;
let project: string;
let own: Actor;
let lead: Actor;
beforeAll(async () => {
  hub = await enterprisesUnderTest(import.meta.url, 200, clock);
  await hub.database.connection.collection('project_events').deleteMany({});
  const chosen = hub.city.projects.find(({ stage }) => stage === 'SIGNED') ?? hub.city.projects[0];
  project = chosen?.id ?? '';
  own = enterprise(chosen?.uscc ?? '');
  lead = officer(chosen?.leadDepartmentCode ?? '');
});
afterAll(async () => hub.close());

interface Payload {
  readonly refusal: { readonly code: string } | null;
}
let keys = 0;
async function change(mutation: string, input: Record<string, unknown>, actor: Actor): Promise<string | undefined> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await hub.ask<Record<string, Payload | null>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { refusal { code } } }`,
    { variables: { input: { idempotencyKey: `project-moves-${String((keys += 1))}`, ...input } }, actor },
  );
  return data?.[mutation]?.refusal?.code ?? (errors?.[0]?.extensions?.['code'] as string | undefined);
}
const open = async (step: string, matter: string, promisedDays: string, expectedVersion: number, owner = 'KJJ') =>
  change(
    'openProjectApproval',
    { ...{ project, step, matter, promisedDays, expectedVersion, owner }, receivedAt: '2026-11-16T01:00:00Z' },
    lead,
  );

interface ToDecide {
  readonly project: { readonly id: string };
  readonly approval: {
    readonly matter: string;
    readonly workingDaysLeft: number | null;
    readonly legalMoves: string[];
  };
}
const toDecide = async (actor: Actor) => {
  const { data, errors } = await hub.ask<{ approvalsToDecide: ToDecide[] | null }>(
    '{ approvalsToDecide { project { id } approval { matter workingDaysLeft legalMoves } } }',
    { actor },
  );
  return (
    data?.approvalsToDecide?.map(({ project: { id }, approval: { matter, workingDaysLeft, legalMoves } }) => [
      ...[id === project, matter, workingDaysLeft, ...legalMoves],
    ]) ?? errors?.[0]?.extensions?.['code']
  );
};
interface Shown {
  readonly project: {
    readonly life: { readonly legalMoves: string[]; readonly approvals: { legalMoves: string[] }[] };
  };
}
const shown = async (actor: Actor) => {
  const { data } = await hub.ask<Shown>(
    `{ project(id: "${project}") { life { legalMoves approvals { legalMoves } } } }`,
    { actor },
  );
  return [
    data?.project.life.legalMoves.length,
    data?.project.life.approvals.map(({ legalMoves }) => legalMoves.length),
  ];
};

it('a department is told what it has to decide, what is due first comes first, and is not refused that', async () => {
  expect(await toDecide(officer('KJJ'))).toEqual([]);
  expect(await open('SITE_SELECTION', '用地预审意见', '3', 0)).toBeUndefined();
  expect(await open('INITIATION', '项目备案', '1', 1)).toBeUndefined();
  // Tuesday and Thursday of the same week.
  expect(await toDecide(officer('KJJ'))).toEqual([
    [true, '项目备案', 1, 'DECIDE'],
    [true, '用地预审意见', 3, 'DECIDE'],
  ]);
  expect(await Promise.all([lead, bank].map(toDecide))).toEqual([[], []]);
  expect(await Promise.all([coordinator, auditor, own].map(toDecide))).toEqual(Array(3).fill('FORBIDDEN'));
  // Who leads it, who coordinates, who decides, and who only reads.
  const readers = [lead, coordinator, officer('KJJ'), auditor, own];
  expect(await Promise.all(readers.map(shown))).toEqual([
    [5, [0, 0]],
    [6, [0, 0]],
    [1, [1, 1]],
    [0, [0, 0]],
    [0, [0, 0]],
  ]);
  const decision = { project, outcome: 'GRANTED', note: '符合条件', expectedVersion: 2 };
  expect(await change('decideProjectApproval', { ...decision, approval: 2 }, lead)).toBe('FORBIDDEN');
  expect(await change('decideProjectApproval', { ...decision, approval: 2 }, officer('KJJ'))).toBeUndefined();
  expect(await toDecide(officer('KJJ'))).toEqual([[true, '用地预审意见', 3, 'DECIDE']]);
  expect(await change('decideProjectApproval', { ...decision, approval: 2, expectedVersion: 3 }, officer('KJJ'))).toBe(
    'ILLEGAL_STATE',
  );
  // What another department decides on the same project, and nothing of a project that was broken off.
  expect(await open('CONSTRUCTION_PERMIT', '施工图审查', '5', 3, 'ZJJ')).toBeUndefined();
  expect(await toDecide(officer('KJJ'))).toEqual([[true, '用地预审意见', 3, 'DECIDE']]);
  expect(await toDecide(officer('ZJJ'))).toEqual([[true, '施工图审查', 5, 'DECIDE']]);
  const projects = hub.database.connection.collection('projects');
  const before = await projects.findOneAndUpdate({ id: project }, { $set: { stage: 'TERMINATED' } });
  expect(await toDecide(officer('ZJJ'))).toEqual([]);
  await projects.updateOne({ id: project }, { $set: { stage: String(before?.['stage']) } });
});

it('a link of the service network says who may end it', async () => {
  interface Links {
    readonly enterprise: { readonly serviceNetwork: { readonly role: string; readonly legalMoves: string[] }[] };
  }
  const uscc = hub.city.enterprises.find(({ status }) => status === 'IN_OPERATION')?.uscc ?? '';
  const steward = hub.city.officials[0];
  const { data } = await hub.ask<{ enterprise: { version: number } }>(`{ enterprise(uscc: "${uscc}") { version } }`, {
    actor: coordinator,
  });
  const named = { uscc, official: steward?.id, expectedVersion: data?.enterprise.version };
  expect(await change('assignSteward', named, coordinator)).toBeUndefined();
  const moves = async (actor: Actor) => {
    const { data: found } = await hub.ask<Links>(
      `{ enterprise(uscc: "${uscc}") { serviceNetwork { role legalMoves } } }`,
      { actor },
    );
    return found?.enterprise.serviceNetwork.find(({ role }) => role === 'STEWARD')?.legalMoves;
  };
  const readers = [coordinator, officer(steward?.departmentCode ?? ''), auditor, enterprise(uscc)];
  expect(await Promise.all(readers.map(moves))).toEqual([['END'], [], [], []]);
});
