import type { ClientSession, Connection } from 'mongoose';
import { heldBack } from './held-back.js';
import { onceScope, type ActingFor } from './once-scope.js';
import { runOnce } from './once.js';
import { CommandEnded, refuseFaults, type CommandOutcome, type InputFault } from './outcome.js';

/** What every command carries. */
export interface CommandBase {
  readonly idempotencyKey: string;
  /** Who commands, and for whom. */
  readonly actor: ActingFor;
  /** Asks the registry what the input names and the city does not have; asked only when the command is no repeat. */
  readonly unknown?: (() => Promise<readonly InputFault[]>) | undefined;
}

/** A command to run. */
export interface Command extends CommandBase {
  /** The mutation's name; with who acts for whom it separates idempotency keys. */
  readonly name: string;
  /** Everything that was asked for, as a JSON value, to recognise a key that is used for something else. */
  readonly request: unknown;
}

/**
 * What a command does, within its transaction. It is run again after a conflict, so it does nothing outside its session
 * that may not be done twice. It ends without a change with `refuse`, `forbid` or `notThere`. Names are checked after
 * it, so that who may not do it learns nothing about them; work that uses something up calls `requireNames` before.
 */
export type Work<Result> = (session: ClientSession, requireNames: () => void) => Promise<Result>;

/** Runs a department's commands: see docs/decisions/one-write-path.md. */
export interface CommandRunner {
  /** Runs work in one transaction, once per idempotency key. Its result must be storable as BSON. */
  run<Result>(command: Command, work: Work<Result>): Promise<CommandOutcome<Result>>;
  /**
   * The same for a command that must ask elsewhere before its transaction: `prepare` does that and returns the work.
   */
  prepareAndRun<Result>(command: Command, prepare: () => Promise<Work<Result>>): Promise<CommandOutcome<Result>>;
}

/** The runner over a department's own database. */
export function commandRunner(connection: Connection): CommandRunner {
  const prepareAndRun = async <Result>(
    { name, idempotencyKey, actor, unknown, request }: Command,
    prepare: () => Promise<Work<Result>>,
  ): Promise<CommandOutcome<Result>> => {
    let work: Work<Result> | undefined;
    let unknownNames = (): readonly InputFault[] => [];
    const requireNames = (): void => {
      const faults = unknownNames();
      if (faults.length > 0) refuseFaults(faults);
    };
    try {
      const once = await runOnce<{ readonly result: Result }>({
        connection,
        scope: onceScope(actor, name),
        key: idempotencyKey,
        request,
        prepare: async () => {
          work = await prepare();
          if (unknown) unknownNames = await heldBack(unknown());
        },
        work: async (session) => {
          if (work === undefined) throw new Error(`The command ${name} was not prepared.`);
          const result = await work(session, requireNames);
          requireNames();
          return { result };
        },
      });
      if (once.kind === 'done') return { kind: 'done', result: storedResult(once.outcome) as Result, refusal: null };
      return refusedKey(idempotencyKey);
    } catch (error) {
      if (error instanceof CommandEnded) return error.end;
      throw error;
    }
  };
  return { prepareAndRun, run: async (command, work) => prepareAndRun(command, async () => work) };
}

const refusedKey = (key: string): CommandOutcome<never> => ({
  kind: 'refused',
  result: null,
  refusal: {
    code: 'DUPLICATE',
    message: `idempotencyKey ${key} was used for another request; take a new key for a new request.`,
    path: ['idempotencyKey'],
    details: { reason: 'KEY_USED', zh: `幂等键 ${key} 已用于另一请求，请换新的键` },
  },
});

/**
 * The result in a stored outcome. Outcomes that earlier versions stored have it under another name, beside `kind` or
 * `refusal`.
 */
function storedResult(stored: Readonly<Record<string, unknown>>): unknown {
  const [result] = Object.entries(stored).flatMap(([name, value]) =>
    name === 'kind' || name === 'refusal' ? [] : [value],
  );
  return result;
}
