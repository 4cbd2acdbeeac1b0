import { hubConfig } from './config.js';
import { Hub } from './hub.js';

const say = (text: string): void => void process.stdout.write(text);
const complain = (error: unknown): void => void process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);

async function run(): Promise<number> {
  const hub = new Hub(hubConfig(), say);
  const told = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, resolve);
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
  return Promise.race([
    ended,
    hub.failed.then(async (reason) => {
      complain(reason);
      await hub.stop();
      return 1;
    }),
  ]);
}

run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    complain(error);
    process.exit(1);
  },
);
