import { readFileSync } from 'node:fs';
import SequencerModule from '@jest/test-sequencer';

const Sequencer = SequencerModule.default ?? SequencerModule;
/** A whole hub, and many questions to it. */
const ONE_HUB = /^import '\.\/(?:journeys|contract)\.js'/m;
/** A whole hub. */
const HUB = /\bstart(?:Loaded)?Hub\(/;
/**
 * Processes of its own, tests that are given more than the usual minute, every mutation as every caller, or a
 * simulation.
 */
const LONG =
  /node:child_process|jest\.setTimeout\(|[,(] \d{3}_000\)|SECONDS\)|describeWriteRights\(|runAndKill\(|simulatedCity\(|_STEPS'\]/;

/**
 * The longest files first, so that no worker is left alone with one at the end. Jest orders by how long a file took the
 * last time; on a fresh clone it knows nothing of that and would order by size, though what takes time is what a file
 * starts.
 */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const weights = new Map(tests.map((test) => [test, this.time(test) === undefined ? weightOf(test.path) : 0]));
    return super.sort([...tests]).sort((a, b) => weights.get(b) - weights.get(a));
  }
}

function weightOf(file) {
  const source = readFileSync(file, 'utf8');
  return ONE_HUB.test(source) ? 3 : HUB.test(source) ? 2 : LONG.test(source) ? 1 : 0;
}
