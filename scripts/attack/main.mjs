// npm run attack: tries on a hub of this machine what an outsider, an official or an accident could do to it, and
// prints a table of what was tried, how often, and whether it held. Ends with code 1 when something did not hold.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readDepartments } from '../../kit/dist/departments/index.js';
import { startOwnHub } from './hub.mjs';
import { onThisMachine, ROOT, target } from './target.mjs';

const USAGE = `npm run attack -- [--url <graph> --data-dir <folder>] [--operations-url <address>] [--only <name>] [--short]

  --url             graph of a running hub, on this machine only; without it a small hub is started
  --data-dir        data folder of that hub, in which its development keys are (default: .data)
  --operations-url  its operations port
  --only            one attack by name
  --short           fewer of each kind, as in the tests`;
const SHOWN_FAULTS = 3;
const say = (line) => process.stdout.write(`${line}\n`);
const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    'data-dir': { type: 'string', default: process.env.ZHITONG_DATA_DIR ?? '.data' },
    'operations-url': { type: 'string' },
    only: { type: 'string' },
    short: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const departmentUrls = () =>
  Object.fromEntries(
    readDepartments(path.join(ROOT, 'subgraphs')).map(({ name, port, url }) => [
      name,
      url ?? `http://127.0.0.1:${process.env[`${name.toUpperCase()}_PORT`] ?? port}/graphql`,
    ]),
  );

/**
 * Each file in attacks/ is one kind. They run in the order of their files: what looks at the others comes last (`x-` to
 * `z-`).
 */
async function attacks() {
  const folder = path.join(import.meta.dirname, 'attacks');
  const loaded = await Promise.all(
    readdirSync(folder)
      .sort()
      .map(async (file) => import(path.join(folder, file))),
  );
  return loaded.map((module) => module.default).filter(({ name }) => values.only === undefined || name === values.only);
}

async function attack(hub) {
  const aim = await target({ ...hub, short: values.short });
  const rows = [];
  for (const { name, what, run } of await attacks()) {
    const started = performance.now();
    const { tried, faults } = await run(aim);
    const neighbour = await aim.neighbourIsAnswered();
    if (!neighbour) faults.push('afterwards a neighbour was not answered');
    rows.push({ name, what, tried, faults, seconds: ((performance.now() - started) / 1000).toFixed(1) });
    say(`${faults.length === 0 ? 'held' : 'NOT HELD'}  ${name}: ${tried} tries in ${rows.at(-1).seconds} s`);
    for (const fault of faults.slice(0, SHOWN_FAULTS)) say(`          ${fault}`);
    if (faults.length > SHOWN_FAULTS) say(`          and ${faults.length - SHOWN_FAULTS} more`);
  }
  aim.close();
  say('\n| attack | what was tried | tries | held |\n|---|---|---|---|');
  for (const { name, what, tried, faults } of rows)
    say(`| ${name} | ${what} | ${tried} | ${faults.length === 0 ? 'yes' : `NO (${faults.length})`} |`);
  return rows.every(({ faults }) => faults.length === 0);
}

if (values.help) {
  say(USAGE);
} else {
  let own;
  try {
    own = values.url === undefined ? await startOwnHub(say) : undefined;
    const hub = own ?? {
      graph: onThisMachine(values.url),
      dataDir: path.resolve(values['data-dir']),
      operations: values['operations-url'],
      departments: departmentUrls(),
    };
    process.exitCode = (await attack(hub)) ? 0 : 1;
  } catch (error) {
    process.stderr.write(`attack: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    await own?.stop();
  }
}
