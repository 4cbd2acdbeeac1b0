import { addConnectCommands } from '@zhitong/connect';
import { systemClock } from '@zhitong/kit';
import { CommandFailed, departmentCli, progressBar, runCli } from '@zhitong/kit/cli';
import { departmentRegister, registerListsStore, type Coded, type Register } from '@zhitong/kit/graph';
import { openJobs } from '@zhitong/kit/jobs';
import { dayInShanghai, formatPercent, type LegalDay } from '@zhitong/values';
import { withDatabase, type CommandTools } from '@zhitong/kit/subgraph';
import { creditConfig } from './config.js';
import { isDisclosedYear } from './domain/arrears/disclosure.js';
import { publicationToAdd } from './domain/figures/loan-prime-rate.js';
import { demoLoad } from './demo/demo-load.js';
import { ASKED_BY_RECEIVERS, openDepartment, type OpenDepartment } from './service.js';
import { reckonArrears } from './usecases/arrears/arrear-writes.js';
import { correctionSince, discloseArrears, disclosedWith } from './usecases/arrears/disclose-arrears.js';
import { disclosureToFile } from './usecases/files/disclosure-file.js';
import { enterpriseNamesFrom, type EnterpriseNames } from './usecases/files/enterprise-names.js';
import { exportToFile, type ExportOptions } from './usecases/files/export-to-file.js';
import { commitmentProof } from './usecases/commitment-proof.js';
import { makeCheckpoints } from './usecases/make-checkpoint.js';
import { arrearProofs } from './usecases/open-proof.js';
import { rebuildRecord } from './usecases/rebuild-record.js';
import { sealLedger, settledBefore } from './usecases/seal-ledger.js';
import { sendReminders } from './usecases/send-reminders.js';
import { findingText } from './usecases/findings.js';
import { verifyLedger } from './usecases/verify-ledger.js';

/** Seals that are read at once. */
const SEALS_AT_ONCE = 1_000;
/** What `rebuild` takes beside the name of a record. */
const RUNNING_FIGURES = 'running_figures';

/** Opens the department beside a running hub or on its own, does the work and closes again. */
const withDepartment = async (work: (department: OpenDepartment & CommandTools) => Promise<void>): Promise<void> =>
  withDatabase(creditConfig(), async (tools) =>
    work({ ...tools, ...(await openDepartment({ ...creditConfig(), ...tools })) }),
  );

const program = departmentCli({
  name: 'credit',
  description: 'Commands of the credit department: the ledger of commitments, arrears, enterprise credit.',
  withOutbox: async (work) => withDepartment(async ({ outbox }) => work(outbox)),
  askedByReceivers: ASKED_BY_RECEIVERS,
});
program
  .command('demo-load')
  .description("loads the demo city's credit once; does nothing when it is there")
  .option('--enterprises <number>', 'how many market entities', '27851')
  .option('--date <YYYY-MM-DD>', 'day on which the demo city stands (default: today)')
  .action(async (options: { enterprises: string; date?: string }) =>
    withDepartment(async (department) => demoLoad({ ...department, options, clock: systemClock })),
  );
program
  .command('seal')
  .description('seals all that was recorded up to two minutes ago and prints the root to publish')
  .action(async () =>
    withDepartment(async ({ stores, outbox }) => {
      const { no, cutoff, root, treeSize } = await sealLedger({
        stores,
        cutoff: settledBefore(systemClock),
        outbox,
      });
      await makeCheckpoints(stores);
      process.stdout.write(
        `Seal ${no}: root ${root} over ${treeSize} chains, all that was recorded before ${cutoff}.\n`,
      );
    }),
  );
program
  .command('verify')
  .description(
    'recomputes the whole book, records of all registers too; exit code 1 and the first altered thing named when anything was touched',
  )
  .option('--published <no=root...>', 'roots of seals as they were published elsewhere, for example 3=9f86d0…')
  .action(async (options: { published?: string[] }) =>
    withDepartment(async ({ stores }) => {
      const published = new Map((options.published ?? []).map(publishedRoot));
      const bar = progressBar('commitments', await stores.commitments.estimatedCount());
      const { commitments, entries, records, seals, newestSeal, findings } = await verifyLedger({
        stores,
        published,
        advance: (count) => bar.advance(count),
      });
      bar.done();
      const [first, ...others] = findings;
      if (first)
        throw new CommandFailed(
          `The ledger was touched. First: ${findingText(first)}.${others.length > 0 ? `\n${others.length} more: ${others.slice(0, 20).map(findingText).join('; ')}` : ''}`,
        );
      const sealed = newestSeal ? `, the newest of ${newestSeal.cutoff} with root ${newestSeal.root}` : '';
      process.stdout.write(
        `Nothing was touched: ${commitments} commitments, ${entries} entries, ${records} records, ${seals} seals${sealed}.\n`,
      );
    }),
  );
