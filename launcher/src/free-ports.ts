import { createServer } from 'node:net';

export interface WantedPort {
  readonly name: string;
  readonly port: number;
  /** The environment variable that changes it. */
  readonly variable: string;
}

/**
 * Makes sure before anything is started that every port can be had.
 * @throws Error that names each taken port, whom it was for and the variable that chooses another.
 */
export async function assertPortsAreFree(wanted: readonly WantedPort[], host: string): Promise<void> {
  const doubled = wanted.find(({ port }, index) => wanted.findIndex((other) => other.port === port) !== index);
  if (doubled !== undefined)
    throw new Error(`Port ${doubled.port} was given to more than one part of the hub; change ${doubled.variable}.`);
  const taken: WantedPort[] = [];
  for (const one of wanted) if (!(await isFree(one.port, host))) taken.push(one);
  if (taken.length === 0) return;
  const lines = taken.map(
    ({ name, port, variable }) =>
      `  - port ${port} (${name}): stop what uses it, or choose another with ${variable}=<port>`,
  );
  throw new Error(`These ports are taken:\n${lines.join('\n')}`);
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(false) : reject(error),
    );
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}
