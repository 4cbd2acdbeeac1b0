import { readFileSync, writeFileSync } from 'node:fs';
import { addConnectCommands } from '@zhitong/connect';
import { createLogger, systemClock } from '@zhitong/kit';
import { CommandFailed, departmentCli, progressBar, runCli, type Progress } from '@zhitong/kit/cli';
import { withDatabase } from '@zhitong/kit/subgraph';
import { departmentRegister, serviceToken } from '@zhitong/kit/graph';
import { openJobs } from '@zhitong/kit/jobs';
import { dayInShanghai, formatYuan, isLegalDay } from '@zhitong/values';
import { policiesConfig, type PoliciesConfig } from './config.js';
import { demoLoad, loadAfterMatching } from './demo/demo-load.js';
import { ASKED_BY_RECEIVERS, openDepartment, type OpenDepartment } from './service.js';
import { graphDependants, type GraphDependant } from './domain/policy/graph-dependants.js';
import { writePolicy } from './domain/format/import-format.js';
import {
  graphFactsSource,
  GraphUnreachable,
  type FactsSource,
  type PastFactsSource,
  type VersionsSource,
} from './graph/facts-source.js';
import { explainMatch, type EarlierDay } from './usecases/explain-match.js';
import { importPolicies } from './usecases/import-policies.js';
import { loadParameters, readParameters, readReferenceParameters } from './usecases/load-parameters.js';
import {
  matchAll,
  matchChangedPolicies,
  matchSome,
  type MatchOptions,
  type MatchOutcome,
} from './usecases/match-enterprises.js';
import { readAndMatch } from './usecases/facts/read-and-match.js';
import { readAllFacts, type ReadingSummary } from './usecases/facts/read-facts.js';
import { tellSubscribers } from './usecases/tell-subscribers.js';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Opens the department beside a running hub or on its own, does the work and closes again. */
async function withDepartment(
  work: (department: OpenDepartment, config: PoliciesConfig) => Promise<void>,
): Promise<void> {
  const config = policiesConfig();
  await withDatabase(config, async (tools) => {
    const department = await openDepartment({
      ...tools,
      follow: false,
      twoPersonsFromFen: config.twoPersonsFromFen,
      showsReduced: config.showsReduced,
      calendarOverrides: config.calendarOverrides,
    });
    try {
      await work(department, config);
    } finally {
      await department.shelf.close();
    }
  });
}

function graph(config: PoliciesConfig): FactsSource & VersionsSource & PastFactsSource {
  const token = serviceToken(config, { logger: createLogger({ name: config.name, level: config.logLevel }) });
  return graphFactsSource({ url: config.graphUrl, token, today: () => dayInShanghai(systemClock.now()) });
}

/**
 * The content of a JSON file in UTF-8, with or without a byte order mark.
 * @throws Error when it is in another encoding or no JSON
 */
function jsonOf(name: string): unknown {
  const bytes = readFileSync(name);
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error('it is not text in UTF-8; save it in that encoding');
  }
  return JSON.parse(text);
}

/** A bar whose length is known only when the first page has come. */
function lateBar(label: string): { progress: (done: number, total: number) => void; done: (note: string) => void } {
  let bar: Progress | undefined;
  let reached = 0;
  return {
    progress: (done, total) => {
      bar ??= progressBar(label, total);
      bar.advance(done - reached);
      reached = done;
    },
    done: (note) => {
      bar?.done(note);
    },
  };
}

/** Reading can be gone on with when the graph can be read again. */
async function whileGraphAnswers<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GraphUnreachable)
      throw new CommandFailed(`${error.message}. What was read so far is kept; run the command again to go on.`);
    throw error;
  }
}

function report({ read, mended, removed, withoutCredit }: ReadingSummary): void {
  if (withoutCredit > 0)
    print(
      `The credit department did not answer for ${withoutCredit} enterprises; what it said of them before is kept.`,
    );
  print(`${read} enterprises read, ${mended} mended, ${removed} removed.`);
}

/** Faulty records that are named one by one. */
const NAMED = 20;

