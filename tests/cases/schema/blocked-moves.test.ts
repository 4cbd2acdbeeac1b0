import type { Actor } from '@zhitong/kit';
import { people } from '../support/cases-under-test.js';
import { eachFromTheBeginning } from '../support/moves.js';
import { mutate, type Outcome } from '../support/mutations.js';

const under = eachFromTheBeginning(import.meta.url);
const { owner, stranger, coordinator, auditor, officer } = people;
const lead = officer('JRB');
const { done, submitted } = under;

interface Blocked {
  readonly move: string;
  readonly reason: string;
  readonly message: string;
  readonly messageZh: string;
}
interface Shown {
  readonly case: { readonly legalMoves: string[]; readonly blockedMoves: Blocked[] } | null;
}
const shown = async (at: Outcome['case'], actor: Actor): Promise<Shown['case'] | undefined> =>
  (
    await under.cases.ask<Shown>(
      `{ case(caseNumber: "${at?.caseNumber ?? ''}") { legalMoves blockedMoves { move reason message messageZh } } }`,
      {},
      actor,
    )
  ).data?.case;
const reasons = async (at: Outcome['case'], actor: Actor): Promise<Record<string, string>> =>
  Object.fromEntries(((await shown(at, actor))?.blockedMoves ?? []).map(({ move, reason }) => [move, reason]));

/** A case that its lead has begun to handle, and for which it has asked for more time. */
async function waitingForTime(): Promise<NonNullable<Outcome['case']>> {
  const assigned = await done('assignCase', await submitted(), { lead: 'JRB' }, coordinator);
  const accepted = await done('acceptCase', assigned, {}, lead);
  return done('requestCaseExtension', accepted, { workingDays: 5, reason: '需要会商' }, lead);
}

describe('a move that something of the case bars', () => {
  it('is told to whoever could make it, with the very reason and words of its refusal', async () => {
    const one = await waitingForTime();
    const blocked = (await shown(one, lead))?.blockedMoves.find(({ move }) => move === 'EXTENSION_REQUESTED');
    expect(blocked).toEqual({
      move: 'EXTENSION_REQUESTED',
      reason: 'EXTENSION_ASKED',
      message: 'an extension has been requested already and waits for the ruling',
      messageZh: '已申请延期，尚待审批，不能再次申请',
    });
    const { outcome } = await mutate(
      under.cases,
      'requestCaseExtension',
      { caseNumber: one.caseNumber, expectedVersion: one.version, workingDays: 5, reason: '还要会商' },
      lead,
    );
    expect(outcome?.refusal?.details).toMatchObject({ reason: blocked?.reason, zh: `${blocked?.messageZh ?? ''}。` });
    // Who does not ask for time is not told that there is none.
    for (const actor of [owner, coordinator, auditor])
      expect(await reasons(one, actor)).not.toHaveProperty('EXTENSION_REQUESTED');
  });

  it('is never one that is possible, nor one for which the case only does not stand there yet or any more', async () => {
    const steps: NonNullable<Outcome['case']>[] = [await submitted()];
    const last = (): NonNullable<Outcome['case']> => steps.at(-1) as NonNullable<Outcome['case']>;
    const seen = async (): Promise<void> => {
      for (const actor of [owner, lead, coordinator, auditor]) {
        const told = await shown(last(), actor);
        const both = (told?.blockedMoves ?? []).filter(({ move }) => told?.legalMoves.includes(move));
        expect(both).toEqual([]);
        expect((told?.blockedMoves ?? []).filter(({ reason }) => reason === 'NOT_WHILE')).toEqual([]);
      }
    };
    await seen();
    // Before it is answered there is nothing to rate and nothing to have done again.
    expect(await reasons(last(), owner)).toEqual({});
    steps.push(await done('assignCase', last(), { lead: 'JRB' }, coordinator));
    await seen();
    steps.push(await done('acceptCase', last(), {}, lead));
    await seen();
    expect((await shown(last(), coordinator))?.blockedMoves.map(({ move }) => move)).toContain('EXTENSION_RULED');
    steps.push(await done('resolveCase', last(), { answer: '已办理完毕。' }, lead));
    await seen();
    steps.push(await done('rateCase', last(), { process: 5, result: 5 }, owner));
    await seen();
    expect(await reasons(last(), owner)).toMatchObject({ REOPENED: 'SATISFIED', RATED: 'RATED_BEFORE' });
  });

  it('is told to nobody who does not read the case', async () => {
    const one = await waitingForTime();
    expect(await shown(one, stranger)).toBeNull();
  });
});
