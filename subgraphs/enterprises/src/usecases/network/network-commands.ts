import { forbid, type CommandBase, type CommandOutcome } from '@zhitong/kit/commands';
import { dayInShanghai, type LegalDay } from '@zhitong/values';
import type { ClientSession } from 'mongoose';
import { assignmentReason } from '../../domain/service-network/assignment.js';
import { departmentOfHolder } from '../../domain/service-network/holder.js';
import {
  isLinkOf,
  isLookedAfter,
  linkMoves,
  placeOf,
  rolesFilledBy,
  type ServiceRole,
} from '../../domain/service-network/roles.js';
import type { DirectLineRecord } from '../../models/network/direct-line.js';
import type { ServiceOfficerRecord } from '../../models/network/service-officer.js';
import { makePlan, MOST_IN_PLAN, type AssignmentRule } from './assignment-plans.js';
import { handOver, type HandedOver } from './hand-over.js';
import { newLink } from './new-link.js';
import { heldOfficials } from '../held-officials.js';
import type { CommandTools } from '../command-tools.js';
import { said, saidNotRegistered } from '../../domain/refusal-words.js';
import { refuseSaid } from '../refusals.js';

/** What came of a plan that was applied. */
export interface AppliedPlan {
  readonly digest: string;
  readonly assigned: number;
  readonly unplaced: number;
  readonly replaced: number;
}

/** A person in the service network, as the input names it. */
export interface NamedHolder {
  readonly uscc: string;
  readonly role: ServiceRole;
  /** Staff number; null of a supporting unit. */
  readonly official: string | null;
  /** Code of the unit; null where the official's own counts. */
  readonly department: string | null;
  readonly reason: string | null;
}

interface Acting {
  /** Department whose officials alone may be named; null for the coordinator. */
  readonly within: string | null;
}

export type NetworkCommands = ReturnType<typeof networkCommands>;