program
  .command('rebuild <record>')
  .description(
    'puts a record back as its chained history has it; verify names it, for example arrears/QK-20261120-1F3A9C04; running_figures makes the figures of audits anew',
  )
  .action(async (record: string) =>
    withDepartment(async ({ stores }) => {
      if (record === RUNNING_FIGURES) {
        await stores.running.forget();
        process.stdout.write(
          'The figures of audits are forgotten. The department makes them anew within some minutes, when nobody writes by the former ones any more; audits are told from the entries until then.\n',
        );
        return;
      }
      const fault = await rebuildRecord(stores, record);
      if (fault !== null) throw new CommandFailed(`${record}: ${fault}.`);
      process.stdout.write(`${record} stands in its register as its history has it.\n`);
    }),
  );
program
  .command('seals')
  .description('prints the seals, one a line as JSON: a file that a witness fetches (witness.mjs) needs no more')
  .option('--after <number>', 'only those after this number', '0')
  .action(async ({ after }: { after: string }) =>
    withDepartment(async ({ stores }) => {
      if (!/^\d{1,9}$/.test(after)) throw new CommandFailed(`--after is a number of a seal, not ${after}.`);
      for (let no = Number(after), more = true; more;) {
        const seals = await stores.seals.after(no, SEALS_AT_ONCE);
        for (const seal of seals) process.stdout.write(`${JSON.stringify(seal)}\n`);
        no = seals.at(-1)?.no ?? no;
        more = seals.length === SEALS_AT_ONCE;
      }
    }),
  );
program
  .command('proof <number>')
  .description(
    "prints a commitment's ledger or a debt's history with its proof, for check-proof.mjs, which needs no database",
  )
  .action(async (number: string) =>
    withDepartment(async ({ stores, sealedTrees }) => {
      const result = await commitmentProof(stores, number);
      const tree = result.ok ? null : await sealedTrees.newest();
      const debt = tree === null ? undefined : (await arrearProofs(stores, tree, [number])).get(number);
      if (!result.ok && debt === undefined)
        throw new CommandFailed(
          result.code === 'NOT_SEALED'
            ? `Commitment ${number} is not sealed yet; run seal first.`
            : `There is no commitment and no sealed debt ${number}.`,
        );
      process.stdout.write(`${JSON.stringify(result.ok ? result.proof : debt, null, 2)}\n`);
    }),
  );
program
  .command('export')
  .description(
    'writes the list of promises that were not kept, worst risk first, with the query, the days and the root hash',
  )
  .requiredOption('--output <file>', 'file to write; its ending decides: .csv or .xlsx')
  .option('--as-of <YYYY-MM-DD>', 'the day that the list stands for (default: today)')
  .option('--known-on <YYYY-MM-DD>', 'with what the ledger knew at the end of this day (default: today)')
  .option('--department <code>', 'only what this department owes')
  .option('--district <code>', 'only this district, six digits')
  .option('--undocumented', 'only promises without a legal document')
  .action(async (options: ExportOptions) =>
    withDepartment(async (department) => {
      const names = await namesOf(department);
      const count = await withEnterpriseNames(department, async (enterpriseNames) =>
        exportToFile({ stores: department.stores, options, clock: systemClock, names, enterpriseNames }),
      );
      process.stdout.write(`${options.output}: ${count} promises that were not kept.\n`);
    }),
  );
program
  .command('disclosure')
  .description('writes the yearly disclosure of what public bodies owe overdue to small and medium enterprises')
  .requiredOption('--year <year>', 'the year that is over, for example 2025')
  .requiredOption('--file <file>', 'file to write; its ending decides: .csv, .xlsx or .html')
  .option(
    '--contracts',
    "with the list of contracts and enterprises, for the office's own check and not to be published",
  )
  .action(async (options: { year: string; file: string; contracts?: boolean }) =>
    withDepartment(async (department) => {
      const now = systemClock.now();
      const year = /^\d{4}$/.test(options.year) ? Number(options.year) : 0;
      if (!isDisclosedYear(year, dayInShanghai(now)))
        throw new CommandFailed(
          `--year is ${options.year}; there is a disclosure of the years from 2020 on that are over.`,
        );
      const make = async (of: number, knownOn: LegalDay) => discloseArrears(department.stores, of, knownOn);
      const published = await department.stores.publishedDisclosures.of(year);
      const disclosure = { ...(await make(year, disclosedWith(year, now))), ...published };
      const correction = published && (await correctionSince(published, make, now));
      const { departments } = await namesOf(department);
      const enterprises =
        options.contracts === true
          ? await withEnterpriseNames(department, async (enterpriseNames) =>
              enterpriseNames(disclosure.contracts.map(({ uscc }) => uscc)),
            )
          : null;
      await disclosureToFile(disclosure, options.file, { departments, enterprises }, correction);
      const { contracts, knownOn } = disclosure;
      process.stdout.write(
        `${options.file}: ${contracts.length} contracts of ${disclosure.departments.length} departments, as known on ${knownOn}.\n`,
      );
    }),
  );
