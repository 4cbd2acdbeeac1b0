import { RolledBack, runOnce } from '@zhitong/kit/mongo';
import type { ClientSession, Connection } from 'mongoose';

/** Why a command changed nothing. `code` is a RefusalCode of the schema; FORBIDDEN is for the resolver to turn into an error. */
export interface CommandRefusal {
  readonly code: 'INVALID' | 'STALE_VERSION' | 'DUPLICATE' | 'CONFLICT' | 'ILLEGAL_STATE' | 'NOT_ELIGIBLE' | 'FORBIDDEN';
  readonly message: string;
  readonly path: readonly string[];
  readonly details: unknown;
}

/** A command's outcome: the id of what it concerns, or why it changed nothing. */
export type CommandOutcome = { readonly id: string; readonly refusal: null } | { readonly id: null; readonly refusal: CommandRefusal };

/** What every command carries. */
export interface CommandBase {
  readonly idempotencyKey: string;
  /** `sub` of who commands. */
  readonly sub: string;
}

/** Ends a command without writing anything. */
export function refuse(code: CommandRefusal['code'], message: string, path: readonly string[], details: unknown = null): never {
  throw new RolledBack<CommandOutcome>({ id: null, refusal: { code, message, path, details } });
}

export type RunCommand = (name: string, base: CommandBase, request: unknown, work: (session: ClientSession) => Promise<string>) => Promise<CommandOutcome>;

/** Runs a command's work in one transaction with its idempotency key; `work` answers the id of what it concerns. */
export function commandRunner({ db }: { db: Connection }): RunCommand {
  return async (name, { idempotencyKey, sub }, request, work) => {
    const outcome = await runOnce<CommandOutcome>({ connection: db, scope: `${sub}:${name}`, key: idempotencyKey, request, work: async (session) => ({ id: await work(session), refusal: null }) });
    if (outcome.kind === 'done') return outcome.outcome;
    return {
      id: null,
      refusal: { code: 'DUPLICATE', message: `idempotencyKey ${idempotencyKey} was used for another request; take a new key for a new request.`, path: ['idempotencyKey'], details: null },
    };
  };
}
