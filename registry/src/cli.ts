import { systemClock } from '@zhitong/kit';
import { Command, runCli } from '@zhitong/kit/cli';
import { InvalidArgumentError, Option } from 'commander';
import { filedProposal, filedProposals, type FiledProposal } from './commands/department-files.js';
import { fieldUseText } from './commands/field-use.js';
import { readDeclaration } from './commands/read-declaration.js';
import { printReport, type ReportOptions } from './commands/print-report.js';
import { withRegistry, type Work } from './commands/with-registry.js';
import { changelogFeed } from './changelog/atom.js';
import { CHANGELOG_TITLE } from './changelog/entry.js';
import { changelogMarkdown } from './changelog/markdown.js';
import { composeThreads } from './composition/compose-apart.js';
import { registryConfig } from './config.js';
import { RegistryRefusal } from './domain/registry-refusal.js';
import type { Published } from './usecases/publishing.js';
import type { UseFilter } from './usecases/reading.js';

const HISTORY = 20;
const DAYS = 7;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const sayJson = (value: unknown): void => say(JSON.stringify(value, null, 2));

interface Source extends ReportOptions {
  readonly file?: string;
  readonly url?: string;
}
interface Saying {
  readonly reason: string;
  readonly commit?: string;
  readonly force?: boolean;
}

const number = (text: string): number => {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('must be a whole number above 0.');
};

const withSource = (command: Command): Command =>
  command
    .argument('<department>', 'its name in the graph')
    .option('--file <file>', 'its schema; without it subgraphs/<department>/schema.graphql')
    .option('--url <address>', 'where it is asked; without it as its department.json says');
const withReport = (command: Command): Command =>
  command
    .option('--json', 'print the report for programs')
    .option('--markdown <file>', 'write the report as a comment too');
const withReason = (command: Command): Command => command.requiredOption('--reason <text>', 'why; it is kept');
const withSaying = (command: Command): Command =>
  withReason(command)
    .option('--commit <name>', 'the commit that the schema was made from')
    .option('--force', 'an administrator insists although the check refuses');

/** Runs what a check may refuse, and prints the report of a refusal. */
async function refusedWithReport(
  filed: FiledProposal | null,
  options: ReportOptions,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof RegistryRefusal) || error.report === null) throw error;
    printReport(error.report, filed, options);
    process.stderr.write(`${error.message}\n`);
  }
}

/** Runs what publishes, and says what came of it. */
const published = (
  filed: FiledProposal | null,
  options: ReportOptions,
  work: () => Promise<Published>,
): Promise<void> =>
  refusedWithReport(filed, options, async () => {
    const { publication, report, isRepeat } = await work();
    printReport({ ...report, ok: true }, filed, options);
    if (options.json === true) return;
    say(
      isRepeat
        ? `${publication.department} is published like this already, with publication ${publication.number}.`
        : `Publication ${publication.number}.`,
    );
  });

const config = registryConfig();
/** For commands that compose: the libraries for it are loaded while the database is reached. */
const withComposing = <Result>(work: Work<Result>): Promise<Result> =>
  withRegistry(config, work, composeThreads({ isAhead: true }).compose);
const program = new Command('npm run schema --')
  .description('The schema registry: departments check, publish and take back their schemas.')
  .showHelpAfterError('(--help lists the commands)')
  .exitOverride();

program
  .command('begin')
  .description('publishes all departments of this repository into an empty registry')
  .requiredOption('--reason <text>', 'why; it is kept')
  .option('--commit <name>', 'the commit that the schemas were made from')
  .action(async (saying: Saying) =>
    withComposing(async (registry, actor) => {
      const [first] = filedProposals();
      try {
        const publications = await registry.begin(actor, filedProposals(), saying);
        for (const publication of publications) say(`Publication ${publication.number}: ${publication.department}.`);
      } catch (error) {
        if (!(error instanceof RegistryRefusal) || error.report === null || first === undefined) throw error;
        printReport(error.report, null, {});
      }
    }),
  );
