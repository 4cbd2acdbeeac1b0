import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { changed, outboxUnderTest, type OutboxUnderTest } from './support/outbox-under-test.js';

const LEASE = 60_000;
// Below the kit, so that the bundle finds the kit's own libraries.
const PROGRAM = fileURLToPath(
  new URL('../../../kit/node_modules/.cache/outbox-test/dispatcher-process.mjs', import.meta.url),
);

describe('a dispatcher whose process is killed', () => {
  let under: OutboxUnderTest;
  let child: ChildProcess | undefined;
  beforeAll(async () => {
    await build({
      entryPoints: [fileURLToPath(new URL('support/dispatcher-process.ts', import.meta.url))],
      outfile: PROGRAM,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
  });
  beforeEach(async () => {
    under = await outboxUnderTest(import.meta.url);
    under.time.advance(Date.now() - under.time.now().getTime());
  });
  afterEach(async () => {
    child?.kill('SIGKILL');
    await under.close();
  });

  it('in the middle of a delivery is followed by another one, and no event is lost or out of order', async () => {
    const receiver = await under.registered('r');
    receiver.answer = (_request, count) => (count === 3 ? 'hang' : 204);
    await under.commit(...Array.from({ length: 6 }, (_, n) => changed('a', n)));
    child = spawn(process.execPath, [PROGRAM, under.database.uri, under.database.name], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await receiver.requests.until(3);
    child.kill('SIGKILL');
    await once(child, 'exit');

    const survivor = under.dispatcher();
    under.time.advance(Date.now() - under.time.now().getTime() + LEASE);
    expect(await survivor.runOnce()).toMatchObject({ delivered: 4, failed: 0 });
    expect(receiver.seen()).toEqual([0, 1, 2, 2, 3, 4, 5]);
    expect(await under.outbox.stats()).toMatchObject({ waiting: 0, pending: 0, deadLetters: 0 });
  });
});
