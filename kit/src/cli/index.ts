import { SingleBar } from 'cli-progress';
import { Command, CommanderError } from 'commander';

export { Command };

/** A command that could not do what it was asked, for a reason that its user can act on. Printed as one line; exit code 1. */
export class CommandFailed extends Error {}

/** The frame of a department's command line: `npm run <name> -- <command>`, listed by `--help`. */
export function departmentCli(name: string, description: string): Command {
  return new Command(`npm run ${name} --`).description(description).showHelpAfterError('(--help lists the commands)').exitOverride();
}

/** Parses the arguments, runs the command and sets the exit code: 0 only when done, 2 for a wrong call, 1 for a failure. */
export async function runCli(program: Command, argv: readonly string[] = process.argv): Promise<void> {
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
    } else {
      process.stderr.write(error instanceof CommandFailed ? `${error.message}\n` : `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exitCode = 1;
    }
  }
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
      done: (note) => void process.stderr.write(`${label}: ${reached} of ${total}${note === undefined ? '' : `, ${note}`}\n`),
    };
  }
  const bar = new SingleBar({ format: `${label} [{bar}] {percentage}% {value}/{total}`, hideCursor: true, stream: process.stderr, clearOnComplete: false });
  bar.start(total, 0);
  return {
    advance: (count) => bar.increment(count),
    done: (note) => {
      bar.stop();
      if (note !== undefined) process.stderr.write(`${label}: ${note}\n`);
    },
  };
}