withReport(withSource(program.command('check')))
  .description('says what a schema would change and whom it would break; publishes nothing')
  .action(async (department: string, source: Source) =>
    withComposing(async (registry, actor) => {
      const filed = filedProposal(department, source);
      printReport(await registry.check(actor, filed), filed, source);
    }),
  );
withSaying(withReport(withSource(program.command('publish'))))
  .description('puts a schema into the graph')
  .action(async (department: string, options: Source & Saying) =>
    withComposing(async (registry, actor) => {
      const filed = filedProposal(department, options);
      await published(filed, options, () => registry.publish(actor, filed, options));
    }),
  );
withSaying(withReport(program.command('rollback')))
  .argument('<publication>', 'number of the publication whose schema is published again', number)
  .description("takes a department's schema back to an earlier publication")
  .action(async (to: number, options: Saying & ReportOptions) =>
    withComposing((registry, actor) => published(null, options, () => registry.rollback(actor, to, options))),
  );
withSaying(withReport(program.command('retire')))
  .argument('<department>', 'its name in the graph')
  .description('takes a department out of the graph; lists who uses and needs it')
  .action(async (department: string, options: Saying & ReportOptions) =>
    withComposing((registry, actor) => published(null, options, () => registry.retire(actor, department, options))),
  );
program
  .command('approve')
  .argument('<change>', 'the 16 digits behind the change in a report')
  .requiredOption('--reason <text>', 'why; it is kept')
  .description('lets one change come although it is used')
  .action(async (change: string, saying: Saying) =>
    withRegistry(config, async (registry, actor) => {
      await registry.approve(actor, change, saying);
      say(`${change} is approved.`);
    }),
  );
withReason(withReport(withSource(program.command('draft'))))
  .option('--label <label>', 'tells drafts of a department apart', 'next')
  .description('puts a schema into a graph of its own, for requests with the header x-graph-draft')
  .action(async (department: string, options: Source & Saying & { label: string }) =>
    withComposing(async (registry, actor) => {
      const filed = filedProposal(department, options);
      await refusedWithReport(filed, options, async () => {
        const { draft, report } = await registry.draft(actor, { ...filed, label: options.label }, options);
        printReport({ ...report, ok: true }, filed, options);
        if (options.json !== true) say(`Draft ${draft._id}, until ${draft.expiresAt.toISOString()}.`);
      });
    }),
  );
program
  .command('drafts')
  .option('--json', 'for programs')
  .description('lists the drafts that requests can ask for')
  .action(async ({ json }: ReportOptions) =>
    withRegistry(config, async (registry, actor) => {
      const drafts = await registry.drafts(actor);
      if (json === true) sayJson(drafts);
      else
        for (const { _id, base, fault, author, reason, expiresAt } of drafts)
          say(
            `${_id}\tover ${base}\t${author}\t${reason}\tuntil ${expiresAt.toISOString()}\t${fault ?? 'can be served'}`,
          );
    }),
  );
program
  .command('withdraw')
  .argument('<draft>', 'its name, as in cases/next')
  .description('takes a draft away before it ends by itself')
  .action(async (name: string) =>
    withRegistry(config, async (registry, actor) => {
      await registry.withdraw(actor, name);
      say(`${name} is withdrawn.`);
    }),
  );
program
  .command('declare')
  .argument('<department>', 'its name in the graph')
  .option(
    '--file <file>',
    'JSON: [{ "coordinate": "Enterprise.scale", "name": "policy …" }]; without it standard input',
  )
  .description('says what of a department would stop with fields of the graph, in place of what it said before')
  .action(async (department: string, { file }: { file?: string }) =>
    withRegistry(config, async (registry, actor) => {
      const kept = await registry.declare(actor, department, readDeclaration(file));
      say(`${department} needs ${kept} things of the graph.`);
    }),
  );
