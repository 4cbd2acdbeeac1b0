import type { ProjectChange } from '../../../subgraphs/enterprises/src/domain/projects/project-event.js';
import type { EnterprisesUnderTest } from '../../enterprises/support/enterprises-under-test.js';
import type { Scenario } from '../write-rights.js';

const LEAD = 'RSJ';
const SIGNED = '2026-11-02';

/** What each mutation about projects is tried on: a project of its own each time, which one department leads. */
export function projectScenarios(
  hub: () => EnterprisesUnderTest,
  officialOf: (department: string, at: number) => string,
): Record<string, Scenario> {
  let made = 0;
  const aProject = async (...changes: ProjectChange[]): Promise<Record<string, unknown>> => {
    const { city, department } = hub();
    const [model] = await department.stores.projects.byId([city.projects[0]?.id ?? '']);
    if (model === undefined) throw new Error('The city has no project.');
    made += 1;
    const project = `XN-2025-9${String(made).padStart(3, '0')}`;
    await department.stores.projects.addMissing([
      { ...model, id: project, leadDepartmentCode: LEAD, signedOn: SIGNED, stage: 'SIGNED' },
    ]);
    await department.stores.projectEvents.addMissing(
      changes.map((change, at) => ({
        project,
        seq: at + 1,
        at: `${SIGNED}T08:00:00.000Z`,
        by: 'officer-1',
        department: LEAD,
        change,
      })),
    );
    return { project, expectedVersion: changes.length };
  };
  const aLead = async (state: 'OPEN' | 'ADMITTED'): Promise<Record<string, unknown>> => {
    made += 1;
    const id = `lead-${made}`;
    await hub().department.stores.projectLeads.addMissing([
      {
        id,
        version: 1,
        name: '智能装备产业园',
        investor: '外地投资方',
        region: { code: '421202', name: '咸安区' },
        leadDepartmentCode: LEAD,
        investmentFen: 50_000_000_000,
        summary: '建设智能装备生产线',
        registeredOn: SIGNED,
        state,
        meetings: [],
        project: null,
      },
    ]);
    return { lead: id, expectedVersion: 1 };
  };
  const on = (input: Record<string, unknown>, ...changes: ProjectChange[]): Scenario => ({
    prepare: async () => ({ ...(await aProject(...changes)), ...input }),
  });
  const step = 'INITIATION';
  const note = '材料齐全，予以办结';
  return {
    registerProjectLead: {
      prepare: async () =>
        Promise.resolve({
          name: '智能装备产业园',
          investor: '外地投资方',
          region: '421202',
          leadDepartment: LEAD,
          investment: '500000000.00',
          summary: '建设智能装备生产线',
        }),
    },
    holdAdmissionMeeting: {
      prepare: async () => ({
        ...(await aLead('OPEN')),
        heldOn: '2026-11-05',
        chairedBy: '分管副市长',
        opinions: [],
        decision: 'ADJOURNED',
        reason: '材料不全，择期再议',
      }),
    },
    signProject: {
      prepare: async () => ({
        ...(await aLead('ADMITTED')),
        uscc: hub().city.enterprises[0]?.uscc,
        signedOn: '2026-11-10',
        track: 'PLATFORM',
        steward: officialOf(LEAD, 0),
      }),
    },
    planProject: on({ steps: [{ step, plannedOn: '2026-12-01' }] }),
    completeProjectStep: on({ step, completedOn: '2026-11-10', note }),
    openProjectApproval: on({
      step,
      matter: '项目备案',
      owner: LEAD,
      receivedAt: '2026-11-10T02:00:00Z',
      promisedDays: '0.5',
    }),
    decideProjectApproval: on(
      { approval: 1, outcome: 'GRANTED', note },
      {
        type: 'APPROVAL_OPENED',
        approval: 1,
        step,
        matter: '项目备案',
        owner: LEAD,
        receivedAt: '2026-11-03T02:00:00.000Z',
        halfDays: 1,
      },
    ),
    reportProjectBlock: on({
      step,
      fault: 'HIGHER_LEVEL',
      category: 'LAND_AND_CONSTRUCTION',
      title: '用地指标未下达',
      text: '省级用地指标尚未下达，无法供地。',
    }),
    giveProjectTask: {
      prepare: async () => ({
        ...(await aProject()),
        step,
        official: officialOf(LEAD, 0),
        matter: '代办备案',
        dueOn: '2026-12-01',
      }),
    },
    finishProjectTask: {
      prepare: async () => ({
        ...(await aProject({
          type: 'TASK_GIVEN',
          task: 1,
          step,
          official: officialOf(LEAD, 0),
          matter: '代办备案',
          dueOn: '2026-12-01',
        })),
        task: 1,
        note,
      }),
    },
    recordProjectInspection: on({ inspectedOn: '2026-11-12', office: 'YSB', finding: '现场进度正常' }),
  };
}