/** The writes of the service network: who looks after whom. Each is one transaction with its event. */
export function networkCommands({ runner, stores, outbox, clock }: CommandTools) {
  const { links, officers, served, enterprises, directLines } = stores;
  const today = (): LegalDay => dayInShanghai(clock.now());

  /** The department that a holder speaks for; ends the command for whoever cannot hold the role. */
  const departmentOf = async (
    { role, official, department }: NamedHolder,
    { within }: Acting,
    session: ClientSession,
  ): Promise<string> => {
    if (!rolesFilledBy(within).includes(role)) return forbid(said('ROLE_FILLED_BY', { role }));
    const found = official === null ? undefined : (await heldOfficials([official], stores, session)).get(official);
    if (within !== null && found !== undefined && found.departmentCode !== within)
      return forbid(said('OFFICIAL_OF_ANOTHER', { official: found.id, department: found.departmentCode, own: within }));
    const departmentCode = departmentOfHolder({ role, official, department }, found);
    if (typeof departmentCode === 'string') return departmentCode;
    const { words, field } = departmentCode;
    return refuseSaid('INVALID', words, [field]);
  };

  const tell = async (
    type: string,
    data: { readonly uscc: string; readonly role: ServiceRole; readonly [more: string]: unknown },
    session: ClientSession,
  ): Promise<unknown> => outbox.append([{ type, subject: data.uscc, data }], { session });

  /** Gives a place to somebody: whoever has it ends today. Whoever holds it already keeps it. */
  const give = async (
    named: NamedHolder,
    { acting, by, expectedVersion }: { acting: Acting; by: string; expectedVersion: number | null },
    session: ClientSession,
  ): Promise<string> => {
    const { uscc, role, official, reason } = named;
    const enterprise = await enterprises.current(uscc, ['version', 'status'], session);
    if (enterprise === null) return refuseSaid('INVALID', saidNotRegistered(uscc), ['uscc']);
    const departmentCode = await departmentOf(named, acting, session);
    const version = enterprise.version ?? 0;
    if (expectedVersion !== null && version !== expectedVersion)
      return refuseSaid('STALE_VERSION', said('RECORD_CHANGED', { version, expectedVersion }), ['expectedVersion'], {
        currentVersion: version,
      });
    const status = enterprise.status ?? null;
    if (!isLookedAfter(status)) return refuseSaid('CONFLICT', said('NOT_LOOKED_AFTER', { uscc }), ['uscc'], { status });
    const holder = { uscc, role, officialId: official, departmentCode };
    const before = await links.inPlaces([placeOf(holder)], session);
    const from = today();
    const isThere = before.some(
      (link) => link.officialId === holder.officialId && link.departmentCode === departmentCode,
    );
    if (!isThere) {
      await links.end(
        before.map(({ id }) => id),
        { until: from, endReason: reason ?? '由他人接替' },
        session,
      );
      await links.insert([newLink(holder, { from, basis: 'NAMED', reason, by })], session);
    }
    await served.setHolders(role, [{ uscc, officialId: official ?? departmentCode }], session);
    if (role === 'STEWARD' && official !== null)
      await outbox.append(
        [{ type: 'cn.zhitong.enterprise.steward-assigned', subject: uscc, data: { uscc, official } }],
        { session },
      );
    else await tell('cn.zhitong.service-network.role-filled', { uscc, role, official, departmentCode }, session);
    return uscc;
  };

  return {
    /**
     * Gives an enterprise another steward, unless somebody changed the record in between. Returns the enterprise's
     * code.
     */
    assignSteward: async (
      command: CommandBase & { uscc: string; official: string; expectedVersion: number },
    ): Promise<CommandOutcome<string>> => {
      const { uscc, official, expectedVersion, actor } = command;
      return runner.run(
        { ...command, name: 'assignSteward', request: { uscc, official, expectedVersion } },
        async (session) =>
          give(
            { uscc, role: 'STEWARD', official, department: null, reason: null },
            { acting: { within: null }, by: actor.sub, expectedVersion },
            session,
          ),
      );
    },

    /** Fills any role at an enterprise. Returns the enterprise's code. */
    fillRole: async (
      command: CommandBase & { holder: NamedHolder; acting: Acting; expectedVersion: number },
    ): Promise<CommandOutcome<string>> => {
      const { holder, acting, expectedVersion, actor } = command;
      return runner.run(
        { ...command, name: 'assignServiceRole', request: { holder, expectedVersion } },
        async (session) => give(holder, { acting, by: actor.sub, expectedVersion }, session),
      );
    },

    /** Ends a link today. Returns the enterprise's code. */
    endRole: async (
      command: CommandBase & { link: string; reason: string; acting: Acting },
    ): Promise<CommandOutcome<string>> => {
      const { link: id, reason, acting } = command;
      return runner.run({ ...command, name: 'endServiceRole', request: { id, reason } }, async (session) => {
        const link = await links.byId(id, session);
        if (link === null ? acting.within !== null : !isLinkOf(link, acting.within))
          return forbid(said('LINK_OF_ANOTHER', { link: id.slice(0, 40) }));
        if (link === null) return refuseSaid('INVALID', said('NO_LINK', { id: id.slice(0, 40) }), ['link']);
        const { until } = link;
        if (!linkMoves(link, acting.within).includes('END'))
          return refuseSaid('CONFLICT', said('LINK_ENDED', { until: until ?? '' }), ['link'], { until });
        await links.end([id], { until: today(), endReason: reason }, session);
        const { uscc, role } = link;
        if (!(await links.filled(role, [uscc], session)).has(uscc))
          await served.setHolders(role, [{ uscc, officialId: null }], session);
        await tell('cn.zhitong.service-network.role-ended', { uscc, role }, session);
        return uscc;
      });
    },

    /** Enters officials on the roster, or changes their entries; who had left serves again. Returns how many. */
    enterOfficers: async (
      command: CommandBase & { entries: readonly Omit<ServiceOfficerRecord, 'departmentCode' | 'leftOn'>[] },
    ): Promise<CommandOutcome<string[]>> => {
      const { entries } = command;
      return runner.run({ ...command, name: 'enterServiceOfficers', request: { entries } }, async (session) => {
        const ids = entries.map(({ officialId }) => officialId);
        const known = await heldOfficials(ids, stores, session);
        const records = entries.map((entry, at): ServiceOfficerRecord => {
          const official = known.get(entry.officialId);
          return official === undefined
            ? refuseSaid('INVALID', said('NO_ROSTER_OFFICIAL', { officialId: entry.officialId.slice(0, 40) }), [
                'officers',
                String(at),
                'official',
              ])
            : { ...entry, departmentCode: official.departmentCode, leftOn: null };
        });
        await officers.put(records, session);
        return ids;
      });
    },

    /** Carries out a plan as it was previewed; refused when what it was made of has changed since. */
    applyPlan: async (
      command: CommandBase & { rule: AssignmentRule; digest: string },
    ): Promise<CommandOutcome<AppliedPlan>> => {
      const { rule, digest, actor } = command;
      return runner.run({ ...command, name: 'applyAssignment', request: { rule, digest } }, async (session) => {
        const plan = await makePlan(rule, stores, session);
        if (plan === null)
          return refuseSaid('INVALID', said('TOO_MANY_MEANT', { most: MOST_IN_PLAN }), ['rule', 'regions']);
        if (plan.digest !== digest)
          return refuseSaid('STALE_VERSION', said('PLAN_OUTDATED'), ['digest'], { digest: plan.digest });
        if (plan.assigned.length === 0)
          return refuseSaid('CONFLICT', said('PLAN_GIVES_NOTHING'), ['rule'], { unplaced: plan.unplaced.length });
        const from = today();
        const given = plan.assigned.map(({ officialId }) => officialId);
        const holders = await heldOfficials(given, stores, session);
        await links.end(
          plan.ended.map(({ id }) => id),
          { until: from, endReason: `由分配方案 ${digest} 接替` },
          session,
        );
        await links.insert(
          plan.assigned.map(({ key, officialId, ...why }) =>
            newLink(
              { uscc: key, role: rule.role, officialId, departmentCode: holders.get(officialId)?.departmentCode ?? '' },
              { from, basis: 'PLANNED', reason: assignmentReason(why), by: actor.sub },
            ),
          ),
          session,
        );
        await served.setHolders(
          rule.role,
          plan.assigned.map(({ key, officialId }) => ({ uscc: key, officialId })),
          session,
        );
        const applied = {
          digest,
          assigned: plan.assigned.length,
          unplaced: plan.unplaced.length,
          replaced: plan.ended.length,
        };
        await outbox.append(
          [
            {
              type: 'cn.zhitong.service-network.plan-applied',
              subject: rule.role,
              data: { role: rule.role, ...applied },
            },
          ],
          { session },
        );
        return applied;
      });
    },

    /** Takes an official off the roster and gives what he or she held to others. */
    handOver: async (
      command: CommandBase & { official: string; successor: string | null; reason: string },
    ): Promise<CommandOutcome<HandedOver>> => {
      const { official, successor, reason, actor } = command;
      return runner.run(
        { ...command, name: 'handOverOfficial', request: { official, successor, reason } },
        async (session) => {
          const handed = await handOver(
            { official, successor, reason, by: actor.sub, now: clock.now() },
            { stores, outbox },
            session,
          );
          await outbox.append([{ type: 'cn.zhitong.service-network.handed-over', subject: official, data: handed }], {
            session,
          });
          return handed;
        },
      );
    },

    /** Enters a line of the directory, or changes it. Returns its id. */
    setLine: async (
      command: CommandBase & { line: Omit<DirectLineRecord, 'version'> },
    ): Promise<CommandOutcome<string>> => {
      const { line } = command;
      return runner.run({ ...command, name: 'setDirectLine', request: { line } }, async (session) => {
        const before = await directLines.byId(line.id, session);
        await directLines.put({ ...line, version: (before?.version ?? 0) + 1 }, session);
        return line.id;
      });
    },
  };
}
