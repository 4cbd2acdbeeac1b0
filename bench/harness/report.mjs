// Keeps what was measured in results/ and writes RESULTS.md of it.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { GOALS } from './goals.mjs';
import { DEPARTMENTS, ROOT } from './hub.mjs';
import { pagesSection } from './pages-section.mjs';
import { registrySection } from './registry-section.mjs';
import { number, spreadText, table } from './tables.mjs';
import { writersSection } from './writers-section.mjs';

const BENCH = path.join(ROOT, 'bench');
const RESULTS = path.join(BENCH, 'results');

/** Keeps one benchmark's result with where it was measured. */
export function keepResult(name, result, where) {
  writeFileSync(path.join(RESULTS, `${name}.json`), `${JSON.stringify({ where, result }, null, 1)}\n`);
}

/** Every kept result, by benchmark. */
export function keptResults() {
  return Object.fromEntries(
    readdirSync(RESULTS)
      .filter((file) => file.endsWith('.json'))
      .map((file) => [file.replace('.json', ''), JSON.parse(readFileSync(path.join(RESULTS, file), 'utf8'))]),
  );
}

/** Writes RESULTS.md from what is kept and from the analysis, which people write. */
export function writeReport() {
  const kept = keptResults();
  const parts = [
    '# Results',
    'Written by the harness (`npm run bench -- all`); the section “What bounds it” comes from `analysis.md`. Medians of the rounds with (smallest–largest). See [README.md](README.md) for what each baseline is and how to repeat a figure.',
    circumstancesOf(kept),
    goalsOf(kept),
  ];
  for (const operation of ['flagship', 'list'])
    if (kept[operation] !== undefined) parts.push(operationSection(operation, kept[operation].result));
  if (kept.matching !== undefined) parts.push(matchingSection(kept.matching.result));
  if (kept.memory !== undefined) parts.push(memorySection(kept.memory.result));
  if (kept.audit !== undefined) parts.push(auditSection(kept.audit.result));
  if (kept.writers !== undefined) parts.push(writersSection(kept.writers.result));
  if (kept.statistics !== undefined) parts.push(statisticsSection(kept.statistics.result));
  if (kept.search !== undefined) parts.push(searchSection(kept.search.result));
  if (kept.registry !== undefined) parts.push(registrySection(kept.registry.result));
  if (kept.pages !== undefined) parts.push(pagesSection(kept.pages.result));
  if (kept.connect !== undefined) parts.push(connectSection(kept.connect.result));
  if (kept.import !== undefined || kept.start !== undefined || kept.slow !== undefined) parts.push(otherSection(kept));
  if (kept.against !== undefined) parts.push(againstSection(kept.against.result));
  if (kept.executor !== undefined) parts.push(executorSection(kept.executor.result));
  if (kept.profile !== undefined) parts.push(profileSection(kept.profile.result));
  const analysis = path.join(BENCH, 'analysis.md');
  if (existsSync(analysis)) parts.push(readFileSync(analysis, 'utf8').trim());
  writeFileSync(path.join(BENCH, 'RESULTS.md'), `${parts.join('\n\n')}\n`);
}

