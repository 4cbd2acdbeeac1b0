// npm run mutation -- [--department cases,credit] [--sample N] [--seed S] [--files a.ts,b.ts] [--concurrency N]
// [--survivors]
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { PARTS } from './parts.mjs';
import { REPORTS, strykerSettings } from './settings.mjs';
import {
  countedMutants,
  fileLines,
  populationOf,
  scoreLine,
  scoreOf,
  survivorLines,
  weighedPercent,
} from './summary.mjs';

/** The common score below which the departments' rules count as not held by tests, in per cent. */
const FLOOR = 85;

function readArguments() {
  const { values } = parseArgs({
    options: {
      department: { type: 'string', default: Object.keys(PARTS).join(',') },
      sample: { type: 'string' },
      seed: { type: 'string', default: '1' },
      files: { type: 'string' },
      concurrency: { type: 'string', default: '2' },
      survivors: { type: 'boolean', default: false },
    },
  });
  const names = values.department.split(',');
  const unknown = names.find((name) => !(name in PARTS));
  if (unknown !== undefined) throw new Error(`--department is ${unknown}; known are ${Object.keys(PARTS).join(', ')}.`);
  const counted = (option) => {
    if (values[option] === undefined) return undefined;
    const value = Number(values[option]);
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`--${option} is ${values[option]}; give a whole number from 1 on.`);
    return value;
  };
  return {
    names,
    sample: counted('sample'),
    seed: values.seed,
    files: values.files?.split(','),
    concurrency: counted('concurrency'),
    survivors: values.survivors,
  };
}

async function checkPart(name, options) {
  try {
    await new Stryker(strykerSettings(name, PARTS[name], options)).runMutationTest();
  } finally {
    // Its own place only: another run may be busy beside this one.
    rmSync(path.join('.stryker-tmp', name), { recursive: true, force: true });
  }
  return countedMutants(path.join(REPORTS, `${name}.json`));
}

process.chdir(path.resolve(import.meta.dirname, '..'));
const { names, survivors, ...options } = readArguments();
mkdirSync(REPORTS, { recursive: true });
const domain = [];
for (const name of names) {
  const mutants = await checkPart(name, options);
  console.log([scoreLine(name, scoreOf(mutants)), ...fileLines(mutants)].join('\n'));
  const unnoticed = survivorLines(mutants);
  writeFileSync(path.join(REPORTS, `${name}-survivors.txt`), `${unnoticed.join('\n')}\n`);
  if (survivors) console.log(unnoticed.join('\n'));
  if (PARTS[name].domain)
    domain.push({ score: scoreOf(mutants), population: populationOf(path.join(REPORTS, `${name}.json`)) });
}
const percent = weighedPercent(domain);
if (percent !== null) {
  console.log(`domain/ of the departments above, each by its size: ${percent.toFixed(1)} %`);
  if (percent < FLOOR) {
    console.error(`The score is below ${FLOOR} %.`);
    process.exitCode = 1;
  }
}
