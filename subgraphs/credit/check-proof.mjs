#!/usr/bin/env node
/**
 * Checks a proof of what is owed without a database, a network or any package: node check-proof.mjs PROOF.json HASH
 * PROOF.json is a commitment's proof as the department prints it, or the proof of a commitment or a debt that its
 * enterprise reads in the graph (Commitment.proof, Arrear.proof).
 * HASH is the seal's hash as it was published, which binds its number, moment, root and size. With the published root
 * alone the entries are checked, and nothing is said of the day. Exit 0 when the proof holds, 1 when it does not, 2 for
 * a wrong call.
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

/** The field that names a proof's chain, by format. */
const NAMED_BY = { 'zhitong-commitment-proof/1': 'commitmentId', 'zhitong-chain-proof/1': 'chain' };

/** Throws an Error that names the first thing that is wrong; true when the seal's day is bound too. */
function check(proof, published) {
  const naming = NAMED_BY[proof.format];
  if (naming === undefined) throw new Error('this is not a proof of a format that is known here');
  const name = proof[naming];
  let previousHash = '0'.repeat(64);
  proof.entries.forEach((entry, index) => {
    const { hash, ...covered } = entry;
    if (entry[naming] !== name || entry.seq !== index + 1)
      throw new Error(`entry ${index + 1} is missing or in the wrong place`);
    if (entry.previousHash !== previousHash) throw new Error(`entry ${entry.seq} does not follow the one before it`);
    if (sha256(canonical(covered)).toString('hex') !== hash)
      throw new Error(`entry ${entry.seq} does not have the content that its hash was made of`);
    previousHash = hash;
  });
  const { hash: sealHash, ...sealed } = proof.seal;
  if (sha256(canonical(sealed)).toString('hex') !== sealHash)
    throw new Error('the seal does not have the content that its hash was made of');
  if (proof.inclusion.treeSize !== proof.seal.treeSize)
    throw new Error(`the tree has ${proof.inclusion.treeSize} leaves and the seal covers ${proof.seal.treeSize}`);
  const late = proof.entries.find(({ recordedAt }) => recordedAt >= proof.seal.cutoff);
  if (late !== undefined) throw new Error(`entry ${late.seq} was recorded after the moment of the seal`);
  const { leafIndex, treeSize, path } = proof.inclusion;
  // RFC 9162, 2.1.3.2; leaves and nodes are distinguished by their first byte.
  let hash = sha256(Buffer.from([0]), `${name}|${proof.entries.length}|${previousHash}`);
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
  if (sealHash === published) return true;
  if (proof.seal.root === published) return false;
  throw new Error(`neither the seal's hash ${sealHash} nor its root ${proof.seal.root} is the published one`);
}

const [file, published] = process.argv.slice(2);
if (file === undefined || !/^[0-9a-f]{64}$/.test(published ?? '')) {
  process.stderr.write(
    'usage: node check-proof.mjs PROOF.json HASH\n  HASH: the published hash of the seal, 64 hexadecimal digits\n',
  );
  process.exit(2);
}
try {
  const proof = JSON.parse(readFileSync(file, 'utf8'));
  const under = check(proof, published)
    ? `seal ${proof.seal.no} (${proof.seal.cutoff}), whose hash was published`
    : 'the root that was published; of which day it is, only the hash of its seal says';
  process.stdout.write(`${proof[NAMED_BY[proof.format]]}: ${proof.entries.length} entries are under ${under}.\n`);
} catch (error) {
  process.stderr.write(`The proof does not hold: ${error instanceof Error ? error.message : String(error)}.\n`);
  process.exitCode = 1;
}
