import { randomUUID } from 'node:crypto';
import { forbid, notThere, refuseFaults, type CommandBase, type CommandOutcome } from '@zhitong/kit/commands';
import { dayInShanghai, yearOf, type LegalDay } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import type { Caller } from '../../domain/access.js';
import { admissionFaults } from '../../domain/projects/admission.js';
import { awaitsMeeting, leadMoves, MOST_MEETINGS } from '../../domain/projects/project-moves.js';
import { mayLead } from '../../domain/projects/project-rights.js';
import { regionsOf } from '../../domain/regions.js';
import type { ProjectRecord } from '../../models/project.js';
import type { AdmissionMeetingRecord, ProjectLeadRecord } from '../../models/projects/project-lead.js';
import { requireServing } from '../held-officials.js';
import type { CommandTools } from '../command-tools.js';
import { said } from '../../domain/refusal-words.js';
import { refuseSaid } from '../refusals.js';

interface Acting extends CommandBase {
  readonly actor: CommandBase['actor'] & Caller;
}

export type NewLead = Pick<ProjectLeadRecord, 'name' | 'investor' | 'investmentFen' | 'summary'> & {
  readonly regionCode: string;
  readonly leadDepartmentCode: string;
};

export type Signing = Pick<ProjectRecord, 'uscc' | 'signedOn' | 'track' | 'stewardId'>;

export type LeadCommands = ReturnType<typeof leadCommands>;

/** What happens to a project before it is signed: each command is one transaction with its event. */
export function leadCommands({ runner, stores, outbox, clock }: CommandTools) {
  const today = (): LegalDay => dayInShanghai(clock.now());
  const tell = async (lead: ProjectLeadRecord, session: ClientSession): Promise<unknown> =>
    outbox.append(
      [
        {
          type: `cn.zhitong.project-lead.${lead.state.toLowerCase()}`,
          subject: lead.id,
          data: { lead: lead.id, version: lead.version, state: lead.state, project: lead.project },
        },
      ],
      { session },
    );

  /** Changes a lead in the version that the person saw. */
  const change = async (
    name: string,
    {
      lead: id,
      expectedVersion,
      request,
      ...command
    }: Acting & { lead: string; expectedVersion: number; request: object },
    make: (lead: ProjectLeadRecord, session: ClientSession) => Promise<ProjectLeadRecord>,
  ): Promise<CommandOutcome<string>> =>
    runner.run({ ...command, name, request: { id, expectedVersion, ...request } }, async (session, requireNames) => {
      const lead = await stores.projectLeads.byId(id, session);
      if (lead === null) return notThere(said('NO_PROJECT_LEAD', { lead: id.slice(0, 40) }));
      const changed = await make(lead, session);
      requireNames();
      const next = { ...changed, version: lead.version + 1 };
      if (lead.version !== expectedVersion || !(await stores.projectLeads.replace(next, session)))
        return refuseSaid(
          'STALE_VERSION',
          said('LEAD_CHANGED', { version: lead.version, expectedVersion }),
          ['expectedVersion'],
          { currentVersion: lead.version },
        );
      await tell(next, session);
      return id;
    });

  return {
    /** Registers a project that is talked about. Returns its id. */
    register: async ({ lead, ...command }: Acting & { lead: NewLead }): Promise<CommandOutcome<string>> =>
      runner.run({ ...command, name: 'registerProjectLead', request: lead }, async (session, requireNames) => {
        const { regionCode, ...rest } = lead;
        if (!mayLead(command.actor, lead.leadDepartmentCode)) return forbid(said('PROJECT_REGISTERED_BY'));
        requireNames();
        const region = regionsOf(await stores.departments.all(undefined)).find(({ code }) => code === regionCode);
        const record: ProjectLeadRecord = {
          ...rest,
          id: randomUUID(),
          version: 1,
          region: region ?? { code: regionCode, name: regionCode },
          registeredOn: today(),
          state: 'OPEN',
          meetings: [],
          project: null,
        };
        await stores.projectLeads.insert(record, session);
        await tell(record, session);
        return record.id;
      }),

    /** Records an admission meeting that was held, and what it decided. */
    holdMeeting: async ({
      meeting,
      ...command
    }: Acting & { lead: string; expectedVersion: number; meeting: AdmissionMeetingRecord }): Promise<
      CommandOutcome<string>
    > =>
      change('holdAdmissionMeeting', { ...command, request: meeting }, async (lead) => {
        if (!awaitsMeeting(lead))
          return refuseSaid('ILLEGAL_STATE', said('NO_MEETING_ON_STATE', { state: lead.state }), ['lead'], {
            state: lead.state,
          });
        if (!leadMoves(lead, command.actor).includes('HOLD_MEETING'))
          return refuseSaid('ILLEGAL_STATE', said('TOO_MANY_MEETINGS', { most: MOST_MEETINGS }), ['lead']);
        if (meeting.heldOn > today() || meeting.heldOn < lead.registeredOn)
          return refuseFaults([
            {
              path: ['heldOn'],
              ...said('MEETING_DAY_OUTSIDE', { heldOn: meeting.heldOn, registeredOn: lead.registeredOn }),
            },
          ]);
        const faults = admissionFaults(meeting.opinions, meeting.decision);
        if (faults.length > 0) return refuseFaults(faults);
        const state = meeting.decision === 'ADJOURNED' ? 'OPEN' : meeting.decision;
        return { ...lead, state, meetings: [...lead.meetings, meeting] };
      }),

    /** Signs an admitted project with a registered enterprise: it becomes a project with a number. */
    sign: async ({
      signing,
      ...command
    }: Acting & { lead: string; expectedVersion: number; signing: Signing }): Promise<CommandOutcome<string>> =>
      change('signProject', { ...command, request: signing }, async (lead, session) => {
        const { leadDepartmentCode, name, region, investmentFen } = lead;
        if (!mayLead(command.actor, leadDepartmentCode)) return forbid(said('PROJECT_SIGNED_BY'));
        if (!leadMoves(lead, command.actor).includes('SIGN'))
          return refuseSaid('ILLEGAL_STATE', said('NOT_ADMITTED', { state: lead.state }), ['lead'], {
            state: lead.state,
          });
        const admittedOn = lead.meetings.at(-1)?.heldOn ?? lead.registeredOn;
        const { signedOn, stewardId } = signing;
        if (signedOn > today() || signedOn < admittedOn)
          return refuseFaults([
            {
              path: ['signedOn'],
              ...said('SIGNING_DAY_OUTSIDE', { signedOn, admittedOn }),
            },
          ]);
        const unknown = said('NO_STEWARD', { stewardId: stewardId.slice(0, 40) });
        await requireServing([{ id: stewardId, path: ['steward'], unknown }], stores, session);
        const id = await stores.projects.nextNumber(yearOf(signedOn), session);
        await stores.projects.insert(
          { ...signing, id, name, region, leadDepartmentCode, investmentFen, stage: 'SIGNED' },
          session,
        );
        return { ...lead, state: 'SIGNED', project: id };
      }),
  };
}
