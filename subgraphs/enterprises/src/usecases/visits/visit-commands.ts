import { randomUUID } from 'node:crypto';
import { forbid, notThere, Raced, refuseFaults, type CommandBase, type CommandOutcome } from '@zhitong/kit/commands';
import { dayInShanghai, type LegalDay } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import { FIRST_STATE } from '../../domain/visits/finding.js';
import { findingMoves, visitMoves, type FindingMove, type VisitParty } from '../../domain/visits/visit-moves.js';
import { dayFaults, type StatedFinding, type VisitKind } from '../../domain/visits/visit.js';
import type { FindingRecord } from '../../models/visits/finding.js';
import type { VisitRecord } from '../../models/visits/visit.js';
import { raisedEvent } from './raised-finding.js';
import { heldOfficials } from '../held-officials.js';
import type { CommandTools } from '../command-tools.js';
import { said, saidNotRegistered } from '../../domain/refusal-words.js';
import { refuseSaid } from '../refusals.js';

/** A finding as it is written down. */
export interface NewFinding extends StatedFinding, Pick<FindingRecord, 'kind' | 'category'> {}

/** Who visits whom. */
export interface VisitPlan {
  readonly uscc: string;
  readonly campaign: string | null;
  readonly kind: VisitKind;
  /** Code of the department that visits. */
  readonly department: string;
  readonly officials: readonly string[];
}

/** What is known once it took place. */
export interface VisitReport {
  readonly visitedOn: LegalDay;
  readonly met: string;
  readonly summary: string;
  readonly findings: readonly NewFinding[];
}

/** For whom somebody acts who may change visits of one department alone, or of any. */
const partyWithin = (department: string | null): VisitParty =>
  department === null ? { kind: 'COORDINATOR' } : { kind: 'DEPARTMENT', department };

const FINDING_MOVE = { settleFinding: 'SETTLE', raiseFinding: 'RAISE' } as const satisfies Record<string, FindingMove>;

export type VisitCommands = ReturnType<typeof visitCommands>;