async function repairFacts(department: OpenDepartment, config: PoliciesConfig): Promise<void> {
  const bar = lateBar('facts');
  const changed = async (usccs: readonly string[]): Promise<void> => {
    await matchSome(department, usccs, null);
  };
  const faulty = await department.stores.facts.faulty();
  for (const uscc of faulty.slice(0, NAMED)) print(`${uscc}: what is held of it cannot be used as it is stored.`);
  if (faulty.length > 0) print(`${faulty.length} records cannot be used as they are stored; they are read anew.`);
  const anew = new Set(faulty);
  const summary = await whileGraphAnswers(async () =>
    readAllFacts({ ...department, source: graph(config), progress: bar.progress, anew, changed }),
  );
  bar.done(`${summary.mended} mended, ${summary.removed} removed${summary.resumed ? ', resumed' : ''}`);
  report(summary);
}

/** Reads everything and matches everything. */
async function matchInFull(
  department: OpenDepartment,
  config: PoliciesConfig,
  progress: MatchOptions['progress'],
): Promise<MatchOutcome> {
  const { read, matched } = await whileGraphAnswers(async () =>
    readAndMatch({ ...department, source: graph(config), ...(progress === undefined ? {} : { progress }) }),
  );
  report(read);
  return matched;
}

/** The earlier day that a command was asked for; null for today. */
function earlierDay(on: string | undefined, today: string, config: PoliciesConfig): EarlierDay | null {
  if (on === undefined || on === today) return null;
  if (!isLegalDay(on)) throw new CommandFailed(`--on is ${on}; write a day as YYYY-MM-DD.`);
  if (on > today) throw new CommandFailed(`--on is ${on}, which has not come yet: today is ${today}.`);
  return { day: on, source: graph(config) };
}

const program = departmentCli({
  name: 'policies',
  description: 'Commands of the policies department.',
  withOutbox: async (work) => withDepartment(async ({ outbox }) => work(outbox)),
  askedByReceivers: ASKED_BY_RECEIVERS,
  dependants: async () => {
    let found: readonly GraphDependant[] = [];
    await withDepartment(async ({ shelf }) => void (found = graphDependants(shelf.all())));
    return found;
  },
});
program
  .command('demo-load')
  .description('loads the collected real policies, adapted to the demo city, once; does nothing when they are there')
  .option('--date <YYYY-MM-DD>', 'day on which the demo city stands (default: today)')
  .action(async (options: { date?: string }) =>
    withDepartment(async (department) => demoLoad({ department, options })),
  );

