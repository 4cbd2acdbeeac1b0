#!/usr/bin/env node
/**
 * Checks that of two published seals the later one continues the earlier one: node check-consistency.mjs SEALS OLD NEW
 * SEALS is a file of seals, one a line as JSON: a witness's memory, or what `npm run credit -- seals` prints. OLD and
 * NEW are the two seals' hashes as they were published. Every seal's hash covers the hash of the seal before it, so the
 * seals between the two are the proof: it cannot be made for a book that was rebuilt or rolled back in between. Needs
 * no network, database or package, and shares no code with the ledger on purpose. Exit 0 when NEW continues OLD, 1 when
 * it does not, 2 for a wrong call.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import process from 'node:process';

/** The hash that a seal's content gives: SHA-256 of its JSON without blanks, keys sorted. */
function hashOf({ no, cutoff, root, treeSize, previousHash }) {
  const covered = { cutoff: new Date(cutoff).toISOString(), no, previousHash, root, treeSize };
  return createHash('sha256').update(JSON.stringify(covered)).digest('hex');
}

/** The way back from NEW to OLD. Throws an Error that names the first thing that is wrong. */
function between(seals, older, newer) {
  const byHash = new Map(seals.map((seal) => [seal.hash, seal]));
  if (!byHash.has(older)) throw new Error('the file does not hold the seal that was published first');
  const way = [];
  for (let hash = newer; ; hash = way.at(-1).previousHash) {
    const seal = byHash.get(hash);
    const next = way.at(-1);
    if (seal === undefined)
      throw new Error(
        next === undefined
          ? 'the file does not hold the seal that was published later'
          : `the seal before seal ${next.no} is not in the file: the later seal continues another book, or a part is missing`,
      );
    if (hashOf(seal) !== seal.hash)
      throw new Error(`seal ${seal.no} does not have the content that its hash was made of`);
    if (next !== undefined && (next.no !== seal.no + 1 || Date.parse(next.cutoff) <= Date.parse(seal.cutoff)))
      throw new Error(`seal ${next.no} does not follow seal ${seal.no} in number and moment`);
    way.push(seal);
    if (hash === older) return way;
    if (seal.no <= byHash.get(older).no)
      throw new Error(`the later seal continues another seal ${byHash.get(older).no} than the one published: a fork`);
  }
}

const HASH = /^[0-9a-f]{64}$/;
const [file, older, newer, ...others] = process.argv.slice(2);
if (file === undefined || !HASH.test(older ?? '') || !HASH.test(newer ?? '') || others.length > 0) {
  process.stderr.write(
    'usage: node check-consistency.mjs SEALS OLD NEW\n  OLD, NEW: published hashes of seals, 64 hexadecimal digits\n',
  );
  process.exit(2);
}
try {
  const seals = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  const way = between(seals, older, newer);
  process.stdout.write(`Seal ${way[0].no} continues seal ${way.at(-1).no}: ${way.length - 1} seals in one chain.\n`);
} catch (error) {
  process.stderr.write(`The seals do not fit: ${error instanceof Error ? error.message : String(error)}.\n`);
  process.exitCode = 1;
}
