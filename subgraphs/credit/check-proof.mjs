#!/usr/bin/env node
/**
 * Checks a commitment's proof without a database, a network or any package: node check-proof.mjs PROOF.json ROOT
 * ROOT is the seal's root as it was published. Exit 0 when the proof holds, 1 when it does not, 2 for a wrong call.
 * It shares no code with the ledger on purpose: whoever distrusts the ledger can read all of it here.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import process from 'node:process';

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

/** JSON without blanks, keys sorted; whole numbers only. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    return `{${Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
      .join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new Error(`${value} is not a whole number`);
  return JSON.stringify(value);
}

/** Throws an Error that names the first thing that is wrong. */
function check(proof, publishedRoot) {
  if (proof.format !== 'zhitong-commitment-proof/1') throw new Error('this is not a commitment proof of format 1');
  let previousHash = '0'.repeat(64);
  proof.entries.forEach((entry, index) => {
    const { hash, ...covered } = entry;
    if (entry.commitmentId !== proof.commitmentId || entry.seq !== index + 1)
      throw new Error(`entry ${index + 1} is missing or in the wrong place`);
    if (entry.previousHash !== previousHash) throw new Error(`entry ${entry.seq} does not follow the one before it`);
    if (sha256(canonical(covered)).toString('hex') !== hash)
      throw new Error(`entry ${entry.seq} does not have the content that its hash was made of`);
    previousHash = hash;
  });
  const { leafIndex, treeSize, path } = proof.inclusion;
  // RFC 9162, 2.1.3.2; leaves and nodes are distinguished by their first byte.
  let hash = sha256(Buffer.from([0]), `${proof.commitmentId}|${proof.entries.length}|${previousHash}`);
  let index = leafIndex;
  let last = treeSize - 1;
  if (!Number.isInteger(index) || index < 0 || index > last) throw new Error('the place in the tree does not exist');
  for (const sibling of path) {
    const other = Buffer.from(sibling, 'hex');
    if (last === 0) throw new Error('the path is longer than the tree is high');
    if (index % 2 === 1 || index === last) {
      hash = sha256(Buffer.from([1]), other, hash);
      while (index % 2 === 0 && index !== 0) [index, last] = [Math.floor(index / 2), Math.floor(last / 2)];
    } else {
      hash = sha256(Buffer.from([1]), hash, other);
    }
    [index, last] = [Math.floor(index / 2), Math.floor(last / 2)];
  }
  if (last !== 0) throw new Error('the path is shorter than the tree is high');
  if (hash.toString('hex') !== proof.seal.root)
    throw new Error('the ledger is not under the root of the seal that the proof names');
  if (proof.seal.root !== publishedRoot) throw new Error(`the seal's root ${proof.seal.root} is not the published one`);
}

const [file, root] = process.argv.slice(2);
if (file === undefined || !/^[0-9a-f]{64}$/.test(root ?? '')) {
  process.stderr.write(
    'usage: node check-proof.mjs PROOF.json ROOT\n  ROOT: the published root, 64 hexadecimal digits\n',
  );
  process.exit(2);
}
try {
  const proof = JSON.parse(readFileSync(file, 'utf8'));
  check(proof, root);
  process.stdout.write(
    `${proof.commitmentId}: ${proof.entries.length} entries are under the root that was published as seal ${proof.seal.no} (${proof.seal.cutoff}).\n`,
  );
} catch (error) {
  process.stderr.write(`The proof does not hold: ${error instanceof Error ? error.message : String(error)}.\n`);
  process.exitCode = 1;
}
