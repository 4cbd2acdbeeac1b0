import { RolledBack, runOnce } from '@zhitong/kit/mongo';
import type { Outbox } from '@zhitong/kit/outbox';
import type { ClientSession, Connection } from 'mongoose';
import { applyFacts, priorYearFacts } from '../domain/fact-sheet.js';
import type { FactValue } from '../domain/fact-vocabulary.js';
import type { Stores } from '../stores.js';

/** Why a command changed nothing; `code` is a RefusalCode of the schema. */
export interface CommandRefusal {
  readonly code: 'INVALID' | 'STALE_VERSION' | 'DUPLICATE';
  readonly message: string;
  readonly path: readonly string[];
  readonly details: unknown;
}

/** A command's outcome: the enterprise that it concerns, or why it changed nothing. */
export type CommandOutcome = { readonly uscc: string; readonly refusal: null } | { readonly uscc: null; readonly refusal: CommandRefusal };

interface Command {
  readonly idempotencyKey: string;
  readonly sub: string;
  readonly now: Date;
}

export type EnterpriseCommands = ReturnType<typeof enterpriseCommands>;

/** The department's writes: each is one transaction with its event, and acts once per idempotency key. */
export function enterpriseCommands({ db, stores, outbox }: { db: Connection; stores: Stores; outbox: Outbox }) {
  const refuse = (code: CommandRefusal['code'], message: string, path: readonly string[], details: unknown = null): never => {
    throw new RolledBack<CommandOutcome>({ uscc: null, refusal: { code, message, path, details } });
  };

  const once = async (name: string, { idempotencyKey, sub }: Command, request: unknown, work: (session: ClientSession) => Promise<CommandOutcome>): Promise<CommandOutcome> => {
    const outcome = await runOnce({ connection: db, scope: `${sub}:${name}`, key: idempotencyKey, request, work });
    if (outcome.kind === 'done') return outcome.outcome;
    return { uscc: null, refusal: { code: 'DUPLICATE', message: `idempotencyKey ${idempotencyKey} was used for another request; take a new key for a new request.`, path: ['idempotencyKey'], details: null } };
  };

  return {
    /** Records facts of one year as a new revision; those of the newest year become the enterprise's current figures. */
    recordFacts: async (command: Command & { uscc: string; year: number; facts: Readonly<Record<string, FactValue | null>>; department: string }): Promise<CommandOutcome> => {
      const { uscc, year, facts, department, now } = command;
      return once('recordEnterpriseFacts', command, { uscc, year, facts }, async (session) => {
        const enterprise = await stores.enterprises.current(uscc, ['latestFacts'], session);
        if (enterprise === null) return refuse('INVALID', `No enterprise is registered under ${uscc}.`, ['uscc']);
        const previous = await stores.factYears.newest(uscc, year, session);
        const values = applyFacts(previous?.values ?? {}, facts);
        const asOf = `${year}-12-31`;
        await stores.factYears.append({ uscc, year, revision: (previous?.revision ?? 0) + 1, asOf, values, recordedAt: now, recordedBy: department }, session);
        const latest = enterprise.latestFacts ?? null;
        if (year >= (latest?.year ?? 0)) {
          const before = await stores.factYears.newest(uscc, year - 1, session);
          await stores.enterprises.setLatestFacts(uscc, { year, asOf, values, prior: priorYearFacts(before?.values ?? {}) }, session);
        } else if (latest !== null && year === latest.year - 1) {
          await stores.enterprises.setLatestFacts(uscc, { ...latest, prior: priorYearFacts(values) }, session);
        }
        await outbox.append([{ type: 'cn.zhitong.enterprise.facts-recorded', subject: uscc, data: { uscc, year, facts: Object.keys(facts) } }], { session });
        return { uscc, refusal: null };
      });
    },

    /** Gives an enterprise another steward, unless somebody changed the record in between. */
    assignSteward: async (command: Command & { uscc: string; official: string; expectedVersion: number }): Promise<CommandOutcome> => {
      const { uscc, official, expectedVersion } = command;
      return once('assignSteward', command, { uscc, official, expectedVersion }, async (session) => {
        const [enterprise] = await stores.enterprises.byUscc([uscc], ['version']);
        if (enterprise === undefined) return refuse('INVALID', `No enterprise is registered under ${uscc}.`, ['uscc']);
        if ((await stores.officials.byId([official])).length === 0) return refuse('INVALID', `There is no official with the staff number ${official}.`, ['official']);
        if (!(await stores.enterprises.setSteward(uscc, { stewardId: official, expectedVersion }, session))) {
          return refuse('STALE_VERSION', `The record is at version ${enterprise.version ?? 0}, not ${expectedVersion}; read it again and decide afresh.`, ['expectedVersion'], { currentVersion: enterprise.version });
        }
        await outbox.append([{ type: 'cn.zhitong.enterprise.steward-assigned', subject: uscc, data: { uscc, official } }], { session });
        return { uscc, refusal: null };
      });
    },

  };
}
