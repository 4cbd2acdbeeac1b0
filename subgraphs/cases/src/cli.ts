import { readFileSync, writeFileSync } from 'node:fs';
import { addConnectCommands } from '@zhitong/connect';
import { CommandFailed, departmentCli, progressBar, runCli } from '@zhitong/kit/cli';
import { departmentRegister } from '@zhitong/kit/graph';
import { openJobs } from '@zhitong/kit/jobs';
import { withDatabase, type CommandTools } from '@zhitong/kit/subgraph';
import { casesConfig } from './config.js';
import { lifecycleTable, withLifecycleTable } from './domain/lifecycle.js';
import { ASKED_BY_RECEIVERS, openDepartment, type OpenDepartment } from './service.js';
import { tick } from './usecases/overdue-job.js';
import { publishMonths } from './usecases/published-statistics.js';
import { rebuildViews } from './usecases/rebuild.js';

type Opened = OpenDepartment & CommandTools;

/** Opens the department beside a running hub or on its own, does the work and closes again. */
async function withDepartment(work: (department: Opened) => Promise<void>): Promise<void> {
  const config = casesConfig();
  await withDatabase(config, async (tools) =>
    work({
      ...tools,
      ...(await openDepartment({
        ...tools,
        calendarOverrides: config.calendarOverrides,
        telephoneKey: config.telephoneKey,
        seedKey: config.seedKey,
      })),
    }),
  );
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const program = departmentCli({
  name: 'cases',
  description: 'Commands of the cases department (appeals office).',
  withOutbox: async (work) => withDepartment(async ({ outbox }) => work(outbox)),
  askedByReceivers: ASKED_BY_RECEIVERS,
});

program
  .command('demo-load')
  .description("loads the demo city's cases once; does nothing when they are there")
  .option('--enterprises <number>', 'how many market entities the demo city has', '27851')
  .option('--date <YYYY-MM-DD>', 'day on which the demo city stands (default: today)')
  .action(async (options: { enterprises: string; date?: string }) => {
    // Loaded only here: the tokenizer and the demo city are large, and the other commands need neither.
    const { demoLoad } = await import('./demo/demo-load.js');
    await withDepartment(async (department) => demoLoad({ ...department, options }));
  });

program
  .command('tick')
  .description(
    'one round of the jobs: brings every case whose clock has run out to the coordinator, once, and counts and publishes figures',
  )
  .action(async () =>
    withDepartment(async (department) => {
      const { escalated, dated, completedDraws, overdueRectifications, failed, failedOthers } = await tick(department);
      await department.stores.figures.count();
      const published = await publishMonths(department);
      say(
        `${escalated} overdue cases were brought to the coordinator; ${dated} due days have become known; ${completedDraws} draws were completed; ${overdueRectifications} rectifications are overdue; figures of ${published.decided.length} months were published or looked at again.`,
      );
      for (const { caseNumber, reason } of failed) say(`${caseNumber} failed: ${reason}`);
      for (const { work, reason } of failedOthers) say(`${work} failed: ${reason}`);
      if (published.failed.length > 0)
        throw new CommandFailed(`The figures of ${published.failed.join(', ')} could not be published; see the log.`);
      if (failedOthers.length > 0)
        throw new CommandFailed(`${failedOthers.length} checks or commitments could not be seen to.`);
      if (failed.length > 0)
        throw new CommandFailed(`${failed.length} cases could not be worked on; see rebuild --check.`);
    }),
  );

program
  .command('draw')
  .description('repeats a recorded spot-check draw from its seed; exit code 1 when it does not come out the same')
  .requiredOption('--from <YYYY-MM-DD>', 'first day of the draw')
  .requiredOption('--to <YYYY-MM-DD>', 'last day of the draw')
  .action(async ({ from, to }: { from: string; to: string }) =>
    withDepartment(async ({ spotChecks }) => {
      const repeated = await spotChecks.repeat(from, to);
      if (repeated === null)
        throw new CommandFailed(
          `Nothing was drawn for ${from} to ${to}. Draw through the graph: mutation drawSpotCheck.`,
        );
      const { recorded, isSame, joined, left } = repeated;
      say(
        `${recorded.id}: seed ${recorded.seed}, ${recorded.populationSize} cases (SHA-256 ${recorded.populationDigest}), ${recorded.percent} %`,
      );
      for (const caseNumber of recorded.drawn) say(caseNumber);
      say(`Since the draw ${joined.length} cases joined the period and ${left.length} left it.`);
      if (!isSame) throw new CommandFailed('The draw does not come out the same: the record was changed.');
      say('The draw comes out the same.');
    }),
  );

program
  .command('rebuild')
  .description(
    'makes the views from the histories again and reports each difference; exit code 1 with --check when there is one',
  )
  .option('--check', 'only report, write nothing', false)
  .action(async ({ check }: { check: boolean }) =>
    withDepartment(async ({ stores, calendar }) => {
      const bar = progressBar('cases', await stores.cases.count({}));
      const differences = await rebuildViews({ stores, calendar, checkOnly: check, onCase: () => bar.advance(1) });
      bar.done();
      for (const { caseNumber, kind, fields } of differences)
        say(`${caseNumber} ${kind}${fields.length > 0 ? `: ${fields.join(', ')}` : ''}`);
      const broken = differences.filter(({ kind }) => kind === 'BROKEN').length;
      say(
        `${differences.length} differences${check || differences.length === 0 ? '' : `, ${differences.length - broken} put right`}.`,
      );
      if (broken > 0) throw new CommandFailed(`${broken} histories are broken and were left as they are.`);
      if (check && differences.length > 0)
        throw new CommandFailed('The views differ from the histories. Run rebuild without --check.');
    }),
  );

program
  .command('lifecycle')
  .description("prints the lifecycle's table as Markdown, writes it into a file, or checks that the file has it")
  .option('--write <file>', 'Markdown file whose table of moves is replaced')
  .option('--check <file>', 'Markdown file that must have the table as it is; exit code 1 when it has not')
  .action(({ write, check }: { write?: string; check?: string }) => {
    if (write !== undefined) writeFileSync(write, withLifecycleTable(readFileSync(write, 'utf8')));
    else if (check === undefined) say(lifecycleTable());
    else if (!readFileSync(check, 'utf8').includes(lifecycleTable()))
      throw new CommandFailed(`${check} has another table of moves: run lifecycle --write ${check}.`);
  });

addConnectCommands(program, async (work) =>
  withDepartment(async ({ connectorTargets, ...department }) => {
    const jobs = openJobs(department);
    try {
      await work({
        ...department,
        targets: async () => {
          // Loaded only here: the tokenizer is large.
          const { keywordExtractor } = await import('./memory/keywords.js');
          const register = departmentRegister({ ...department, config: casesConfig(), jobs });
          return connectorTargets({ register, keywords: keywordExtractor() });
        },
      });
    } finally {
      await jobs.stop();
    }
  }),
);

await runCli(program);
