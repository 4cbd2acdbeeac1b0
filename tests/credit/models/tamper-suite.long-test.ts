import { demoCity } from '@zhitong/demo';
import { createLogger } from '@zhitong/kit';
import { inTransaction } from '@zhitong/kit/mongo';
import type { Document, Filter } from 'mongodb';
import { demoApprovalItems } from '../../../subgraphs/credit/src/demo/demo-approvals.js';
import { demoArrears } from '../../../subgraphs/credit/src/demo/demo-arrears.js';
import {
  demoDishonestyRecords,
  demoJudgments,
  demoPledges,
} from '../../../subgraphs/credit/src/demo/demo-credit-records.js';
import { GENESIS } from '../../../subgraphs/credit/src/domain/ledger/hash-chain.js';
import { chainRecord, type RecordEntry } from '../../../subgraphs/credit/src/domain/ledger/record-chain.js';
import { contentText, recordOf, splitContent } from '../../../subgraphs/credit/src/models/record-content.js';
import { keyFields, keyOf, RECORD_KINDS } from '../../../subgraphs/credit/src/models/record-kinds.js';
import { digestAccesses, verifyAccesses } from '../../../subgraphs/credit/src/usecases/digest-accesses.js';
import { findingText } from '../../../subgraphs/credit/src/usecases/findings.js';
import { sealLedger } from '../../../subgraphs/credit/src/usecases/seal-ledger.js';
import { verifyDaily } from '../../../subgraphs/credit/src/usecases/verify-daily.js';
import { verifyRunning } from '../../../subgraphs/credit/src/usecases/verify-running.js';
import { verifyLedger } from '../../../subgraphs/credit/src/usecases/verify-ledger.js';
import { at, drawn, other, placesOf } from '../support/attacks.js';
import { aLedger, fulfil, someTerms, waive } from '../support/builders.js';
import { creditUnderTest, TODAY, type CreditUnderTest } from '../support/credit-under-test.js';
import { LAW } from '../support/law.js';

/** Keys of what is derived; those of the registers are the history's. */
const DERIVED: Readonly<Record<string, readonly string[]>> = {
  arrear_reckonings: ['arrearId'],
  checkpoint_figures: ['on', 'groupBy', 'key'],
  checkpoint_positions: ['on', 'commitmentId'],
  commitments: ['id'],
  data_accesses: ['id'],
  ledger_entries: ['commitmentId', 'seq'],
  payment_references: ['reference'],
  record_history: ['chain', 'seq'],
  running_changes: ['_id'],
  running_figures: ['groupBy', 'key', 'day'],
  running_months: ['groupBy', 'key', 'day'],
  running_state: ['name'],
  sealed_heads: ['commitmentId', 'sealNo'],
  waiver_consents: ['uscc', 'number'],
};
/** What belongs to the kit and the connector engine, in every department alike, and why it is no part of the book. */
const MACHINERY: Readonly<Record<string, RegExp>> = {
  'events on their way to others, and who hears them; each tells of an entry or a record': /^(outbox|webhooks)/,
  'which events of others were handled: what they did is a record': /^inbox/,
  'which commands were done: what a repeat would do again, the rules of the book refuse': /^idempotency/,
  'who works just now': /^job_leases/,
  'what other systems delivered: what was made of it are entries and records': /^connector/,
  'names of departments as the registry told them, read again every half minute': /^register_lists/,
};

let credit: CreditUnderTest;
let untouched: ReadonlyMap<string, readonly Document[]>;
const raw = (name: string) => credit.database.connection.collection(name);
const keysOf = (name: string): readonly string[] => {
  const kind = RECORD_KINDS.find((each) => each === name);
  const keys = kind === undefined ? DERIVED[name] : keyFields(kind);
  if (keys === undefined) throw new Error(`the collection ${name} is in no table: say what guards it`);
  return keys;
};
const isRegister = (name: string): boolean => RECORD_KINDS.some((kind) => kind === name);
const findings = async () => (await verifyLedger({ stores: credit.department.stores })).findings;
const seal = async () => sealLedger({ stores: credit.department.stores, cutoff: '2026-11-22T16:00:00.000Z' });

