import type { Caller } from '../../../../subgraphs/enterprises/src/domain/access.js';
import type { ProjectChange } from '../../../../subgraphs/enterprises/src/domain/projects/project-event.js';
import { lifeOf } from '../../../../subgraphs/enterprises/src/domain/projects/project-life.js';
import {
  canDecide,
  canFinish,
  leadMoves,
  MOST_CHANGES,
  MOST_MEETINGS,
  projectMoves,
  takesChanges,
} from '../../../../subgraphs/enterprises/src/domain/projects/project-moves.js';
import { PROJECT_STEPS } from '../../../../subgraphs/enterprises/src/domain/projects/steps.js';

const officer = (department: string): Caller => ({ roles: ['OFFICER'], department });
const CALLERS: Readonly<Record<string, Caller | null>> = {
  coordinator: { roles: ['COORDINATOR'] },
  lead: officer('ZSZX'),
  "steward's department": officer('FGW'),
  'asked for an approval': officer('ZRZY'),
  another: officer('JXJ'),
  'an auditor': { roles: ['AUDITOR'] },
  'the enterprise': { roles: ['ENTERPRISE'], uscc: '91420000000000001X' },
  nobody: null,
};
/** What each caller can do, of those that can do anything. */
const table = (moves: (caller: Caller | null) => readonly string[]): Record<string, readonly string[]> =>
  Object.fromEntries(
    Object.entries(CALLERS).flatMap(([name, caller]) => (moves(caller).length === 0 ? [] : [[name, moves(caller)]])),
  );
const lived = (...changes: ProjectChange[]) =>
  lifeOf(
    changes.map((change, at) => ({
      ...{ project: 'XM-1', seq: at + 1, at: '2026-03-10T04:00:00.000Z', by: 'officer-1', department: 'ZSZX', change },
    })),
  );
const OPENED: ProjectChange = {
  ...{ type: 'APPROVAL_OPENED', approval: 1, step: 'SITE_SELECTION', matter: '用地预审', owner: 'ZRZY' },
  ...{ receivedAt: '2026-03-10T02:00:00.000Z', halfDays: 10 },
} as const;
const PROJECT = { stage: 'SIGNED', leadDepartmentCode: 'ZSZX', steward: 'FGW' };
const LEADS = ['PLAN', 'COMPLETE_STEP', 'OPEN_APPROVAL', 'REPORT_BLOCK', 'GIVE_TASK'];

describe('what can be done with a project', () => {
  it('is leading it for its department and the coordinator, inspecting, and reporting a block for whom it concerns', () => {
    expect(table((caller) => projectMoves(PROJECT, lived(OPENED), caller))).toEqual({
      coordinator: [...LEADS, 'INSPECT'],
      lead: LEADS,
      "steward's department": ['REPORT_BLOCK'],
      'asked for an approval': ['REPORT_BLOCK'],
    });
  });

  it('is no step any more when all are completed, and nothing when it is terminated or its history is full', () => {
    const completed = PROJECT_STEPS.map((step): ProjectChange => ({
      ...{ type: 'STEP_COMPLETED', step, completedOn: '2026-03-10', note: '已完成' },
    }));
    const done = lived(...completed);
    expect(projectMoves({ ...PROJECT, stage: 'IN_PRODUCTION' }, done, officer('ZSZX'))).toEqual([
      'REPORT_BLOCK',
      'GIVE_TASK',
    ]);
    expect(table((caller) => projectMoves({ ...PROJECT, stage: 'TERMINATED' }, lived(), caller))).toEqual({});
    const versions = [MOST_CHANGES - 1, MOST_CHANGES].map((version) => takesChanges(PROJECT, { version }));
    expect(versions).toEqual([true, false]);
  });

  it('is deciding an approval once, by the department that was asked', () => {
    const [open] = lived(OPENED).approvals;
    const [decided] = lived(OPENED, {
      ...{ type: 'APPROVAL_DECIDED', approval: 1, outcome: 'GRANTED', note: '符合条件', pledge: null },
    }).approvals;
    const can = (approval: typeof open) =>
      table((caller) => (approval !== undefined && canDecide(approval, caller) ? ['DECIDE'] : []));
    expect([can(open), can(decided)]).toEqual([{ 'asked for an approval': ['DECIDE'] }, {}]);
  });

  it("is finishing a task once, by the agent's department", () => {
    const can = (doneOn: string | null) => table((caller) => (canFinish({ doneOn }, 'FGW', caller) ? ['FINISH'] : []));
    expect([can(null), can('2026-03-11')]).toEqual([{ "steward's department": ['FINISH'] }, {}]);
    expect(canFinish({ doneOn: null }, null, officer('FGW'))).toBe(false);
  });
});

describe('what can be done with a project that is talked about', () => {
  it('is holding a meeting while it is not decided, for the coordinator, and signing it once it is admitted', () => {
    const byState = (['OPEN', 'ADMITTED', 'REFUSED', 'SIGNED'] as const).map((state) => [
      state,
      table((caller) => leadMoves({ state, leadDepartmentCode: 'ZSZX', meetings: [] }, caller)),
    ]);
    expect(Object.fromEntries(byState)).toEqual({
      OPEN: { coordinator: ['HOLD_MEETING'] },
      ADMITTED: { coordinator: ['SIGN'], lead: ['SIGN'] },
      REFUSED: { coordinator: ['HOLD_MEETING'] },
      SIGNED: {},
    });
    const meetings = Array.from({ length: MOST_MEETINGS }, () => ({}));
    const coordinator: Caller = { roles: ['COORDINATOR'] };
    expect(leadMoves({ state: 'OPEN', leadDepartmentCode: 'ZSZX', meetings }, coordinator)).toEqual([]);
  });
});
