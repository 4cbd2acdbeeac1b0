/** What a command printed, and the code with which its process would have ended. */
export interface CommandEnd {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The frame of a department's commands reads and sets these of its process. */
const OF_THE_PROCESS = ['argv', 'env', 'exitCode', 'send', 'stdout', 'stderr'] as const;

let runs = 0;

/**
 * Runs a command line of the sources (its `cli.ts`) in this process as `node cli.js ...args` would run it: with
 * arguments, an environment and output of its own, and from the top of its module. A process of its own loads every
 * library anew, which takes seconds; that the built file runs as one is held by one test of each command line. One
 * command at a time.
 */
export async function runCommand(
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<CommandEnd> {
  const kept = OF_THE_PROCESS.map((name) => [name, Object.getOwnPropertyDescriptor(process, name)] as const);
  const [out, err] = [collected(), collected()];
  const own = {
    argv: [process.execPath, file, ...args],
    env: { ...environment },
    exitCode: undefined,
    send: undefined,
    stdout: out.stream,
    stderr: err.stream,
  };
  for (const name of OF_THE_PROCESS)
    Object.defineProperty(process, name, { value: own[name], writable: true, enumerable: true, configurable: true });
  try {
    await import(`${file}?run=${String((runs += 1))}`);
    return { code: Number(process.exitCode ?? 0), out: out.text(), err: err.text() };
  } finally {
    for (const [name, descriptor] of kept) {
      if (descriptor === undefined) Reflect.deleteProperty(process, name);
      else Object.defineProperty(process, name, descriptor);
    }
  }
}

/** A stream that keeps what is written to it, as no terminal. */
function collected(): { stream: { isTTY: false; columns: number; write(text: string): boolean }; text: () => string } {
  let written = '';
  const write = (text: string): boolean => {
    written += text;
    return true;
  };
  return { stream: { isTTY: false, columns: 80, write }, text: () => written };
}