beforeAll(async () => {
  credit = await creditUnderTest(import.meta.url);
  const { stores, outbox } = credit.department;
  const { connection } = credit.database;
  const histories = [1, 2].map((no) =>
    aLedger([
      ['2024-06-02', fulfil(30_000, '2024-06-01', `回单-${String(no)}`)],
      ['2024-07-01', waive(10_000, '2024-06-20', no)],
    ]).map((draft) => ({ ...draft, commitmentId: `C-${String(no)}` })),
  );
  await stores.ledger.importChains(histories);
  await stores.running.fold();
  await stores.ledger.importChains([
    aLedger([], someTerms({ promisor: 'FGW' })).map((draft) => ({ ...draft, commitmentId: 'C-3' })),
  ]);
  const city = demoCity({ referenceDate: TODAY, enterprises: 900 });
  await stores.creditRecords.addMissing(demoDishonestyRecords(city).slice(0, 2), demoJudgments(city).slice(0, 2));
  await stores.pledges.addMissing(demoPledges(city).slice(0, 2));
  await stores.approvals.addMissing(demoApprovalItems(city).slice(0, 2));
  const debts = demoArrears(city, LAW).slice(0, 2);
  await stores.arrears.addMissing(debts);
  await stores.references.addMissing(
    debts.flatMap(({ id, payments }) =>
      payments.map(({ reference }, index) => ({ reference, arrearId: id, no: index + 1 })),
    ),
  );
  for (const no of [1, 2]) {
    const commitmentId = `C-${String(no)}`;
    const matter = { id: `SJ-${String(no)}`, commitmentId, kind: 'REFERRAL', text: '请说明', by: 'auditor-1' } as const;
    await inTransaction(connection, async (session) => {
      const [debt] = debts;
      if (debt) await stores.arrears.replace({ ...debt, version: no + 1 }, no, session);
      await stores.auditMatters.insert(
        { ...matter, at: credit.clock.now(), referredTo: 'ZSJ', respondBy: TODAY, response: null },
        session,
      );
      const number = { kind: 'COMMITMENT', department: 'ZSJ', number: `W-${String(no)}` } as const;
      await stores.externalNumbers.put({ ...number, commitmentId, seq: 1, source: 'oa' }, session);
      await stores.governmentClaims.addStep(
        {
          id: `R-${String(no)}`,
          uscc: debt?.uscc ?? '',
          department: 'RSJ',
          grant: `G-${String(no)}`,
          policy: 'P-1',
          reason: '提前裁员',
          amount: 100,
          instalments: [{ dueOn: '2026-12-10', amount: 100 }],
        },
        { kind: 'DEMANDED', on: TODAY, received: 0 },
        session,
      );
      await stores.reminders.insert([{ commitmentId, dueOn: '2024-12-31', stage: 'DUE' }], session);
    });
    await stores.publishedDisclosures.publish(
      {
        year: 2023 + no,
        asOf: `${String(2023 + no)}-12-31`,
        knownOn: `${String(2024 + no)}-03-31`,
        publishBy: `${String(2024 + no)}-03-31`,
        source: '国务院令第802号第十八条',
        departments: [{ debtor: 'ZSJ', contractCount: no, amount: 100n, interest: 1n }],
      },
      TODAY,
    );
    await stores.publishedRates.add({ from: `2026-0${String(no)}-20`, value: 300, source: '公告' });
    await stores.successions.begin(`key-${String(no)}`, {
      ...{ from: 'ZSJ', to: 'FGW', effectiveOn: TODAY, reason: '机构改革' },
    });
  }
  const access = { sub: 'officer-1', role: 'OFFICER', department: 'ZSJ', about: null, datum: 'Pledge', requestId: 'r' };
  await raw('data_accesses').insertMany(
    ['18T02', '18T03', '19T02'].map((time, no) => ({
      ...{ ...access, id: `A-${String(no)}`, at: new Date(`2026-11-${time}:00:00.000Z`), purpose: '核查' },
    })),
  );
  await digestAccesses(stores, new Date('2026-11-19T03:00:00.000Z'));
  await stores.checkpoints.write('2024-10-31');
  const logger = createLogger({ name: 'test', level: 'silent' });
  await verifyDaily({ stores, outbox, clock: credit.clock, logger });
  credit.clock.set('2026-11-21T02:00:00.000Z');
  await sealLedger({ stores, cutoff: '2026-11-20T16:00:00.000Z' });
  credit.clock.set('2026-11-22T02:00:00.000Z');
  await sealLedger({ stores, cutoff: '2026-11-21T16:00:00.000Z' });
  await verifyDaily({ stores, outbox, clock: credit.clock, logger });
  credit.clock.set('2026-11-23T02:00:00.000Z');
  const names = new Set<string>();
  for (const { name } of await connection.listCollections()) if ((await raw(name).findOne()) !== null) names.add(name);
  for (const model of Object.values(connection.models)) names.add(model.collection.name);
  const guarded = [...names].filter((name) => !Object.values(MACHINERY).some((pattern) => pattern.test(name))).sort();
  // Whoever has the database can drop what forbids a second row.
  for (const name of guarded) await raw(name).dropIndexes();
  untouched = new Map(
    await Promise.all(guarded.map(async (name) => [name, await raw(name).find().sort({ _id: 1 }).toArray()] as const)),
  );
});
afterAll(async () => credit.close());

