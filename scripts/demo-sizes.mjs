// npm run demo:sizes: makes the demo city's rows of each department in sizes that nobody loads for a test, without a
// database, and looks whether a unique index would refuse one of them. Each department is made in a process of its own,
// as in loading, whose time and memory are told. Ends with code 1 when a key stands twice or a process does not come to
// its end.
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { demoCity, demoEnterprises } from '../demo/dist/index.js';

const USAGE = `npm run demo:sizes -- [--enterprises 100000,200000] [--date YYYY-MM-DD]

  --enterprises  sizes of the city (default: 100000,200000,500000,1000000)
  --date         the day on which it stands (default: 2026-11-20)`;
const say = (line) => process.stdout.write(`${line}\n`);
const { values } = parseArgs({
  options: {
    enterprises: { type: 'string', default: '100000,200000,500000,1000000' },
    date: { type: 'string', default: '2026-11-20' },
    department: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

/** Every key that a unique index holds, `[index, key]`: policies has none that grows with the city. */
const KEYS = {
  *enterprises(options) {
    const { departments, officials, projects } = demoCity({ ...options, withFacts: false });
    for (const { code } of departments) yield ['departments', code];
    for (const { id } of officials) yield ['officials', id];
    for (const { id } of projects) yield ['projects', id];
    for (const { uscc, factYears } of demoEnterprises(options)) {
      yield ['enterprises', uscc];
      for (const { year } of factYears) yield ['fact years', `${uscc} ${year}`];
    }
  },
  async *cases(options) {
    const { demoCases } = await import('../subgraphs/cases/dist/demo/demo-cases.js');
    const { demoOversight } = await import('../subgraphs/cases/dist/demo/demo-oversight.js');
    const { nationalCalendar } = await import('@zhitong/kit');
    const calendar = nationalCalendar();
    const { referenceDate } = options;
    const made = demoOversight({
      histories: demoCases({ city: demoCity({ ...options, withFacts: false }), calendar }),
      calendar,
      referenceDate,
    });
    for (const history of made.histories) {
      yield ['cases', history[0].caseNumber];
      for (const { caseNumber, seq } of history) yield ['case events', `${caseNumber} ${seq}`];
    }
    for (const { id, months } of made.spotChecks) {
      yield ['spot checks', id];
      for (const month of months) yield ['months of spot checks', month];
    }
    for (const { id } of made.meetings) yield ['meetings', id];
    for (const { id } of made.typicalCases) yield ['typical cases', id];
  },
  async *credit(options) {
    const demo = async (file) => import(`../subgraphs/credit/dist/demo/${file}.js`);
    const { demoCommitments } = await demo('demo-commitments');
    const { demoArrears } = await demo('demo-arrears');
    const { demoApprovalItems } = await demo('demo-approvals');
    const records = await demo('demo-credit-records');
    const { normalReference } = await import('../values/dist/index.js');
    const city = demoCity({ ...options, withFacts: false });
    for (const chain of demoCommitments(city)) {
      yield ['commitments', chain[0].commitmentId];
      const reversed = new Set(chain.flatMap(({ body }) => (body.kind === 'CORRECTED' ? [body.reverses] : [])));
      for (const { commitmentId, seq, body } of chain) {
        yield ['ledger entries', `${commitmentId} ${seq}`];
        if (body.kind === 'FULFILLED' && !reversed.has(seq)) yield ['receipts', normalReference(body.paymentReference)];
      }
    }
    const { ONE_YEAR_LPR } = await import('../subgraphs/credit/dist/domain/figures/loan-prime-rate.js');
    const { nationalCalendar } = await import('../kit/dist/index.js');
    for (const { id, payments } of demoArrears(city, { lpr: ONE_YEAR_LPR, calendar: nationalCalendar() })) {
      yield ['arrears', id];
      for (const { reference } of payments) yield ['receipts', normalReference(reference)];
    }
    for (const { id, recordedBy, documentNumber, uscc } of records.demoDishonestyRecords(city)) {
      yield ['dishonesty records', id];
      yield ['documents of dishonesty', `${recordedBy} ${documentNumber} ${uscc}`];
    }
    for (const { caseNumber, uscc } of records.demoJudgments(city)) yield ['judgments', `${caseNumber} ${uscc}`];
    for (const { id } of records.demoPledges(city)) yield ['pledges', id];
    for (const { id } of demoApprovalItems(city)) yield ['approval items', id];
  },
};

/**
 * Hashes of 64 bits in a list that grows: eight bytes for each key, whatever its length. Two keys of a million have one
 * by chance once in 10^7 runs.
 */
class Hashes {
  #kept = new BigUint64Array(1 << 16);
  #count = 0;

  add(text) {
    if (this.#count === this.#kept.length) {
      const larger = new BigUint64Array(2 * this.#kept.length);
      larger.set(this.#kept);
      this.#kept = larger;
    }
    this.#kept[this.#count++] = createHash('sha256').update(text).digest().readBigUInt64LE();
  }

  /** How many there are, and how many of them stand there already. */
  counted() {
    const sorted = this.#kept.subarray(0, this.#count).sort();
    let doubled = 0;
    for (let place = 1; place < sorted.length; place += 1) if (sorted[place] === sorted[place - 1]) doubled += 1;
    return { keys: this.#count, doubled };
  }
}

/** In a process of its own: makes one department's keys, and tells how many of them stand twice. */
async function makeOne(department, options) {
  const indexes = new Map();
  for await (const [index, key] of KEYS[department](options)) {
    if (!indexes.has(index)) indexes.set(index, new Hashes());
    indexes.get(index).add(key);
  }
  const counted = [...indexes].map(([index, hashes]) => [index, hashes.counted()]);
  process.send({
    keys: counted.reduce((sum, [, { keys }]) => sum + keys, 0),
    doubled: counted.filter(([, { doubled }]) => doubled > 0).map(([index, { doubled }]) => `${doubled} ${index}`),
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  });
}

/** Makes one department's keys of one size. */
async function make(department, size) {
  const began = performance.now();
  const child = fork(import.meta.filename, [
    ...['--department', department],
    ...['--enterprises', String(size), '--date', values.date],
  ]);
  let told;
  child.on('message', (message) => (told = message));
  const code = await new Promise((resolve) => void child.on('exit', resolve));
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const verdict =
    told === undefined
      ? `did not come to its end (code ${code})`
      : told.doubled.length > 0
        ? `STANDS TWICE: ${told.doubled.join(', ')}`
        : 'each key once';
  say(`| ${size} | ${department} | ${told?.keys ?? ''} | ${verdict} | ${seconds} s | ${told?.megabytes ?? ''} MB |`);
  return told !== undefined && told.doubled.length === 0;
}

if (values.help) {
  say(USAGE);
} else if (values.department !== undefined) {
  await makeOne(values.department, { enterprises: Number(values.enterprises), referenceDate: values.date });
} else {
  say('| enterprises | department | keys | unique | time | memory |\n|---|---|---|---|---|---|');
  let holds = true;
  for (const size of values.enterprises.split(',').map(Number))
    for (const department of Object.keys(KEYS)) holds = (await make(department, size)) && holds;
  process.exitCode = holds ? 0 : 1;
}