/** The writes of visits. Each is one transaction with its event. */
export function visitCommands({ runner, stores, outbox, clock }: CommandTools) {
  const { visits, findings, campaigns, enterprises, served } = stores;
  const today = (): LegalDay => dayInShanghai(clock.now());

  /** Ends the command for a visit that cannot be: of an unknown enterprise, by people who are not there. */
  const checkPlan = async (
    { uscc, campaign, kind, department, officials: staff }: VisitPlan,
    session: ClientSession,
  ) => {
    if ((await enterprises.current(uscc, [], session)) === null)
      return refuseSaid('INVALID', saidNotRegistered(uscc), ['uscc']);
    const known = await heldOfficials(staff, stores, session);
    for (const [at, id] of staff.entries()) {
      const path = ['officials', String(at)];
      const official = known.get(id);
      if (official === undefined) return refuseSaid('INVALID', said('NO_SUCH_OFFICIAL', { id: id.slice(0, 40) }), path);
      const { leftOn } = official;
      if (leftOn !== null) return refuseSaid('INVALID', said('LEFT_AND_VISITS_NOBODY', { id, leftOn }), path);
    }
    if (kind !== 'LEADER_VISIT' && !staff.some((id) => known.get(id)?.departmentCode === department))
      return refuseSaid('INVALID', said('NOBODY_OF_DEPARTMENT', { department }), ['officials']);
    if (campaign === null) return null;
    const [found] = await campaigns.byId([campaign], session);
    if (found === undefined)
      return refuseSaid('INVALID', said('NO_CAMPAIGN', { campaign: campaign.slice(0, 40) }), ['campaign']);
    if ((await campaigns.target(campaign, uscc, session)) === null)
      return refuseSaid('INVALID', said('NOT_ON_LIST', { uscc, name: found.name }), ['campaign']);
    return found;
  };

  /** A visit that a department may change; ends the command otherwise. */
  const ownVisit = async (
    id: string,
    { within, expectedVersion }: { within: string | null; expectedVersion?: number },
    session: ClientSession,
  ): Promise<VisitRecord> => {
    const [visit] = await visits.byId([id], session);
    if (within !== null && visit?.departmentCode !== within)
      return forbid(said('VISIT_OF_ANOTHER', { visit: id.slice(0, 40) }));
    if (visit === undefined) return notThere(said('NO_VISIT_HERE', { visit: id.slice(0, 40) }));
    if (expectedVersion !== undefined && visit.version !== expectedVersion)
      return refuseSaid(
        'STALE_VERSION',
        said('VISIT_CHANGED', { version: visit.version, expectedVersion }),
        ['expectedVersion'],
        { currentVersion: visit.version },
      );
    return visit;
  };

  const save = async (visit: VisitRecord, session: ClientSession): Promise<void> => {
    if (!(await visits.replace({ ...visit, version: visit.version + 1 }, session))) throw new Raced();
  };

  /** Writes the latest day of a visit at the enterprise and at its campaign's list. */
  const noteDays = async ({ uscc, campaignId }: VisitRecord, session: ClientSession): Promise<void> => {
    await served.setLastVisited(uscc, await visits.latestDay(uscc, session), session);
    if (campaignId !== null)
      await campaigns.setVisited({ campaignId, uscc }, await visits.firstDay(uscc, campaignId, session), session);
  };

  const newVisit = (plan: VisitPlan, by: string, plannedOn: LegalDay | null, day: LegalDay): VisitRecord => ({
    id: randomUUID(),
    uscc: plan.uscc,
    campaignId: plan.campaign,
    kind: plan.kind,
    state: 'PLANNED',
    departmentCode: plan.department,
    officialIds: [...plan.officials],
    plannedOn,
    visitedOn: null,
    day,
    met: null,
    summary: null,
    recordedOn: null,
    endedOn: null,
    endReason: null,
    confirmation: null,
    by,
    version: 1,
  });

  return {
    /** Plans a visit on a day to come. Returns its id. */
    plan: async (command: CommandBase & { plan: VisitPlan; plannedOn: LegalDay }): Promise<CommandOutcome<string>> => {
      const { plan, plannedOn, actor } = command;
      return runner.run({ ...command, name: 'planVisit', request: { plan, plannedOn } }, async (session) => {
        if (plannedOn < today()) return refuseSaid('INVALID', said('VISIT_DAY_PASSED', { plannedOn }), ['plannedOn']);
        const campaign = await checkPlan(plan, session);
        if (campaign !== null && (plannedOn < campaign.from || plannedOn > campaign.until))
          return refuseSaid(
            'INVALID',
            said('PLANNED_OUTSIDE_CAMPAIGN', { plannedOn, from: campaign.from, until: campaign.until }),
            ['plannedOn'],
          );
        const visit = newVisit(plan, actor.sub, plannedOn, plannedOn);
        await visits.insert(visit, session);
        return visit.id;
      });
    },

    /** Records a visit that took place, with what was found; each finding goes its way. Returns its id. */
    record: async (
      command: CommandBase & { of: VisitPlan | { readonly visit: string }; report: VisitReport; within: string | null },
    ): Promise<CommandOutcome<string>> => {
      const { of, report, within, actor } = command;
      return runner.run({ ...command, name: 'recordVisit', request: { of, report } }, async (session) => {
        const now = today();
        const planned = 'visit' in of ? await ownVisit(of.visit, { within }, session) : null;
        if (planned !== null && !visitMoves(planned, partyWithin(within)).includes('RECORD'))
          return refuseSaid('CONFLICT', said('VISIT_STATE', { state: planned.state }), ['visit'], {
            state: planned.state,
          });
        const visit = planned ?? newVisit(of as VisitPlan, actor.sub, null, report.visitedOn);
        const { uscc, departmentCode, campaignId, kind, officialIds } = visit;
        const campaign = await checkPlan(
          { uscc, campaign: campaignId, kind, department: departmentCode, officials: officialIds },
          session,
        );
        const faults = dayFaults(report, { today: now, campaign });
        if (faults.length > 0) return refuseFaults(faults);
        if (await visits.isRecorded({ uscc, departmentCode, visitedOn: report.visitedOn }, session))
          return refuseSaid('DUPLICATE', said('VISIT_RECORDED', { departmentCode, visitedOn: report.visitedOn }), [
            'visitedOn',
          ]);
        const held: VisitRecord = {
          ...visit,
          state: 'HELD',
          visitedOn: report.visitedOn,
          day: report.visitedOn,
          met: report.met,
          summary: report.summary,
          recordedOn: now,
        };
        if (planned === null) await visits.insert(held, session);
        else await save(held, session);
        const found = report.findings.map((finding, at): FindingRecord => {
          const state = FIRST_STATE[finding.handling];
          return {
            ...finding,
            id: `${visit.id}-${String(at + 1).padStart(2, '0')}`,
            visitId: visit.id,
            uscc,
            campaignId,
            departmentCode,
            state,
            caseNumber: null,
            recordedOn: now,
            changes: [{ state, on: now, note: null }],
            version: 1,
          };
        });
        await findings.insert(found, session);
        await noteDays(held, session);
        const raised = await Promise.all(
          found
            .filter(({ state }) => state === 'SENT')
            .map(async (finding) => raisedEvent(finding, held, stores, session)),
        );
        await outbox.append(
          [
            {
              type: 'cn.zhitong.visit.recorded',
              subject: visit.id,
              data: { visit: visit.id, uscc, department: departmentCode, findings: found.length },
            },
            ...raised,
          ],
          { session },
        );
        return visit.id;
      });
    },

    /** Calls a planned visit off, or takes one out of the figures that did not take place. Returns its id. */
    withdraw: async (
      command: CommandBase & { visit: string; reason: string; within: string | null; expectedVersion: number },
    ): Promise<CommandOutcome<string>> => {
      const { visit: id, reason, within, expectedVersion } = command;
      return runner.run(
        { ...command, name: 'withdrawVisit', request: { id, reason, expectedVersion } },
        async (session) => {
          const visit = await ownVisit(id, { within, expectedVersion }, session);
          if (!visitMoves(visit, partyWithin(within)).includes('WITHDRAW'))
            return visit.state === 'HELD'
              ? forbid(said('VISIT_WITHDRAWN_BY'))
              : refuseSaid('CONFLICT', said('VISIT_STATE', { state: visit.state }), ['visit'], { state: visit.state });
          const state = visit.state === 'PLANNED' ? 'CANCELLED' : 'WITHDRAWN';
          await save({ ...visit, state, endedOn: today(), endReason: reason }, session);
          if (state === 'WITHDRAWN') {
            await noteDays(visit, session);
            for (const finding of await findings.ofVisit(id, session)) {
              // What became a case goes on there.
              if (finding.state === 'SENT' || finding.state === 'IN_CASE') continue;
              const change = { state: 'VOID', on: today(), note: reason } as const;
              const voided = { ...finding, state: change.state, changes: [...finding.changes, change] };
              if (!(await findings.replace({ ...voided, version: finding.version + 1 }, session))) throw new Raced();
            }
          }
          return id;
        },
      );
    },

    /** Writes what the enterprise says of a visit to it. Returns its id. */
    confirm: async (
      command: CommandBase & { visit: string; uscc: string; tookPlace: boolean; remark: string | null },
    ): Promise<CommandOutcome<string>> => {
      const { visit: id, uscc, tookPlace, remark } = command;
      return runner.run({ ...command, name: 'confirmVisit', request: { id, tookPlace, remark } }, async (session) => {
        const [visit] = await visits.byId([id], session);
        if (visit?.uscc !== uscc) return forbid(said('VISIT_NOT_TO_YOU', { visit: id.slice(0, 40) }));
        if (!visitMoves(visit, { kind: 'ENTERPRISE', uscc }).includes('CONFIRM')) {
          const { state, confirmation } = visit;
          return state === 'HELD' && confirmation !== null
            ? refuseSaid('CONFLICT', said('CONFIRMED_BEFORE', { on: confirmation.on }), ['visit'], {
                on: confirmation.on,
              })
            : refuseSaid('CONFLICT', said('NOTHING_TO_CONFIRM', { state }), ['visit'], { state });
        }
        await save({ ...visit, confirmation: { tookPlace, remark, on: today() } }, session);
        await outbox.append(
          [{ type: 'cn.zhitong.visit.confirmed', subject: id, data: { visit: id, uscc, tookPlace } }],
          { session },
        );
        return id;
      });
    },

    /** Moves a finding that is on the service list: it is settled, or becomes a case. Returns its id. */
    moveFinding: async (
      command: CommandBase & {
        name: keyof typeof FINDING_MOVE;
        finding: string;
        note: string | null;
        within: string | null;
      },
    ): Promise<CommandOutcome<string>> => {
      const { finding: id, name, note, within } = command;
      return runner.run({ ...command, request: { id, note } }, async (session) => {
        const finding = await findings.byId(id, session);
        if (within !== null && finding?.departmentCode !== within)
          return forbid(said('FINDING_OF_ANOTHER', { finding: id.slice(0, 40) }));
        if (finding === null) return notThere(said('NO_FINDING', { finding: id.slice(0, 40) }));
        if (!findingMoves(finding, partyWithin(within)).includes(FINDING_MOVE[name]))
          return refuseSaid('CONFLICT', said('FINDING_STATE', { state: finding.state }), ['finding'], {
            state: finding.state,
          });
        const state = name === 'settleFinding' ? 'SETTLED' : 'SENT';
        const moved: FindingRecord = {
          ...finding,
          state,
          changes: [...finding.changes, { state, on: today(), note }],
          version: finding.version + 1,
        };
        if (!(await findings.replace(moved, session))) throw new Raced();
        const [visit] = await visits.byId([finding.visitId], session);
        if (state === 'SENT' && visit !== undefined)
          await outbox.append([await raisedEvent(moved, visit, stores, session)], { session });
        return id;
      });
    },
  };
}
