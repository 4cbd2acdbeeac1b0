import { applicationPledgeMoves, objectionMoves } from '../../../../subgraphs/policies/src/domain/grant/decisions.js';

it('a pledge is checked once, by the department to which it was given', () => {
  expect(applicationPledgeMoves({ state: 'SIGNED' }, { mayCheck: true })).toEqual(['CHECK']);
  expect(applicationPledgeMoves({ state: 'SIGNED' }, { mayCheck: false })).toEqual([]);
  for (const state of ['KEPT', 'BREACHED']) expect(applicationPledgeMoves({ state }, { mayCheck: true })).toEqual([]);
});

it('an objection that is open is decided by another person of the department than who raised it', () => {
  const objection = { state: 'OPEN', raisedBy: 'first' };
  const decider = { sub: 'second', mayDecide: true };
  expect(objectionMoves(objection, decider)).toEqual(['DECIDE']);
  expect(objectionMoves(objection, { ...decider, sub: 'first' })).toEqual([]);
  expect(objectionMoves(objection, { ...decider, mayDecide: false })).toEqual([]);
  for (const state of ['UPHELD', 'REJECTED']) expect(objectionMoves({ ...objection, state }, decider)).toEqual([]);
});