program
  .command('import')
  .description('publishes the policies of a file; a policy that is here as it stands is left alone')
  .argument('<file>', 'policy file (JSON)')
  .action(async (name: string) =>
    withDepartment(async ({ connection, stores, clock }) => {
      let file: unknown;
      try {
        file = jsonOf(name);
      } catch (error) {
        throw new CommandFailed(
          `${name} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
      const bar = lateBar('policies');
      const { written, unchanged, refused } = await importPolicies(file, {
        connection,
        stores,
        clock,
        by: 'command line',
        progress: bar.progress,
      });
      bar.done(`${written} written, ${unchanged} unchanged`);
      for (const { policy, problems } of refused)
        for (const { place, code, message } of problems)
          print(`refused ${policy} at ${place === '' ? 'the whole' : place}: ${code}: ${message}`);
      print(`${written + unchanged} accepted, ${refused.length} refused`);
      if (refused.length > 0) process.exitCode = 1;
    }),
  );

program
  .command('export')
  .description('writes the published policies to a file that import reads')
  .argument('<file>', 'policy file (JSON)')
  .action(async (name: string) =>
    withDepartment(async ({ shelf }) => {
      const policies = shelf.all().map(({ content }) => writePolicy(content));
      writeFileSync(name, `${JSON.stringify(policies, null, 1)}\n`);
      print(`${policies.length} policies written to ${name}`);
    }),
  );

program
  .command('load-parameters')
  .description(
    'puts in the dated parameters that policies may name and that are not here yet; those that are stay as they are',
  )
  .argument('[file]', 'parameters with their values (JSON; default: the collected ones)')
  .action(async (name?: string) =>
    withDepartment(async ({ connection, stores, clock }) => {
      let reference;
      try {
        reference = name === undefined ? readReferenceParameters() : readParameters(jsonOf(name));
      } catch (error) {
        throw new CommandFailed(
          `${name ?? 'The collected parameters'} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
      const loaded = await loadParameters(reference, { connection, stores, by: 'command line', now: clock.now() });
      print(`${loaded} parameters put in, ${reference.length - loaded} were here.`);
    }),
  );

program
  .command('repair-facts')
  .description(
    'reads the facts of all enterprises through the graph, mends what differs here and matches those enterprises again',
  )
  .action(async () => withDepartment(repairFacts));

program
  .command('match')
  .description(
    'brings the stored matches up to date with the policies that apply today; goes on with a run that was interrupted',
  )
  .option(
    '--full',
    'read the facts of all enterprises through the graph first, and match every enterprise against every policy',
    false,
  )
  .action(async ({ full }: { full: boolean }) =>
    withDepartment(async (department, config) => {
      const bar = lateBar('matching');
      const options = { ...department, progress: bar.progress };
      const everything = (await department.stores.matchState.matched()) === null;
      const outcome = full
        ? await matchInFull(department, config, bar.progress)
        : everything
          ? await matchAll(options)
          : await matchChangedPolicies(options);
      if (outcome === null) {
        print('The stored matches are current: no policy has changed since they were made.');
        return;
      }
      const { run, resumed } = outcome;
      bar.done(resumed ? 'resumed' : 'done');
      const { counts } = run;
      print(
        `${run.done} enterprises matched against ${run.policies.length} policies on ${run.referenceDate}: ${counts.NEWLY_ELIGIBLE} newly eligible, ${counts.NO_LONGER_ELIGIBLE} no longer eligible, ${counts.NEWLY_UNDETERMINED} newly undetermined, ${counts.AMOUNT_CHANGED} with another amount.`,
      );
      const paid = await loadAfterMatching(department);
      if (paid !== null)
        print(`The demo city has a history of ${paid.grants} paid grants over ${formatYuan(paid.fen)} yuan.`);
    }),
  );

program
  .command('pay')
  .description(
    'sends a payment order for every approved grant of a policy; run again it goes on with the rest, and never sends one twice; a grant that cannot be paid is named with the reason and stops no other',
  )
  .requiredOption('--policy <id>', 'id of the policy')
  .requiredOption('--by <person>', 'who sends the money, for the history; not who approved it')
  .action(async ({ policy, by }: { policy: string; by: string }) =>
    withDepartment(async ({ grantCommands, stores, clock, shelf }) => {
      if (shelf.byId(policy) === null) throw new CommandFailed(`No policy is published under ${policy}.`);
      const bar = progressBar('orders', await stores.grants.count({ policyId: policy, status: ['APPROVED'] }));
      const failures: string[] = [];
      const sent = await grantCommands.payApproved({
        policyId: policy,
        sub: by,
        now: () => clock.now(),
        paid: () => bar.advance(1),
        failed: (grant, why) => failures.push(`${grant}: ${why}`),
      });
      bar.done();
      for (const failure of failures) print(failure);
      print(`${sent} payment orders sent under ${policy}.`);
    }),
  );

program
  .command('tell')
  .description(
    'tells subscribers of the policies that were published or close soon, as the running department does by itself; goes on where it was interrupted, and tells nobody twice',
  )
  .action(async () =>
    withDepartment(async (department) => {
      const { announcements, notifications } = await tellSubscribers(department);
      print(`${notifications} notifications of ${announcements} announcements.`);
    }),
  );

program
  .command('explain')
  .description('says criterion by criterion why an enterprise matches a policy or does not')
  .requiredOption('--uscc <code>', 'unified social credit code of the enterprise')
  .requiredOption('--policy <id>', 'id of the policy')
  .option(
    '--on <YYYY-MM-DD>',
    'an earlier day: the version, the facts and the credit standing of that day, read through the graph',
  )
  .action(async ({ uscc, policy, on }: { uscc: string; policy: string; on?: string }) =>
    withDepartment(async ({ stores, shelf, clock }, config) => {
      const lines = await explainMatch(
        { stores, shelf, clock },
        uscc,
        policy,
        earlierDay(on, dayInShanghai(clock.now()), config),
      ).catch((error: unknown) => {
        throw error instanceof GraphUnreachable
          ? new CommandFailed(`${error.message}. Nobody can say what was on that day without it.`)
          : error;
      });
      if (!Array.isArray(lines)) throw new CommandFailed(lines.missing);
      lines.forEach(print);
    }),
  );
addConnectCommands(program, async (work) =>
  withDepartment(async ({ connectorTargets, ...department }, config) => {
    const jobs = openJobs(department);
    try {
      const register = departmentRegister({ ...department, config, jobs });
      await work({ ...department, targets: async () => connectorTargets(register) });
    } finally {
      await jobs.stop();
    }
  }),
);
await runCli(program);
