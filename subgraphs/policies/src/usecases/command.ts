import type { NameFault } from '@zhitong/kit/graph';
import { onceScope, RolledBack, runOnce, type ActingFor } from '@zhitong/kit/mongo';
import type { ClientSession, Connection } from 'mongoose';

/** Why a command changed nothing; `code` is a RefusalCode of the schema. */
export interface CommandRefusal {
  readonly code: 'INVALID' | 'ILLEGAL_STATE' | 'BUDGET_EXHAUSTED' | 'NOT_ELIGIBLE' | 'DUPLICATE' | 'STALE_VERSION' | 'CONFLICT';
  readonly message: string;
  readonly path: readonly string[];
  readonly details: unknown;
}

/** A command's outcome: what it did, or why it changed nothing. */
export type CommandOutcome<Result> = { readonly result: Result; readonly refusal: null } | { readonly result: null; readonly refusal: CommandRefusal };

export interface Command {
  readonly idempotencyKey: string;
  /** Who commands, and for whom. */
  readonly actor: ActingFor;
  /** Tells what the input names and the registry does not know; said after it is known that the command is no repeat. */
  readonly unknown?: (() => readonly NameFault[]) | undefined;
  readonly now: Date;
}

/** Throws to roll back; the command answers the refusal. */
export function refuse(code: CommandRefusal['code'], message: string, path: readonly string[], details: unknown = null): never {
  throw new RolledBack<CommandOutcome<never>>({ result: null, refusal: { code, message, path, details } });
}

/**
 * What an input was read as, where reading depends on the day; rolls back with the refusal of what cannot be used today. For
 * inside a command, so that the repeat of what was done before is answered as it was, whatever day it is.
 */
export const readToday = <Value>({ result, refusal }: CommandOutcome<Value>): Value => (refusal === null ? result : refuse(refusal.code, refusal.message, refusal.path, refusal.details));

/** Runs a command once per idempotency key, in one transaction. */
export async function commandOnce<Result>(connection: Connection, name: string, { idempotencyKey, actor, unknown }: Command, request: unknown, work: (session: ClientSession) => Promise<Result>): Promise<CommandOutcome<Result>> {
  const outcome = await runOnce<CommandOutcome<Result>>({
    connection,
    scope: onceScope(actor, name),
    key: idempotencyKey,
    request,
    work: async (session) => {
      const [fault] = unknown?.() ?? [];
      if (fault) return refuse('INVALID', `${fault.message}.`, fault.path);
      return { result: await work(session), refusal: null };
    },
  });
  if (outcome.kind === 'done') return outcome.outcome;
  return { result: null, refusal: { code: 'DUPLICATE', message: `idempotencyKey ${idempotencyKey} was used for another request; take a new key for a new request.`, path: ['idempotencyKey'], details: null } };
}

/** What a command answered when its key was used before; null when it was not. */
export async function outcomeBefore<Result>(connection: Connection, name: string, command: Command, request: unknown): Promise<CommandOutcome<Result> | null> {
  const before = await commandOnce<Result | null>(connection, name, command, request, () => Promise.reject(new RolledBack<CommandOutcome<null>>({ result: null, refusal: null as never })));
  return before.result === null && !before.refusal ? null : (before as CommandOutcome<Result>); // neither set: nothing was stored
}

/** An outcome that says why nothing was done. */
export const refused = (code: CommandRefusal['code'], message: string, path: readonly string[], details: unknown = null): CommandOutcome<never> => ({ result: null, refusal: { code, message, path, details } });
