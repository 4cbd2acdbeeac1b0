import type { Caller } from '../../../subgraphs/cases/src/domain/access.js';
import { briefingMoves } from '../../../subgraphs/cases/src/domain/briefing.js';
import { undercoverCheckMoves } from '../../../subgraphs/cases/src/domain/undercover-check.js';

const coordinator = (sub: string) => ({ sub, roles: ['COORDINATOR'] });
const officer = (department: string): Caller => ({ roles: ['OFFICER'], department });

it('what a leader did with a briefing is taken down by a second person, until all have acknowledged it', () => {
  const briefing = { submittedBy: 'first', addressees: ['PARTY_SECRETARY', 'MAYOR'] as const, acknowledgements: [] };
  const acknowledged = (...leaders: readonly ('PARTY_SECRETARY' | 'MAYOR')[]) => ({
    ...briefing,
    acknowledgements: leaders.map((leader) => ({
      ...{ leader, acknowledgedOn: '2026-11-20', instruction: null, document: null },
      recordedBy: 'second',
    })),
  });
  expect(briefingMoves(briefing, coordinator('second'))).toEqual(['ACKNOWLEDGE']);
  expect(briefingMoves(acknowledged('MAYOR'), coordinator('second'))).toEqual(['ACKNOWLEDGE']);
  expect(briefingMoves(acknowledged('MAYOR', 'PARTY_SECRETARY'), coordinator('second'))).toEqual([]);
  expect(briefingMoves(briefing, coordinator('first'))).toEqual([]);
  expect(briefingMoves(briefing, { sub: 'second', roles: ['AUDITOR'] })).toEqual([]);
  expect(briefingMoves(briefing, null)).toEqual([]);
});

it('a check of a unit is reported on by that unit and concluded by the coordinator, each where it stands', () => {
  const moves = (status: 'TO_RECTIFY' | 'REPORTED', caller: Caller | null) =>
    undercoverCheckMoves({ status, department: 'RSJ' }, caller);
  expect(moves('TO_RECTIFY', officer('RSJ'))).toEqual(['REPORT']);
  expect(moves('TO_RECTIFY', officer('JXJ'))).toEqual([]);
  expect(moves('TO_RECTIFY', coordinator('first'))).toEqual([]);
  expect(moves('REPORTED', coordinator('first'))).toEqual(['CONCLUDE']);
  expect(moves('REPORTED', officer('RSJ'))).toEqual([]);
  expect(moves('TO_RECTIFY', null)).toEqual([]);
});
