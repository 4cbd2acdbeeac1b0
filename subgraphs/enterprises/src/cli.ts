import { addConnectCommands } from '@zhitong/connect';
import { departmentCli, runCli } from '@zhitong/kit/cli';
import { withDatabase, type CommandTools } from '@zhitong/kit/subgraph';
import { enterprisesConfig } from './config.js';
import { demoLoad } from './demo/demo-load.js';
import { ASKED_BY_RECEIVERS, openDepartment, type OpenDepartment } from './service.js';

/** Opens the department beside a running hub or on its own, does the work and closes again. */
async function withDepartment(work: (department: OpenDepartment & CommandTools) => Promise<void>): Promise<void> {
  const config = enterprisesConfig();
  await withDatabase(config, async (tools) =>
    work({ ...tools, ...(await openDepartment({ ...tools, factAuthorities: config.factAuthorities })) }),
  );
}

const program = departmentCli({
  name: 'enterprises',
  description: 'Commands of the enterprises department (registry).',
  withOutbox: async (work) => withDepartment(async ({ outbox }) => work(outbox)),
  askedByReceivers: ASKED_BY_RECEIVERS,
});
program
  .command('demo-load')
  .description("loads the demo city's register once; does nothing when it is there")
  .option('--enterprises <number>', 'how many market entities', '27851')
  .option('--date <YYYY-MM-DD>', 'day on which the demo city stands (default: today)')
  .action(async (options: { enterprises: string; date?: string }) =>
    withDepartment(async (department) => demoLoad({ ...department, options })),
  );
addConnectCommands(program, async (work) =>
  withDepartment(async ({ connectorTargets, ...department }) => work({ ...department, targets: connectorTargets })),
);
await runCli(program);