/** Puts the whole book back as it was. */
async function restore(names: Iterable<string>): Promise<void> {
  for (const name of names) {
    await raw(name).deleteMany({});
    const rows = untouched.get(name) ?? [];
    if (rows.length > 0) await raw(name).insertMany(rows.map((row) => ({ ...row })));
  }
}

type Attack = readonly [string, () => Promise<unknown>];

/** What somebody with the database can do to a collection. */
function attacksOn(name: string, rows: readonly Document[]): Attack[] {
  const [first, second] = rows;
  if (!first) throw new Error(`the book under test has nothing in ${name}`);
  const keys = keysOf(name);
  const one = (row: Document) => ({ _id: row['_id'] as unknown }) as Filter<Document>;
  const pick = (row: Document) => Object.fromEntries(keys.map((key) => [key, row[key] as unknown]));
  const whole: Readonly<Record<string, unknown>> = first;
  const content = Object.fromEntries(Object.entries(whole).filter(([key]) => key !== '_id'));
  const hasOwnKey = !keys.includes('_id');
  const copied = hasOwnKey ? content : whole;
  const lastKey = keys.at(-1) ?? '';
  const forged = { ...copied, [lastKey]: other(copied[lastKey]) };
  const attacks: Attack[] = [
    // A register is compared as a whole text, of which another test changes each value.
    ...drawn(name, isRegister(name) ? Object.keys(content).map((field) => [field]) : placesOf(content)).map(
      (place): Attack => {
        const field = place.join('.');
        return [
          `edits ${field}`,
          async () => raw(name).updateOne(one(first), { $set: { [field]: other(at(first, place)) } }),
        ];
      },
    ),
    ['adds a field', async () => raw(name).updateOne(one(first), { $set: { unknown: 1 } })],
    ['removes a field', async () => raw(name).updateOne(one(first), { $unset: { [lastOf(content, keys)]: '' } })],
    ['deletes one', async () => raw(name).deleteOne(one(first))],
    ['deletes the last', async () => raw(name).deleteOne(one(rows.at(-1) ?? first))],
    ['deletes all', async () => raw(name).deleteMany({})],
    ['inserts one', async () => raw(name).insertOne({ ...forged })],
  ];
  if (hasOwnKey) attacks.push(['inserts one twice', async () => raw(name).insertOne({ ...content })]);
  const rest = (row: Document) => JSON.stringify(Object.entries({ ...row, ...pick(first), _id: null }).sort());
  if (second && hasOwnKey && rest(first) !== rest(second))
    attacks.push([
      'exchanges two',
      async () => {
        await raw(name).updateOne(one(first), { $set: pick(second) });
        await raw(name).updateOne(one(second), { $set: pick(first) });
      },
    ]);
  return attacks;
}

const lastOf = (content: Document, keys: readonly string[]): string =>
  Object.keys(content)
    .filter((field) => !keys.includes(field))
    .at(-1) ??
  keys[0] ??
  '';

