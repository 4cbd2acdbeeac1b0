// A large ledger for the audit: chains of the shape that the credit department stores, made fast. The hashes are
// fillers (an audit does not read them), so this database is for measuring only and would not pass `verify`.
import { randomStream } from '../harness/statistics.mjs';

const ENTRIES_PER_COMMITMENT = 4;
/** How many days after its promise the last entry of a commitment is recorded, at most. */
const DAYS_OF_A_CHAIN = 621;
const BATCH = 8_000;
const DAY_MS = 86_400_000;
const FILLER = 'f'.repeat(64);
const KINDS = ['INVESTMENT_SUBSIDY', 'TAX_REFUND', 'RENT_SUBSIDY', 'TALENT_AWARD'];
const OFFICIALS = ['张桂飞', '王建军', '李春梅', '陈志强', '刘海燕'];

/** A ledger of each size is a database of its own, so that a quick look at a small one does not cost the large one. */
export const auditDatabase = (entries) => `zhitong_bench_audit_${entries}`;

/**
 * Writes a ledger of `entries` entries over `departments` (their codes) up to `today`; does nothing when it is there,
 * unless it has entries of days to come: no ledger has, and what is known today would not be all.
 */
export async function seedLedger({ client, entries, departments, today, tell }) {
  const database = client.db(auditDatabase(entries));
  const ledger = database.collection('ledger_entries');
  const there = await ledger.estimatedDocumentCount();
  const isOfDaysToCome = (await ledger.findOne({ 'figures.recordedOn': { $gt: today } })) !== null;
  if (there === entries && !isOfDaysToCome) return;
  tell(`  writing a ledger of ${entries} entries (once)\n`);
  // Without indexes meanwhile: building them at the end takes a tenth of the time.
  if (there > 0) await ledger.drop();
  let batch = [];
  for (let number = 0; number < entries / ENTRIES_PER_COMMITMENT; number += 1) {
    batch.push(...chainOf(number, { random: randomStream(number), departments, today }));
    if (batch.length >= BATCH) {
      await ledger.insertMany(batch, { ordered: false, writeConcern: { w: 1, j: false } });
      batch = [];
    }
  }
  if (batch.length > 0) await ledger.insertMany(batch, { ordered: false });
}

const pick = (items, random) => items[Math.floor(random() * items.length)];
const dayAfter = (day, days) => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** A promise in two instalments, two payments (not all of the second), and its document. Amounts are whole fen. */
function chainOf(number, { random, departments, today }) {
  const commitmentId = `CN-BENCH-${String(number).padStart(7, '0')}`;
  const promisor = pick(departments, random);
  const age = Math.floor(random() * 1_800) + 20;
  const promisedOn = dayAfter(today, -age);
  // A promise that is younger than a chain is long was paid sooner, so that nothing is recorded after today.
  const haste = Math.min(1, (age - 1) / DAYS_OF_A_CHAIN);
  const half = (1 + Math.floor(random() * 500)) * 10_000;
  const instalments = [
    { no: 1, dueOn: dayAfter(promisedOn, 180), amount: half },
    { no: 2, dueOn: dayAfter(promisedOn, 540), amount: half },
  ];
  const official = { name: pick(OFFICIALS, random), post: '科长' };
  const uscc = `91421202MA${String(number % 27_851).padStart(8, '0')}`;
  const terms = {
    title: `承诺${number}`,
    kind: pick(KINDS, random),
    measure: 'MONEY',
    promisor,
    uscc,
    projectId: null,
    districtCode: '421202',
    document: null,
    deliverable: null,
    amount: 2 * half,
    instalments,
    conditions: [],
    official,
  };
  const facets = {
    uscc,
    kind: terms.kind,
    measure: 'MONEY',
    projectId: null,
    districtCode: terms.districtCode,
    promisedOn,
    instalments: instalments.map((one, at) => ({ ...one, through: (at + 1) * half })),
  };
  const paid = (no) => (no === 1 ? half : Math.floor(half * random()));
  const entry = (seq, days, body, postings, figures) => {
    const effectiveOn = dayAfter(promisedOn, Math.floor(days * haste));
    return {
      commitmentId,
      seq,
      effectiveOn,
      recordedAt: `${dayAfter(effectiveOn, 1)}T01:00:00.000Z`,
      recordedBy: `GB-${promisor}`,
      body,
      postings,
      previousHash: FILLER,
      hash: FILLER,
      figures: {
        recordedOn: dayAfter(effectiveOn, 1),
        promised: 0,
        fulfilled: 0,
        waived: 0,
        facets: null,
        holder: null,
        responsible: null,
        documented: null,
        ...figures,
      },
    };
  };
  const moved = (from, to, amount) => [
    { account: from, department: promisor, amount: -amount },
    { account: to, department: promisor, amount },
  ];
  const payment = (seq, no, days) => {
    const amount = paid(no);
    return entry(
      seq,
      days,
      { kind: 'FULFILLED', amount, paymentReference: `YS${number}-${no}`, evidence: '银行回单' },
      moved('OUTSTANDING', 'FULFILLED', amount),
      { fulfilled: amount },
    );
  };
  return [
    entry(1, 0, { kind: 'PROMISED', terms }, moved('PROMISED', 'OUTSTANDING', 2 * half), {
      promised: 2 * half,
      facets,
      holder: { seq: 1, promisor },
      responsible: { seq: 1, ...official },
      documented: false,
    }),
    entry(
      2,
      10,
      { kind: 'DOCUMENT_ATTACHED', document: { number: `咸承〔2026〕${number}号`, issuedOn: promisedOn } },
      [],
      { documented: true },
    ),
    payment(3, 1, 150 + Math.floor(random() * 90)),
    payment(4, 2, 500 + Math.floor(random() * 120)),
  ];
}
