import { runOnce } from '@zhitong/kit/mongo';
import type { ClientSession, Connection } from 'mongoose';

/** Why a command changed nothing; `code` is a RefusalCode of the schema. */
export interface CommandRefusal {
  readonly code: 'CONFLICT' | 'STALE_VERSION' | 'DUPLICATE' | 'INVALID';
  readonly message: string;
  readonly path: readonly string[];
  readonly details: unknown;
}

/** The outcome of a command that changed nothing. */
export interface Refused {
  readonly kind: 'refused';
  readonly refusal: CommandRefusal;
}

/** A refusal as an outcome. */
export function refusal(code: CommandRefusal['code'], message: string, path: readonly string[], details: unknown = null): Refused {
  return { kind: 'refused', refusal: { code, message, path, details } };
}

/** Thrown when somebody else took the next number of a history: the command is decided afresh. */
export class Raced extends Error {}

const MOST_RACES = 5;

/** Runs work again when it was overtaken, five times at most. @throws Raced when it still was */
export async function retryRaces<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let race = 1; ; race += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Raced) || race === MOST_RACES) throw error;
    }
  }
}

/** Who asks for what, under which key. */
export interface OnceCommand {
  /** The mutation's name; with the account it separates idempotency keys. */
  readonly name: string;
  readonly idempotencyKey: string;
  readonly sub: string;
  /** Everything that the client asked for, to recognise a key that is used for something else. */
  readonly request: unknown;
}

export type OnceRunner = ReturnType<typeof onceRunner>;

/** Runs a command's work in one transaction and once per idempotency key; a key of another request is refused. */
export function onceRunner({ db }: { db: Connection }) {
  return async <Outcome>({ name, idempotencyKey, sub, request }: OnceCommand, work: (session: ClientSession) => Promise<Outcome>): Promise<Outcome | Refused> => {
    const outcome = await retryRaces(async () => runOnce({ connection: db, scope: `${sub}:${name}`, key: idempotencyKey, request, work }));
    if (outcome.kind === 'done') return outcome.outcome;
    return refusal('DUPLICATE', `idempotencyKey ${idempotencyKey} was used for another request; take a new key for a new request.`, ['idempotencyKey']);
  };
}