it('each value of a record, however deep, is in the text that its history covers', () => {
  const unseen: string[] = [];
  let count = 0;
  for (const kind of RECORD_KINDS)
    for (const row of untouched.get(kind) ?? []) {
      const record = Object.fromEntries(Object.entries(row).filter(([key]) => key !== '_id'));
      for (const place of placesOf(record)) {
        const changed = structuredClone(record);
        Reflect.set(at(changed, place.slice(0, -1)) as object, place.at(-1) ?? '', other(at(record, place)));
        count += 1;
        if (contentText(changed) === contentText(record)) unseen.push(`${kind}: ${place.join('.')}`);
      }
    }
  expect(unseen).toEqual([]);
  expect(count).toBeGreaterThan(200);
});

it('a book that nobody touched is verified, before a seal and after it', async () => {
  expect(await findings()).toEqual([]);
  await seal();
  expect(await findings()).toEqual([]);
  await restore(untouched.keys());
});

type Found = Awaited<ReturnType<typeof findings>>;

/** Attacks that are made at once, as long as each is found by itself: what the one breaks does not hide the other. */
const ROUNDS: readonly Readonly<Record<string, (found: Found) => boolean>>[] = [
  {
    ...Object.fromEntries(RECORD_KINDS.map((kind) => [kind, (found: Found) => says(found, `record ${kind}/`)])),
    commitments: (found) => says(found, 'commitment '),
  },
  {
    payment_references: (found) => says(found, 'receipt') || says(found, 'payment_references/'),
    waiver_consents: (found) => says(found, 'consent'),
    checkpoint_positions: (found) => found.some(({ kind }) => kind === 'CHECKPOINT'),
    record_history: (found) =>
      RECORD_KINDS.some((kind) => says(found, `record ${kind}/`)) || says(found, 'no register'),
  },
  {
    ledger_entries: (found) => says(found, 'commitment '),
    arrear_reckonings: (found) => says(found, 'arrear_reckonings/'),
  },
  {
    checkpoint_figures: (found) => found.some(({ kind }) => kind === 'CHECKPOINT'),
    sealed_heads: (found) => found.some(({ kind }) => kind !== 'CHECKPOINT'),
  },
];
const ATTACKED = ROUNDS.flatMap((round) => Object.keys(round));
/** What is added up from all entries: a look at it alone is enough, and a seal covers none of it. */
const ADDED_UP = ['running_changes', 'running_figures', 'running_months', 'running_state'];
/** By a look at it alone: a digest of each day covers it, and the digests are registers. */
const DIGESTED = 'data_accesses';
const says = (found: Found, words: string): boolean => found.some((one) => findingText(one).includes(words));

it('every collection is attacked', () => {
  expect([...ATTACKED, ...ADDED_UP, DIGESTED].sort()).toEqual([...untouched.keys()].sort());
});

it('whatever is done to the figures that run along is found', async () => {
  const { stores } = credit.department;
  expect(await verifyRunning(stores)).toEqual([]);
  const unseen: string[] = [];
  for (const name of ADDED_UP)
    for (const [what, attack] of attacksOn(name, untouched.get(name) ?? [])) {
      await attack();
      const found = await verifyRunning(stores);
      if (!says(found, 'running_')) unseen.push(`${name}: ${what}`);
      await restore([name]);
    }
  expect(unseen).toEqual([]);
  expect(await findings()).toEqual([]);
});