program
  .command('add-lpr')
  .description('adds a publication of the one-year loan prime rate (LPR), also one that left it as it was')
  .requiredOption('--published <YYYY-MM-DD>', 'day of the publication, after all that are known')
  .requiredOption('--percent <rate>', 'the rate in per cent, for example 3.00')
  .requiredOption('--source <text>', 'where it was published')
  .action(async (options: { published: string; percent: string; source: string }) =>
    withDepartment(async ({ connection, stores, outbox, logger, loanPrimeRates }) => {
      const rate = publicationToAdd(options, loanPrimeRates.current(), dayInShanghai(systemClock.now()));
      if ('fault' in rate) throw new CommandFailed(rate.fault);
      if (!(await stores.publishedRates.add(rate))) throw new CommandFailed(`${rate.from} is added already.`);
      await loanPrimeRates.refresh();
      await reckonArrears({ db: connection, stores, outbox, clock: systemClock, logger });
      process.stdout.write(`The one-year loan prime rate of ${rate.from} is ${formatPercent(rate.value)} %.\n`);
    }),
  );
program
  .command('remind')
  .description('sends the reminders that are due now; a running department does this by itself')
  .action(async () =>
    withDepartment(async ({ connection, stores, outbox }) => {
      const failed: string[] = [];
      const count = await sendReminders({
        ...{ db: connection, stores, outbox, clock: systemClock },
        onFailed: (commitment) => failed.push(commitment),
      });
      process.stdout.write(`${count} reminders were handed to the outbox.\n`);
      if (failed.length > 0) throw new CommandFailed(`Nobody could be reminded of ${failed.join(', ')}.`);
    }),
  );
addConnectCommands(program, async (work) =>
  withDepartment(async ({ connectorTargets, ...department }) =>
    withRegister(department, async (register) =>
      work({
        ...department,
        targets: async () => connectorTargets({ register: register(), ledgerOffice: creditConfig().ledgerOffice }),
      }),
    ),
  ),
);
await runCli(program);

/** Does work with what the registry says, which is asked only when it is needed. */
async function withRegister<Result>(
  tools: CommandTools,
  work: (register: () => Register) => Promise<Result>,
): Promise<Result> {
  const jobs = openJobs(tools);
  try {
    return await work(() => departmentRegister({ ...tools, config: creditConfig(), jobs }));
  } finally {
    await jobs.stop();
  }
}

/** Does work with the names of enterprises; while the registry cannot be asked, it is said, and there are none. */
async function withEnterpriseNames<Result>(
  tools: CommandTools,
  work: (names: EnterpriseNames) => Promise<Result>,
): Promise<Result> {
  return withRegister(tools, async (register) => {
    const registry = register();
    return work(
      enterpriseNamesFrom(
        async (uscc) => registry.enterpriseNames(uscc),
        (error) =>
          tools.logger.warn({ err: error }, 'the registry does not answer: codes stand for the names of enterprises'),
      ),
    );
  });
}

/** What the registry called departments and districts when its lists were last read. */
async function namesOf({ connection }: CommandTools) {
  const lists = (await registerListsStore(connection).latest())?.value;
  const named = (coded: readonly Coded[] = []): Map<string, string> =>
    new Map(coded.flatMap(({ code, name }) => (name === null ? [] : [[code, name]])));
  return { departments: named(lists?.departments), regions: named(lists?.regions) };
}

function publishedRoot(text: string): [number, string] {
  const match = /^([1-9]\d*)=([0-9a-f]{64})$/.exec(text);
  if (!match?.[2])
    throw new CommandFailed(
      `--published takes the number of a seal and its root, 3=… with 64 hexadecimal digits, and not "${text}".`,
    );
  return [Number(match[1]), match[2]];
}