function circumstancesOf(kept) {
  const rows = Object.entries(kept).map(([name, { where }]) => [
    name,
    where.date,
    where.commit,
    where.machine,
    where.loadBefore,
  ]);
  const newest = Object.values(kept).toSorted((a, b) => (a.where.date < b.where.date ? 1 : -1))[0]?.where;
  if (newest === undefined) return 'Nothing has been measured yet.';
  const versions = Object.entries(newest.versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
  return `## Where and when\n\nNode ${newest.node}; mongod ${newest.mongod}. MongoDB, every process and the client share the cores, so requests/s is about one over the CPU time of all of them. Our gateway plans with the query planner of @apollo/gateway ${newest.ownGateway}; the peers: ${versions}.\n\n${table(['benchmark', 'date (UTC)', 'commit', 'machine', 'load average before'], rows)}`;
}

function goalsOf(kept) {
  const rows = GOALS.map(({ work, goal, of, figure, reached, unit }) => {
    const value = kept[of] === undefined ? undefined : figure(kept[of].result);
    if (value === undefined || value === null) return [work, goal, '–', 'not measured'];
    return [work, goal, `${number(value)} ${unit}`.trim(), reached(value) ? 'reached' : '**not reached**'];
  });
  return `## Goals\n\n${table(['work', 'goal', 'measured', ''], rows)}`;
}

const TITLES = { flagship: 'Flagship: one enterprise, four departments', list: 'List of 50 enterprises' };
const CONTENDERS = {
  floor: 'floor',
  'floor-reading-facts': 'floor that reads the facts each time',
  ours: '**ours**',
  unguarded: 'our data source, no identity and limits',
  'hive-rust': 'Hive Gateway, Rust planner',
  'hive-js': 'Hive Gateway, JavaScript planner',
  stock: 'stock gateway',
};
const CPU_COLUMNS = ['gateway', ...DEPARTMENTS, 'mongod', 'client', 'total'];

function operationSection(operation, { contenders, requests, seconds, failures, commands, memory, ...ratios }) {
  const rows = Object.entries(contenders).map(([name, { rps, p50, p99, cpu }]) => [
    CONTENDERS[name] ?? name,
    spreadText(rps),
    spreadText(p50),
    spreadText(p99),
    ...CPU_COLUMNS.map((column) => (cpu[column] === undefined ? '' : number(cpu[column].median))),
  ]);
  const against = [
    ['floor', ratios.vsFloor],
    [CONTENDERS['floor-reading-facts'], ratios.vsFloorReadingFacts],
    ['stock gateway', ratios.vsStock],
    ['Hive Gateway, Rust planner', ratios.vsHiveRust],
    ['Hive Gateway, JavaScript planner', ratios.vsHiveJs],
    ['our data source alone', ratios.vsUnguarded],
  ]
    .filter(([, ratio]) => ratio !== null && ratio !== undefined)
    .map(([name, ratio]) => `${name} ${spreadText(ratio)}`);
  const failed = Object.entries(failures).map(
    ([name, why]) => `- ${CONTENDERS[name] ?? name} was not measured: ${why}`,
  );
  const kinds = Object.entries(commands.kinds)
    .map(([kind, count]) => `${number(count)} ${kind}`)
    .join(', ');
  return [
    `## ${TITLES[operation]}`,
    `${requests} different requests, 32 keep-alive connections, each in its own order, ${seconds} s a round. The columns from “gateway” on are CPU milliseconds per request of each process.`,
    table(['', 'requests/s', 'p50 ms', 'p99 ms', ...CPU_COLUMNS], rows),
    `Ours as a multiple of: ${against.join('; ')}.`,
    ...(failed.length > 0 ? [failed.join('\n')] : []),
    `Commands to MongoDB per request: ${number(commands.perRequest)} (${kinds}). Requests of the gateway to departments: ${Object.entries(
      commands.departmentRequests,
    )
      .map(([name, count]) => `${name} ${number(count)}`)
      .join(', ')}.`,
    ...(memory === undefined
      ? []
      : [
          `Memory of all our processes after it: ${number(memory.ours)} MiB, with MongoDB ${number(memory.withMongo)} MiB.`,
        ]),
  ].join('\n\n');
}

function matchingSection(result) {
  const rows = [
    [
      'ours, three-valued, over the columns in which the department holds the city',
      spreadText(result.secondsCommon, 1000),
      `${result.enterprises}`,
      '',
    ],
    [
      'ours, making the columns from objects first',
      spreadText(result.secondsFromObjects, 1000),
      `${result.enterprises}`,
      `${spreadText(result.vsSiftFromObjects)} times faster than sift`,
    ],
    ['ours, one enterprise after the other', spreadText(result.secondsSingly, 1000), `${result.enterprises}`, ''],
    [
      'sift, two-valued',
      spreadText(result.secondsSift, 1000),
      `${result.enterprises}`,
      `ours ${spreadText(result.vsSift)} times faster`,
    ],
    [
      'MongoDB, one query per policy, two-valued',
      spreadText(result.secondsMongo, 1000),
      `${result.enterprises}`,
      `ours ${spreadText(result.vsMongo)} times faster`,
    ],
    [
      'json-rules-engine, two-valued',
      spreadText(result.secondsRulesSample, 1000),
      `${result.sample}`,
      `ours ${spreadText(result.vsJsonRulesEngine)} times faster on the same share`,
    ],
  ];
  const { changedEnterpriseMicroseconds: changed, reasonsMicroseconds: reasons, preview, run } = result;
  return [
    '## Matching',
    `${result.policies} policies that apply today, of which ${result.expressible} can be said in every engine; the engines were compared pair by pair before.`,
    table(['engine', 'milliseconds', 'enterprises', ''], rows),
    `One changed enterprise against all policies, with amounts and differences, in memory: median ${number(changed.median)} µs, p99 ${number(changed.p99)} µs. Reasons of one pair: median ${number(reasons.median)} µs, p99 ${number(reasons.p99)} µs. Preview with funnel and cost through the graph: ${spreadText(preview.milliseconds)} ms; the same counts by queries: ${spreadText(preview.byQueriesMilliseconds)} ms.`,
    ...(run === null || run === undefined
      ? []
      : [
          `Run end to end by the department's command (starts a process, reads the facts of the city through the graph, matches, stores): ${number(run.fullSeconds)} s; again with nothing changed: ${number(run.againSeconds)} s.`,
        ]),
  ].join('\n\n');
}

function memorySection({ small, large, growth }) {
  const row = ({ enterprises, peakMiB, seconds }) => [
    enterprises.toLocaleString('en'),
    number(peakMiB),
    number(seconds),
  ];
  return [
    '## Memory of a matching run',
    "The department's command `match` in a process of its own, everything matched and stored for the first time; facts without their days.",
    table(['enterprises', 'peak memory (RSS) MiB', 'seconds'], [row(small), row(large)]),
    `The larger city takes ${number(growth)} times the memory.`,
  ].join('\n\n');
}

function auditSection({
  entries,
  tunedSeconds,
  oursSeconds,
  allSeconds,
  oursPastSeconds,
  slowerThanTuned,
  allSlowerThanTuned,
  slowerThanTunedPast,
  checkpoint,
  running,
}) {
  const rows = [
    ['one tuned aggregation, as of today', spreadText(tunedSeconds), ''],
    ['ours, as of today', spreadText(oursSeconds), `${spreadText(slowerThanTuned)} times as long`],
    ...(allSeconds === undefined
      ? []
      : [
          [
            'ours, with ageing, punctuality and missing documents besides',
            spreadText(allSeconds),
            `${spreadText(allSlowerThanTuned)} times as long`,
          ],
        ]),
    [
      'ours, as of 400 days ago',
      spreadText(oursPastSeconds),
      `${spreadText(slowerThanTunedPast)} times as long as the tuned one as of that day`,
    ],
    ...(checkpoint === null
      ? []
      : [
          [
            `ours, with a checkpoint of ${checkpoint.on}`,
            spreadText(checkpoint.seconds),
            `${spreadText(checkpoint.fasterThanTuned)} times faster than the tuned one, ${spreadText(checkpoint.fasterThanWithout)} times faster than ours without; made in ${number(checkpoint.secondsToMake)} s`,
          ],
        ]),
    ...(running
      ? [
          [
            'ours without a checkpoint, from figures that run along, as of today',
            spreadText(running.seconds),
            `${spreadText(running.fasterThanWithout)} times faster than ours from all entries; made in ${number(running.secondsToMake)} s at the first start`,
          ],
          [
            'the same as of 400 days ago',
            spreadText(running.pastSeconds),
            `${spreadText(running.pastFasterThanWithout)} times faster than ours from all entries`,
          ],
        ]
      : []),
    ...(checkpoint?.allSeconds === undefined
      ? []
      : [
          [
            'with it, all figures',
            spreadText(checkpoint.allSeconds),
            `${spreadText(checkpoint.allFasterThanWithout)} times faster than all figures without`,
          ],
        ]),
  ];
  return `## Audit over ${entries.toLocaleString('en')} ledger entries\n\n${table(['', 'seconds', ''], rows)}${checkpoint === null ? '\n\nThe department keeps no checkpoints yet.' : ''}`;
}

function statisticsSection({ sizes }) {
  const rows = [
    ...Object.keys(sizes[0].figureSeconds).map((name) => [
      `figures: ${name}`,
      ...sizes.map(({ figureSeconds }) => spreadText(figureSeconds[name])),
    ]),
    ...Object.keys(sizes[0].publishSeconds).map((name) => [
      `published: ${name}`,
      ...sizes.map(({ publishSeconds }) => number(publishSeconds[name])),
    ]),
    [
      'a day’s round of the overdue job',
      ...sizes.map(({ overdue }) => `${spreadText(overdue.seconds)}, ${overdue.escalated.join(', ')} cases noted`),
    ],
    [
      'its first round',
      ...sizes.map(({ overdue }) => `${number(overdue.backlogSeconds)}, ${overdue.backlog} cases noted`),
    ],
  ];
  const head = sizes.map(
    ({ cases, keptRows }) => `${cases.toLocaleString('en')} cases, ${keptRows.toLocaleString('en')} kept rows`,
  );
  return `## Figures of two years of cases\n\n${table(['seconds', ...head], rows)}`;
}

function searchSection({ enterprises, kinds, memory }) {
  const rows = kinds.map(({ kind, text, found, p50Ms, p95Ms }) => [
    `${kind}: ${text}`,
    String(found),
    spreadText(p50Ms),
    spreadText(p95Ms),
  ]);
  return [
    '## Search',
    `The first page of 20 in a register of ${enterprises.toLocaleString('en')}, asked of the department's store. Process ${number(memory.processMiB)} MiB, MongoDB ${number(memory.databaseMiB)} MiB; records ${number(memory.recordsMiB)} MiB, indexes ${number(memory.indexesMiB)} MiB, of them for searching ${number(memory.searchIndexesMiB)} MiB.`,
    table(['text', 'on the page', 'median ms', '95 % within ms'], rows),
  ].join('\n\n');
}

function connectSection(result) {
  const { enterprises, rowsPerSecond, rowsPerSecondAgain, floorRowsPerSecond, parseRowsPerSecond, vsBulkWrite } =
    result;
  const rows = [
    ['first run, from the file to events', spreadText(rowsPerSecond)],
    ['second run, nothing has changed', spreadText(rowsPerSecondAgain)],
    ['bulkWrite of the same documents, same indexes', spreadText(floorRowsPerSecond)],
    ['decoding and csv-parse alone', spreadText(parseRowsPerSecond)],
  ];
  return [
    '## A register by connector',
    `${enterprises} enterprises from a CSV file in GB18030 by the department's command, its start included. The first run is ${spreadText(vsBulkWrite)} times as fast as bulkWrite; a run that was killed in the middle and gone on with left the same. Peak memory ${spreadText(result.peakMiB)} MiB.`,
    table(['', 'rows/s'], rows),
  ].join('\n\n');
}

function otherSection({ import: imported, start, slow }) {
  const lines = [];
  if (imported !== undefined)
    lines.push(
      `- Importing the collected policies by the department's command, its start included: ${spreadText(imported.result.seconds)} s (“${imported.result.said}”); again with nothing to do: ${spreadText(imported.result.secondsAgain)} s.`,
    );
  if (start !== undefined) {
    const { secondsToReady, memoryMiB, memoryWithMongoMiB, perProcessMiB } = start.result;
    lines.push(
      `- Start with the city in place until ready: ${spreadText(secondsToReady)} s. Memory (PSS) then: ${spreadText(memoryMiB)} MiB, with MongoDB ${spreadText(memoryWithMongoMiB)} MiB (${Object.entries(
        perProcessMiB,
      )
        .map(([name, mib]) => `${name} ${number(mib)}`)
        .join(', ')}).`,
    );
  }
  if (slow !== undefined)
    lines.push(
      `- One department that takes 1 s for every answer, 64 connections waiting for it: operations that do not need it ${spreadText(slow.result.besideSlow)} requests/s, alone ${spreadText(slow.result.alone)}; kept ${spreadText(slow.result.kept)}.`,
    );
  return `## Import, start, a slow department\n\n${lines.join('\n')}`;
}

function againstSection({ against, ...operations }) {
  const names = { now: 'now', then: against };
  const rows = Object.entries(operations).flatMap(([operation, measured]) =>
    Object.entries(names).map(([key, name]) => {
      const { rps, p50, p99, cpu } = measured[key];
      return [
        operation,
        name,
        spreadText(rps),
        spreadText(p50),
        spreadText(p99),
        ...CPU_COLUMNS.map((column) => (cpu[column] === undefined ? '' : number(cpu[column].median))),
      ];
    }),
  );
  const ratios = Object.entries(operations).map(
    ([operation, { cpuRatio, equal, compared }]) =>
      `${operation} ${spreadText(cpuRatio)} (${equal} of ${compared} answers equal, cursors apart)`,
  );
  return [
    `## Against ${against}`,
    'The whole hub and the whole hub at that commit, each over its own copy of the demo city, in turns. CPU in milliseconds a request.',
    table(['operation', 'hub', 'requests/s', 'p50 ms', 'p99 ms', ...CPU_COLUMNS], rows),
    `CPU time of a request without the client, now over then, round by round: ${ratios.join('; ')}.`,
  ].join('\n\n');
}

function executorSection({ against, ...operations }) {
  const rows = Object.entries(operations).map(([operation, { cpuMs, ratio, exchanges, equal, compared }]) => [
    operation,
    spreadText(cpuMs.now),
    spreadText(cpuMs.then),
    spreadText(ratio),
    `${exchanges.now} / ${exchanges.then}`,
    `${equal} of ${compared}`,
  ]);
  return [
    `## The executor against ${against}`,
    'The executor of query plans alone, in turns in one process, over recorded answers of the departments. CPU in milliseconds an execution.',
    table(['operation', 'now', 'then', 'now over then', 'exchanges now / then', 'equal answers'], rows),
  ].join('\n\n');
}

function profileSection(profiles) {
  const sections = Object.entries(profiles).map(([name, { byOrigin, top }]) =>
    [
      `### ${name}`,
      table(
        ['share of busy time', 'where'],
        byOrigin.map(({ share, origin }) => [`${(share * 100).toFixed(1)} %`, origin]),
      ),
      `Functions: ${top.map(({ share, name: called }) => `${called} ${(share * 100).toFixed(1)} %`).join('; ')}.`,
    ].join('\n\n'),
  );
  return `## Profiles\n\nSelf time under load (\`--cpu-prof\`), idle time left out.\n\n${sections.join('\n\n')}`;
}
