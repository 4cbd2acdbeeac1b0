import type { Caller } from '../../../../subgraphs/enterprises/src/domain/access.js';
import {
  appraisalMoves,
  type MovableAppraisal,
} from '../../../../subgraphs/enterprises/src/domain/appraisal/appraisal-moves.js';
import { keyTaskMoves, MOST_REPORTS } from '../../../../subgraphs/enterprises/src/domain/key-tasks/key-task.js';
import {
  linkMoves,
  SERVICE_ROLES,
  serviceOfficerMoves,
} from '../../../../subgraphs/enterprises/src/domain/service-network/roles.js';

const coordinator: Caller = { roles: ['COORDINATOR'] };
const officer = (department: string): Caller => ({ roles: ['OFFICER'], department });

it('a link of the service network is ended by the coordinator, contacts and agents by their department too', () => {
  const link = { departmentCode: 'RSJ', until: null };
  const endedBy = (within: string | null) =>
    SERVICE_ROLES.filter((role) => linkMoves({ ...link, role }, within).length > 0);
  expect(endedBy(null)).toEqual([...SERVICE_ROLES]);
  expect(endedBy('RSJ')).toEqual(['DEPARTMENT_CONTACT', 'AGENT']);
  expect(endedBy('JXJ')).toEqual([]);
  expect(linkMoves({ ...link, role: 'AGENT', until: '2026-11-30' }, null)).toEqual([]);
});

it('all that an official holds is given over by the coordinator, while he or she serves', () => {
  expect(serviceOfficerMoves({ leftOn: null }, coordinator)).toEqual(['HAND_OVER']);
  expect(serviceOfficerMoves({ leftOn: '2026-11-30' }, coordinator)).toEqual([]);
  expect(serviceOfficerMoves({ leftOn: null }, officer('RSJ'))).toEqual([]);
});

describe('a round of the appraisal', () => {
  const planned: MovableAppraisal = {
    ...{ committedOn: '2026-11-01', closesOn: '2026-11-30', draw: null, published: null, measures: [] },
  };
  const results = [
    { department: 'RSJ', isDoubleDrop: true },
    { department: 'JXJ', isDoubleDrop: false },
  ];

  it('is drawn after the commitment and within its days, and published once it is over', () => {
    const days = ['2026-11-01', '2026-11-02', '2026-11-30', '2026-12-01'];
    const moves = (round: MovableAppraisal) => days.map((day) => appraisalMoves(round, coordinator, day));
    expect(moves(planned)).toEqual([[], ['DRAW'], ['DRAW'], []]);
    expect(moves({ ...planned, draw: {} })).toEqual([[], [], [], ['PUBLISH']]);
    expect(moves({ ...planned, draw: {}, published: { results } })).toEqual([[], [], [], []]);
    expect(appraisalMoves(planned, officer('RSJ'), '2026-11-02')).toEqual([]);
  });

  it('asks the department of a double drop for its measures, once', () => {
    const published = { ...planned, draw: {}, published: { results } };
    const asked = (round: MovableAppraisal) =>
      ['RSJ', 'JXJ', 'FGW'].map((department) => appraisalMoves(round, officer(department), '2026-12-01'));
    expect(asked(published)).toEqual([['STATE_MEASURES'], [], []]);
    expect(asked({ ...published, measures: [{ department: 'RSJ' }] })).toEqual([[], [], []]);
    expect(appraisalMoves(published, null, '2026-12-01')).toEqual([]);
  });
});

describe('a key task', () => {
  const task = { ownerCode: 'RSJ', enteredOn: '2026-01-10', dueOn: '2026-12-20', progress: [], decisions: [] };
  const report = (percent: number) => ({ on: '2026-06-01', by: 'rsj-1', percent, note: '进展', evidence: [] });
  const as = (caller: Caller, sub: string) => ({ ...caller, sub });
  const moves = (of: Parameters<typeof keyTaskMoves>[0]) => [
    keyTaskMoves(of, as(officer('RSJ'), 'rsj-1')),
    keyTaskMoves(of, as(officer('JXJ'), 'jxj-1')),
    keyTaskMoves(of, as(coordinator, 'ysb-1')),
    keyTaskMoves(of, as({ roles: ['COORDINATOR'], department: 'RSJ' }, 'rsj-2')),
    keyTaskMoves(of, null),
  ];

  it('is reported on by its department, then decided by the coordinator, never by the owner or who reported', () => {
    expect(moves(task)).toEqual([['REPORT'], [], [], [], []]);
    const done = { ...task, progress: [report(100)] };
    expect(moves(done)).toEqual([[], [], ['DECIDE'], [], []]);
    expect(keyTaskMoves(done, as(coordinator, 'rsj-1'))).toEqual([]);
    const decision = { on: '2026-06-02', by: 'ysb-1', isStruckOff: true, note: '同意' };
    expect(moves({ ...done, decisions: [decision] })).toEqual([[], [], [], [], []]);
    expect(moves({ ...done, decisions: [{ ...decision, isStruckOff: false }] })[0]).toEqual(['REPORT']);
  });

  it('takes no more reports than one list holds', () => {
    const progress = Array.from({ length: MOST_REPORTS }, () => report(50));
    expect(moves({ ...task, progress })[0]).toEqual([]);
    expect(moves({ ...task, progress: progress.slice(1) })[0]).toEqual(['REPORT']);
  });
});
