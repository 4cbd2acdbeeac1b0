import type { Actor } from '@zhitong/kit';
import {
  auditor,
  coordinator,
  enterprise,
  enterprisesUnderTest,
  officer,
  type EnterprisesUnderTest,
} from '../../support/enterprises-under-test.js';

let hub: EnterprisesUnderTest;
beforeAll(async () => void (hub = await enterprisesUnderTest(import.meta.url, 200)));
afterAll(async () => hub.close());

const labour: Actor = { ...officer, sub: 'labour-1', department: 'RSJ' };
const industry: Actor = { ...officer, sub: 'industry-1', department: 'JXJ' };
const bank: Actor = { ...officer, sub: 'bank-1', department: 'RMYH' };
let keys = 0;

interface Payload {
  readonly visit?: { readonly id: string; readonly version: number } | null;
  readonly finding?: { readonly state: string } | null;
  readonly refusal: { readonly code: string } | null;
}
async function run(mutation: string, input: Record<string, unknown>, actor: Actor, selection: string) {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { data, errors } = await hub.ask<Record<string, Payload | null>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} refusal { code } } }`,
    { variables: { input: { idempotencyKey: `visit-moves-${String((keys += 1))}`, ...input } }, actor },
  );
  return { ...data?.[mutation], code: errors?.[0]?.extensions?.['code'] };
}

it('the graph says of each visit and each problem what the caller can do, and does not refuse that', async () => {
  const uscc = hub.city.enterprises.find(({ status }) => status === 'IN_OPERATION')?.uscc ?? '';
  const staff = hub.city.officials.find(({ departmentCode }) => departmentCode === 'RSJ')?.id ?? '';
  const plan = { uscc, kind: 'STEWARD_VISIT', officials: [staff], plannedOn: '2026-11-23' };
  const { visit } = await run('planVisit', plan, labour, 'visit { id version }');
  const id = visit?.id ?? '';
  interface Shown {
    readonly visit: { legalMoves: string[]; findings: { id: string; legalMoves: string[] }[] } | null;
  }
  const shown = async (actor: Actor) => {
    const { data } = await hub.ask<Shown>(`{ visit(id: "${id}") { legalMoves findings { id legalMoves } } }`, {
      actor,
    });
    return data?.visit;
  };
  const moves = async (...actors: Actor[]): Promise<unknown[]> =>
    Promise.all(actors.map(async (actor) => (await shown(actor))?.legalMoves));
  const own = enterprise(uscc);
  expect(await moves(labour, coordinator, industry, bank, auditor, own)).toEqual([
    ...[['RECORD', 'WITHDRAW'], ['RECORD', 'WITHDRAW'], [], undefined, [], []],
  ]);
  expect(
    (await run('withdrawVisit', { visit: id, reason: '改期', expectedVersion: 1 }, industry, 'visit { id }')).code,
  ).toBe('FORBIDDEN');

  const finding = { title: '招聘普工困难', text: '节后一线普工缺口较大', category: 'LABOUR' };
  const listed = { ...finding, handling: 'SERVICE_LIST', service: '组织专场招聘会', dueOn: '2026-12-10' };
  const report = { visit: id, visitedOn: '2026-11-20', met: '陈厂长', summary: '了解用工情况', findings: [listed] };
  expect((await run('recordVisit', report, labour, 'visit { id }')).refusal).toBeNull();
  expect(await moves(labour, coordinator, own, auditor)).toEqual([[], ['WITHDRAW'], ['CONFIRM'], []]);
  const found = async (actor: Actor) => (await shown(actor))?.findings.map(({ legalMoves }) => legalMoves);
  expect(await Promise.all([labour, coordinator, industry, auditor, own].map(found))).toEqual([
    ...[[['SETTLE', 'RAISE']], [['SETTLE', 'RAISE']], [[]], [[]], [[]]],
  ]);
  expect((await run('confirmVisit', { visit: id, tookPlace: true }, own, 'visit { id }')).refusal).toBeNull();
  expect(await moves(own)).toEqual([[]]);
  const [one] = (await shown(labour))?.findings ?? [];
  const settled = await run('settleFinding', { finding: one?.id, done: '已组织' }, labour, 'finding { state }');
  expect(settled).toMatchObject({ finding: { state: 'SETTLED' }, refusal: null });
  // Once, whichever way.
  for (const [move, input] of [
    ['settleFinding', { finding: one?.id, done: '再次办结' }],
    ['raiseFinding', { finding: one?.id }],
  ] as const)
    expect((await run(move, input, labour, 'finding { state }')).refusal?.code).toBe('CONFLICT');
  expect(await found(labour)).toEqual([[]]);
});