it('whatever is done to the records of who read personal data is found, on a later day too', async () => {
  const { stores } = credit.department;
  expect(await verifyAccesses(stores)).toEqual([]);
  const insertOn = (time: string) => async () =>
    raw(DIGESTED).insertOne({ ...untouched.get(DIGESTED)?.[0], _id: undefined, id: 'A-9', at: new Date(time) });
  const attacks: Attack[] = [
    ...attacksOn(DIGESTED, untouched.get(DIGESTED) ?? []),
    ['inserts one on a day without any', insertOn('2026-11-17T02:00:00.000Z')],
    ['inserts one between two digests', insertOn('2026-11-18T15:59:59.999Z')],
    ['takes the moment away', async () => raw(DIGESTED).updateOne({ id: 'A-0' }, { $unset: { at: '' } })],
  ];
  const unseen: string[] = [];
  const look = async (what: string): Promise<void> => {
    if (!says(await verifyAccesses(stores), `${DIGESTED}/`)) unseen.push(what);
  };
  for (const [what, attack] of attacks) {
    await attack();
    await look(what);
    // A later digest covers nothing up.
    await digestAccesses(stores, new Date('2026-11-20T16:00:00.000Z')).catch(() => undefined);
    await look(`${what}, then digested`);
    await restore([DIGESTED, 'access_digests', 'record_history']);
  }
  expect(unseen).toEqual([]);
  // A reading is covered by the next digest, and each day's last one covers the whole day.
  await raw(DIGESTED).insertOne({
    ...untouched.get(DIGESTED)?.[0],
    _id: undefined,
    id: 'A-8',
    at: new Date('2026-11-19T05:00:00.000Z'),
  });
  expect(await digestAccesses(stores, new Date('2026-11-20T16:00:00.000Z'))).toBe(1);
  expect((await stores.accessDigests.all()).map(({ day, until, count }) => [day, until, count])).toEqual([
    ['2026-11-18', '2026-11-18T16:00:00.000Z', 2],
    ['2026-11-19', '2026-11-19T16:00:00.000Z', 2],
  ]);
  expect(await findings()).toEqual([]);
  await restore([DIGESTED, 'access_digests', 'record_history']);
});

it('whatever is done to whichever collection is found and named, before a seal and after it', async () => {
  const unseen: string[] = [];
  let count = 0;
  for (const round of ROUNDS) {
    const attacks = new Map(Object.keys(round).map((name) => [name, attacksOn(name, untouched.get(name) ?? [])]));
    for (let no = 0; [...attacks.values()].some((list) => list.length > no); no += 1) {
      const made = [...attacks].flatMap(([name, list]) => list.slice(no, no + 1).map((attack) => ({ name, attack })));
      const look = async (when: string): Promise<void> => {
        const found = await findings();
        for (const { name, attack } of made)
          if (round[name]?.(found) !== true) unseen.push(`${name}: ${attack[0]}, ${when}`);
      };
      for (const { attack } of made) await attack[1]();
      await look('before a seal');
      // A seal covers whole entries, whichever field was edited: one edit of each is sealed over.
      if (no === 0 || made.some(({ attack }) => !attack[0].startsWith('edits '))) {
        await seal();
        await look('after a seal');
      }
      await restore(new Set([...made.map(({ name }) => name), 'record_history', 'seals', 'sealed_heads']));
      count += made.length;
    }
  }
  expect(unseen).toEqual([]);
  // Of each collection but what is added up or digested, every kind of attack.
  expect(count).toBeGreaterThan(ATTACKED.length * 8);
  expect(await findings()).toEqual([]);
}, 900_000);

it('a record that is forged together with its history, hashes fitting, is found by the seal for each register', async () => {
  const entries = (untouched.get('record_history') ?? []) as unknown as (RecordEntry & { _id: unknown })[];
  for (const kind of RECORD_KINDS) {
    const of = entries.filter(({ chain }) => chain.startsWith(`${kind}/`));
    const chain = of[0]?.chain ?? '';
    let previousHash = GENESIS;
    const own = of.filter((entry) => entry.chain === chain).sort((a, b) => a.seq - b.seq);
    for (const { _id, ...entry } of own) {
      const record = { ...recordOf(entry.open ?? '', entry.named), forged: '伪造' };
      const made = chainRecord({ ...entry, ...splitContent(record) }, previousHash);
      previousHash = made.hash;
      await raw('record_history').replaceOne({ _id } as Filter<Document>, { ...made });
      await raw(kind).updateOne(keyOf(kind, chain), { $set: { forged: '伪造' } });
    }
    expect([kind, (await findings()).filter((found) => found.kind === 'RECORD')]).toEqual([
      kind,
      [{ kind: 'RECORD', record: chain, message: expect.stringContaining('seal') as unknown }],
    ]);
    await restore([kind, 'record_history']);
  }
});

it('a history that was cut off or is gone with its record is found by the seal', async () => {
  await raw('record_history').deleteMany({ chain: 'audit_matters/SJ-1' });
  await raw('audit_matters').deleteOne({ id: 'SJ-1' });
  expect(await findings()).toEqual([
    { kind: 'RECORD', record: 'audit_matters/SJ-1', message: 'its whole history is missing' },
  ]);
  await restore(['record_history', 'audit_matters']);
});
