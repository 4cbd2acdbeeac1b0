import { watchParent } from '@zhitong/kit';
import { hubConfig } from './config.js';
import { Hub } from './hub.js';

const say = (text: string): void => void process.stdout.write(text);
const complain = (error: unknown): void =>
  void process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);

// Whoever read the output may be gone; that is no reason to leave the departments without their launcher.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

async function run(): Promise<number> {
  const hub = new Hub(hubConfig(), say);
  const told = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
    watchParent(resolve);
  });
  const ended = told.then(async () => {
    say('\nFinishing what is in flight…\n');
    await hub.stop();
    return 0;
  });
  try {
    await hub.start();
  } catch (error) {
    if (!hub.isStopping) {
      complain(error);
      await hub.stop();
      return 1;
    }
  }
  return ended;
}

run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    complain(error);
    process.exit(1);
  },
);
