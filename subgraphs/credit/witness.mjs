#!/usr/bin/env node
/**
 * A witness of the ledger: node witness.mjs MEMORY [SOURCE]
 * Keeps every seal that it has seen in the file MEMORY, one a line, and refuses a book that says otherwise later.
 * SOURCE is the graph's address or a file of seals (`npm run credit -- seals`); without one, what is kept is checked
 * alone. Needs no database and no package, and shares no code with the ledger on purpose: whoever distrusts the ledger
 * can read all of it here. Exit 0 when all fits together, 1 when it does not, 2 for a wrong call or a silent source.
 */
import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import process from 'node:process';

const PAGE = 1_000;
const GENESIS = '0'.repeat(64);
const QUESTION = `query Seals($after: Int!, $first: Int!) {
  ledgerSeals(after: $after, first: $first) { no cutoff root treeSize: size previousHash hash }
}`;

class NoAnswer extends Error {}

/** The hash that a seal's content gives: SHA-256 of its JSON without blanks, keys sorted. */
function hashOf({ no, cutoff, root, treeSize, previousHash }) {
  const covered = { cutoff: new Date(cutoff).toISOString(), no, previousHash, root, treeSize };
  return createHash('sha256').update(JSON.stringify(covered)).digest('hex');
}

/** Throws an Error that names the first seal that does not follow the one before it. */
function checkAll(seals) {
  seals.forEach((seal, index) => {
    const before = seals[index - 1];
    const no = (before?.no ?? seal.no - 1) + 1;
    if (seal.no !== no) throw new Error(`seal ${no} is missing; the next one is ${seal.no}`);
    if (hashOf(seal) !== seal.hash) throw new Error(`seal ${no} does not have the content that its hash was made of`);
    if (no === 1 && seal.previousHash !== GENESIS) throw new Error('the first seal follows another one');
    if (before === undefined) return;
    if (seal.previousHash !== before.hash) throw new Error(`seal ${no} does not follow seal ${before.no}: a fork`);
    if (Date.parse(seal.cutoff) <= Date.parse(before.cutoff))
      throw new Error(`seal ${no} is of a moment before seal ${before.no}`);
  });
}

const linesOf = (file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** Seals of the graph after a number. */
async function asked(address, after) {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUESTION, variables: { after, first: PAGE } }),
  }).catch((error) => {
    throw new NoAnswer(`${address} does not answer: ${error instanceof Error ? error.message : String(error)}`);
  });
  const { data, errors } = await response.json().catch(() => ({}));
  if (!Array.isArray(data?.ledgerSeals))
    throw new NoAnswer(`${address} answers no seals: ${errors?.[0]?.message ?? `HTTP ${response.status}`}`);
  return data.ledgerSeals;
}

/** Seals of a source from a number on. */
async function seals(source, from) {
  if (!/^https?:/.test(source)) return linesOf(source).filter(({ no }) => no >= from);
  const found = [];
  for (let page = await asked(source, from - 1); page.length > 0; page = await asked(source, found.at(-1).no))
    found.push(...page);
  return found;
}

/** Writes what is new at the end of the memory, and waits until the disk has it. */
function keep(memory, lines) {
  const file = openSync(memory, 'a', 0o600);
  try {
    writeSync(file, lines.map((seal) => `${JSON.stringify(seal)}\n`).join(''));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

async function main([memory, source, ...others]) {
  if (memory === undefined || others.length > 0) {
    process.stderr.write('usage: node witness.mjs MEMORY [SOURCE]\n  SOURCE: http://…/graphql, or a file of seals\n');
    return 2;
  }
  const kept = existsSync(memory) ? linesOf(memory) : [];
  checkAll(kept);
  const newest = kept.at(-1);
  if (source === undefined) {
    process.stdout.write(`${kept.length} seals are kept and follow one another.\n`);
    return 0;
  }
  const shown = await seals(source, newest?.no ?? 1);
  if (newest !== undefined) {
    const again = shown.find(({ no }) => no === newest.no);
    if (again === undefined) throw new Error(`seal ${newest.no}, which was seen before, is there no more: a roll-back`);
    if (again.hash !== newest.hash) throw new Error(`seal ${newest.no} is another one than was seen before: a fork`);
  }
  const fresh = shown.filter(({ no }) => no > (newest?.no ?? 0));
  checkAll([...(newest === undefined ? [] : [newest]), ...fresh]);
  keep(memory, fresh);
  const last = fresh.at(-1) ?? newest;
  process.stdout.write(
    last === undefined
      ? 'There is no seal yet.\n'
      : `${fresh.length} new seals; the newest is ${last.no} (${last.cutoff}) with hash ${last.hash}.\n`,
  );
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const why = error instanceof Error ? error.message : String(error);
  process.stderr.write(error instanceof NoAnswer ? `${why}.\n` : `The book does not hold: ${why}.\n`);
  process.exitCode = error instanceof NoAnswer ? 2 : 1;
}
