import { readFileSync } from 'node:fs';

const NOTICED = new Set(['Killed', 'Timeout', 'RuntimeError']);
const COUNTED = new Set([...NOTICED, 'Survived', 'NoCoverage']);

/** The mutants of one report that count (neither excluded with a reason nor outside the sample), each with its file. */
export function countedMutants(reportFile) {
  const { files } = JSON.parse(readFileSync(reportFile, 'utf8'));
  return Object.entries(files).flatMap(([file, { mutants, source }]) =>
    mutants
      .filter(({ status }) => COUNTED.has(status))
      .map((mutant) => ({ ...mutant, file, source, noticed: NOTICED.has(mutant.status) })),
  );
}

/** How many of some mutants a test noticed, and the share in per cent with one decimal, rounded down. */
export function scoreOf(mutants) {
  const noticed = mutants.filter((mutant) => mutant.noticed).length;
  return {
    noticed,
    of: mutants.length,
    percent: mutants.length === 0 ? null : Math.floor((noticed * 1000) / mutants.length) / 10,
  };
}

/** How many changes a part has in all, tried or not: what its sample stands for. */
export function populationOf(reportFile) {
  const { files } = JSON.parse(readFileSync(reportFile, 'utf8'));
  return Object.values(files).reduce(
    (sum, { mutants }) => sum + mutants.filter(({ status }) => status !== 'Ignored').length,
    0,
  );
}

/**
 * The score of several parts together, each weighed by its population: samples of equal size stand for parts of unequal
 * size.
 */
export function weighedPercent(parts) {
  const tried = parts.filter(({ score }) => score.percent !== null);
  const population = tried.reduce((sum, part) => sum + part.population, 0);
  if (population === 0) return null;
  return (
    Math.floor(
      (tried.reduce((sum, { score, population: size }) => sum + (score.noticed / score.of) * size, 0) * 1000) /
        population,
    ) / 10
  );
}

/** One line of the table: a name, noticed/of and the share. */
export const scoreLine = (name, { noticed, of, percent }) =>
  `${name.padEnd(60)} ${`${noticed}/${of}`.padStart(11)} ${(percent === null ? 'none' : `${percent.toFixed(1)} %`).padStart(8)}`;

/**
 * The lines of a part's files, the one with the most unnoticed mutants first, so that work starts where it helps most.
 */
export function fileLines(mutants) {
  return [...grouped(mutants)]
    .map(([file, list]) => ({ file, score: scoreOf(list) }))
    .sort((a, b) => b.score.of - b.score.noticed - (a.score.of - a.score.noticed))
    .map(({ file, score }) => scoreLine(`  ${file.replace(/^.*\/src\//, '')}`, score));
}

function grouped(mutants) {
  const byFile = new Map();
  for (const mutant of mutants) byFile.set(mutant.file, [...(byFile.get(mutant.file) ?? []), mutant]);
  return byFile;
}

/** Each mutant that no test noticed: place, kind, what stood there and what replaced it. */
export const survivorLines = (mutants) =>
  mutants
    .filter(({ noticed }) => !noticed)
    .map(({ file, location: { start, end }, mutatorName, replacement, status, source }) => {
      const lines = source.split('\n');
      const original =
        start.line === end.line
          ? lines[start.line - 1].slice(start.column - 1, end.column - 1)
          : `${lines[start.line - 1].slice(start.column - 1)} …`;
      return `${file}:${start.line}:${start.column} ${status === 'NoCoverage' ? 'NoCoverage ' : ''}${mutatorName}: ${original.trim()} → ${replacement.replace(/\s+/g, ' ')}`;
    });