program
  .command('dependants')
  .option('--department <name>', 'as one department declares')
  .option('--json', 'for programs')
  .description('lists what would stop with fields of the graph, as departments declare')
  .action(async ({ json, ...wanted }: { department?: string; json?: boolean }) =>
    withRegistry(config, async (registry, actor) => {
      const dependants = await registry.dependants(actor, wanted);
      if (json === true) sayJson(dependants);
      else for (const { coordinate, name, department } of dependants) say(`${coordinate}\t${name}\t${department}`);
    }),
  );
program
  .command('changelog')
  .option('--limit <number>', 'how many publications', number, HISTORY)
  .addOption(new Option('--format <format>', 'for whom').choices(['markdown', 'atom', 'json']).default('markdown'))
  .option('--url <address>', 'where the feed is published; its entries are known by it', 'urn:zhitong:changelog')
  .description('tells what was published: what changed, when, by whom, why and by whose decision')
  .action(async ({ limit, format, url }: { limit: number; format: 'markdown' | 'atom' | 'json'; url: string }) =>
    withRegistry(config, async (registry, actor) => {
      const entries = await registry.changelog(actor, { limit });
      if (format === 'json') sayJson(entries);
      else if (format === 'markdown') process.stdout.write(changelogMarkdown(entries, CHANGELOG_TITLE));
      else process.stdout.write(changelogFeed(entries, { title: CHANGELOG_TITLE, url, since: systemClock.now() }));
    }),
  );
program
  .command('history')
  .option('--department <name>', 'of one department')
  .option('--limit <number>', 'how many, the newest first', number, HISTORY)
  .option('--json', 'for programs')
  .description('lists publications: number, day, department, author, reason')
  .action(async ({ json, ...wanted }: { department?: string; limit: number; json?: boolean }) =>
    withRegistry(config, async (registry, actor) => {
      const publications = await registry.history(actor, wanted);
      if (json === true) sayJson(publications);
      else
        for (const { number: at, department, kind, author, reason, at: moment, forced, changes } of publications)
          say(
            `${at}\t${moment.toISOString()}\t${kind}${forced ? ' (forced)' : ''}\t${department}\t${author.sub}\t${reason}\t${changes.length} changes`,
          );
    }),
  );
program
  .command('show')
  .argument('<publication>', 'its number', number)
  .description("prints a publication's schema")
  .action(async (at: number) =>
    withRegistry(config, async (registry, actor) =>
      say((await registry.show(actor, at)).sdl ?? '# The department left the graph.'),
    ),
  );
program
  .command('diff')
  .argument('<from>', 'number of a publication', number)
  .argument('<to>', 'number of a later one', number)
  .option('--json', 'for programs')
  .description('what lies between two publications, of the whole graph')
  .action(async (from: number, to: number, { json }: ReportOptions) =>
    withRegistry(config, async (registry, actor) => {
      const changes = await registry.between(actor, from, to);
      if (json === true) sayJson(changes);
      else for (const { severity, message } of changes) say(`${severity.toLowerCase()}: ${message}`);
    }),
  );
program
  .command('usage')
  .argument('<department>', 'its name in the graph')
  .option('--days <number>', 'up to today', number, DAYS)
  .addOption(
    new Option('--show <which>', 'which fields').choices(['ALL', 'UNUSED', 'DEPRECATED_IN_USE']).default('ALL'),
  )
  .option('--json', 'for programs')
  .description('who uses the fields that a department defines, and which nobody uses')
  .action(async (department: string, { days, show, json }: { days: number; show: UseFilter; json?: boolean }) =>
    withRegistry(config, async (registry, actor) => {
      const fields = await registry.usage(actor, department, { days, filter: show });
      if (json === true) sayJson(fields);
      else for (const field of fields) say(fieldUseText(field));
    }),
  );
await runCli(program);
