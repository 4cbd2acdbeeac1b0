import { SingleBar } from 'cli-progress';
import { Command, CommanderError } from 'commander';
import { isDatabaseAbsence } from '../mongo/absence.js';
import { CommandFailed } from './command-failed.js';
import type { AskedByReceivers, GraphDependant } from '../graph/declare-dependants.js';
import { addDependantsCommand } from './dependants-command.js';
import { addOutboxCommands, type WithOutbox } from './outbox-commands.js';
import { StartProblem } from '../start-problem.js';

export { Command, CommandFailed, type WithOutbox };

/**
 * The frame of a department's command line: `npm run <name> -- <command>`, listed by `--help`. Every department has the
 * commands of its outbox.
 * @param withOutbox opens the department's outbox for one of them.
 * @param askedByReceivers what receivers of its events ask the graph for.
 * @param dependants what else of it would stop with fields of the graph.
 */
export function departmentCli({
  name,
  description,
  withOutbox,
  askedByReceivers,
  dependants,
}: {
  name: string;
  description: string;
  withOutbox: WithOutbox;
  askedByReceivers: AskedByReceivers;
  dependants?: () => Promise<readonly GraphDependant[]>;
}): Command {
  const program = new Command(`npm run ${name} --`)
    .description(description)
    .showHelpAfterError('(--help lists the commands)')
    .exitOverride();
  addOutboxCommands(program, withOutbox);
  addDependantsCommand(program, withOutbox, { askedByReceivers, own: dependants });
  return program;
}

/**
 * Parses the arguments, runs the command and sets the exit code: 0 only when done, 2 for a wrong call, 1 for a failure.
 * What its user can act on is one line: a refusal, a problem of the start, a database that is not there. A command that
 * a parent process started over IPC ends with that.
 */
export async function runCli(program: Command, argv: readonly string[] = process.argv): Promise<void> {
  endWithParent();
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
    } else {
      process.stderr.write(`${failureText(error)}\n`);
      process.exitCode = 1;
    }
  }
}

function failureText(error: unknown): string {
  if (error instanceof CommandFailed || error instanceof StartProblem) return error.message;
  if (isDatabaseAbsence(error))
    return `The database does not answer any more (${error instanceof Error ? error.message.replaceAll('\n', ' ') : ''}). What was done so far is kept; run the command again to go on.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * Nobody reads the progress of a command whose parent was killed, and a new parent may be doing the same work already.
 */
function endWithParent(): void {
  if (process.send === undefined) return;
  process.once('disconnect', () => process.exit(1));
  process.channel?.unref(); // The command ends when its work is done.
  if (!process.connected) process.exit(1);
}

/** A progress bar on standard error; without a terminal it prints one line when done, so that logs stay readable. */
export interface Progress {
  advance(count: number): void;
  done(note?: string): void;
}

/** Starts a progress bar over `total` steps. */
export function progressBar(label: string, total: number): Progress {
  if (!process.stderr.isTTY) {
    let reached = 0;
    return {
      advance: (count) => void (reached += count),
      done: (note) =>
        void process.stderr.write(`${label}: ${reached} of ${total}${note === undefined ? '' : `, ${note}`}\n`),
    };
  }
  const bar = new SingleBar({
    format: `${label} [{bar}] {percentage}% {value}/{total}`,
    hideCursor: true,
    stream: process.stderr,
    clearOnComplete: false,
  });
  bar.start(total, 0);
  return {
    advance: (count) => bar.increment(count),
    done: (note) => {
      bar.stop();
      if (note !== undefined) process.stderr.write(`${label}: ${note}\n`);
    },
  };
}
