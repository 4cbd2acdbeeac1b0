// Loaded into a process by NODE_OPTIONS=--import: SIGUSR2 starts a CPU profile, a second one writes it.
import { Session } from 'node:inspector';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

const folder = process.env.BENCH_PROFILES;
let session;

process.on('SIGUSR2', () => {
  if (session === undefined) {
    session = new Session();
    session.connect();
    session.post('Profiler.enable');
    session.post('Profiler.start');
    return;
  }
  session.post('Profiler.stop', (_error, { profile }) => {
    writeFileSync(path.join(folder, `${process.pid}.cpuprofile`), JSON.stringify(profile));
    session.disconnect();
    session = undefined;
  });
});
