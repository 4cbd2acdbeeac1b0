import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from '@zhitong/kit/cli';
import { openJobs } from '@zhitong/kit/jobs';
import { secretsEnvironment } from '../config.js';
import { dropFolder, LOOK_EVERY_MS, watchFolders, type DeliveryTools, type TakenFile } from '../deliveries/index.js';
import type { WithConnectors } from './open-connectors.js';
import { countsText } from './report-lines.js';

/** `watch`, which takes the files that are dropped into the folders of mappings. */
export function addWatchCommand(connect: Command, withConnectors: WithConnectors): void {
  connect
    .command('watch')
    .description('takes the files that are dropped into the folders of mappings, until it is ended')
    .argument('<mapping...>', 'mapping files with drop: { folder: … }')
    .option('--once', 'ends as soon as no file waits to be complete', false)
    .action(async (mappings: string[], { once: endsSoon }: { once: boolean }) =>
      withConnectors(async (connectors) => {
        const tools: DeliveryTools = { ...connectors, environment: secretsEnvironment() };
        await (endsSoon ? takeAll(mappings, tools) : watchUntilEnded(mappings, tools));
      }),
    );
}

async function watchUntilEnded(mappings: readonly string[], tools: DeliveryTools): Promise<void> {
  const { connection, logger } = tools;
  const jobs = openJobs({ connection, logger });
  try {
    await watchFolders({ mappings, jobs, tools, onTaken: tell });
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  } finally {
    await jobs.stop();
  }
}

async function takeAll(mappings: readonly string[], tools: DeliveryTools): Promise<void> {
  for (const mapping of mappings) {
    const folder = await dropFolder(mapping, tools);
    for (let waiting = 1; waiting > 0;) {
      const round = await folder.round();
      round.taken.forEach(tell);
      ({ waiting } = round);
      if (waiting > 0) await wait(LOOK_EVERY_MS);
    }
  }
}

function tell({ name, file, run, rejects }: TakenFile): void {
  const why = run.failure === null ? '' : `（${run.failure}）`;
  const lines = [`${name}：${countsText(run)}${why} → ${file}`, ...(rejects === null ? [] : [`退回的行：${rejects}`])];
  process.stdout.write(`${lines.join('\n')}\n`);
}
