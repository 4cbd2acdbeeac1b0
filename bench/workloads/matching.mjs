// Matching the city's enterprises against the published policies, in memory and by queries, each engine over the same
// facts.
import { MongoClient } from 'mongodb';
import sift from 'sift';
import { bulkDecider } from '../../subgraphs/policies/dist/domain/evaluation/bulk.js';
import { evaluate } from '../../subgraphs/policies/dist/domain/evaluation/evaluate.js';
import { FactColumns } from '../../subgraphs/policies/dist/domain/facts/fact-columns.js';
import { factsDeciding } from '../../subgraphs/policies/dist/domain/policy/facts-of-policy.js';
import {
  differences,
  matchable,
  matchEnterprise,
  NO_MATCHES,
} from '../../subgraphs/policies/dist/domain/matching/match.js';
import { forEachRow } from '../../subgraphs/policies/dist/domain/evaluation/row-set.js';
import { toMongoFilter } from '../../subgraphs/policies/dist/domain/evaluation/to-mongo-filter.js';
import { includesDay } from '../../values/dist/index.js';
import { median, quantile, ratioSpread, shuffled, spread } from '../harness/statistics.mjs';
import { departmentCommand } from '../harness/hub.mjs';
import { isExpressible, rulesEngine } from './peer-criteria.mjs';

/**
 * json-rules-engine needs half a minute for the whole city; it is compared on this share of it, ours on the same share.
 */
const RULES_SHARE = 10;
const PAIRS = 20_000;
const CHANGED = 2_000;

const seconds = (work) => {
  const started = performance.now();
  const result = work();
  return { seconds: (performance.now() - started) / 1000, result };
};
const secondsOf = async (work) => {
  const started = performance.now();
  const result = await work();
  return { seconds: (performance.now() - started) / 1000, result };
};

/** Measures all engines; `end to end` runs through the hub and needs it awake. */
export async function measureMatching({ hub, rounds, tell }) {
  const client = await MongoClient.connect(hub.mongoUri);
  try {
    const database = client.db('zhitong_policies');
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());
    const facts = await database
      .collection('enterpriseFacts')
      .find({}, { projection: { _id: 0, uscc: 1, values: 1, dates: 1 } })
      .sort({ uscc: 1 })
      .toArray();
    const held = new Set(await database.collection('grants').distinct('policyId'));
    /** Policies of which somebody is barred by what he holds, of which the queries know nothing. */
    const barring = new Set();
    const policies = (await database.collection('policyVersions').find({ state: 'PUBLISHED' }).toArray())
      .filter(({ content, effective }) => content.stage === 'FINAL' && includesDay(effective, day))
      .map(({ policyId: id, version, content }) => {
        if (held.has(id)) for (const one of [id, ...content.excludes]) barring.add(one);
        if (content.excludes.some((one) => held.has(one))) barring.add(id);
        return matchable({ ...content, id, version }, day);
      });
    const common = policies.filter(({ criteria }) => isExpressible(criteria, day));
    tell(
      `matching: ${facts.length} enterprises, ${policies.length} policies, ${common.length} of them expressible in every engine\n`,
    );
    const results = await measureEngines({
      facts,
      policies,
      common,
      collection: database.collection('enterpriseFacts'),
      rounds,
      tell,
    });
    const single = measureSingles({ facts, policies, day });
    const preview = await measurePreview({
      hub,
      policies: policies.filter(({ id }) => !barring.has(id)),
      collection: database.collection('enterpriseFacts'),
      rounds,
      tell,
    });
    const run = process.env.SKIP_RUN ? null : await measureRun({ hub, tell });
    return {
      enterprises: facts.length,
      policies: policies.length,
      expressible: common.length,
      ...results,
      ...single,
      preview,
      run,
    };
  } finally {
    await client.close();
  }
}

async function measureEngines({ facts, policies, common, collection, rounds, tell }) {
  const sample = facts.filter((_, at) => at % RULES_SHARE === 0);
  const engine = rulesEngine(common);
  const filters = common.map(({ criteria, referenceDate }) => toMongoFilter(criteria, referenceDate).eligible);
  const sifted = filters.map((filter) => sift(filter));

  // The form in which the policies department holds the city; the others have the objects, which are theirs.
  const city = columnsOf(facts, policies);
  const sampled = columnsOf(sample, policies);

  const engines = {
    ours: async () => decideColumns(policies, city),
    oursCommon: async () => decideColumns(common, city),
    oursSample: async () => decideColumns(common, sampled),
    oursFromObjects: async () => decideColumns(common, columnsOf(facts, common)),
    oursSingly: async () => decideSingly(common, facts),
    sift: async () => {
      const table = new Uint8Array(facts.length * sifted.length);
      let at = 0;
      for (const enterprise of facts) for (const test of sifted) table[at++] = test(enterprise) ? ELIGIBLE : 0;
      return table;
    },
    mongodb: async () => {
      const rowOf = new Map(facts.map(({ uscc }, row) => [uscc, row]));
      const table = new Uint8Array(facts.length * filters.length);
      for (const [column, filter] of filters.entries()) {
        for await (const { uscc } of collection.find(filter, { projection: { _id: 0, uscc: 1 }, batchSize: 30_000 }))
          table[rowOf.get(uscc) * filters.length + column] = ELIGIBLE;
      }
      return table;
    },
    rules: async () => {
      const columnOf = new Map(common.map(({ id }, column) => [id, column]));
      const table = new Uint8Array(sample.length * common.length);
      for (const [row, { values }] of sample.entries()) {
        for (const { type } of (await engine.run({ ...values })).events)
          table[row * common.length + columnOf.get(type)] = ELIGIBLE;
      }
      return table;
    },
  };
  const decided = await engines.oursCommon();
  compareAll(decided, await engines.oursSingly(), 'enterprise by enterprise');
  compare(decided, await engines.sift(), 'sift');
  compare(decided, await engines.mongodb(), 'MongoDB');
  compare(await engines.oursSample(), await engines.rules(), 'json-rules-engine');
  tell('  sift, MongoDB and json-rules-engine find the same eligible enterprises as ours\n');

  const times = Object.fromEntries(Object.keys(engines).map((name) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const [name, run] of Object.entries(engines)) {
      const taken = (await secondsOf(run)).seconds;
      times[name].push(taken);
      tell(`  round ${round} ${name.padEnd(12)} ${(taken * 1000).toFixed(1).padStart(9)} ms\n`);
    }
  }
  return {
    secondsThreeValued: spread(times.ours),
    secondsCommon: spread(times.oursCommon),
    secondsFromObjects: spread(times.oursFromObjects),
    secondsSingly: spread(times.oursSingly),
    secondsSift: spread(times.sift),
    secondsMongo: spread(times.mongodb),
    secondsRulesSample: spread(times.rules),
    sample: sample.length,
    vsJsonRulesEngine: ratioSpread(times.rules, times.oursSample),
    vsSift: ratioSpread(times.sift, times.oursCommon),
    vsSiftFromObjects: ratioSpread(times.sift, times.oursFromObjects),
    vsMongo: ratioSpread(times.mongodb, times.oursCommon),
  };
}

/** The facts that the policies ask for, column by column. */
function columnsOf(facts, policies) {
  const columns = new FactColumns(new Set(policies.flatMap(factsDeciding)));
  for (const { values } of facts) columns.append(values);
  return columns;
}

/** Every outcome in one table, enterprises by policies: 2 eligible, 1 undetermined, 0 not. */
function decideColumns(policies, columns) {
  const table = new Uint8Array(columns.rows * policies.length);
  const decider = bulkDecider(columns);
  for (const [column, { bulk }] of policies.entries()) {
    const outcomes = decider.outcomesOf(bulk);
    forEachRow(outcomes.met, (row) => (table[row * policies.length + column] = ELIGIBLE));
    forEachRow(decider.unknownIn(outcomes), (row) => (table[row * policies.length + column] = UNDETERMINED));
  }
  return table;
}

/** The same, one enterprise after the other by its object of facts, as the department decides one that has changed. */
function decideSingly(policies, facts) {
  const table = new Uint8Array(facts.length * policies.length);
  let at = 0;
  for (const { values } of facts) for (const { decide } of policies) table[at++] = CODES[decide(values)];
  return table;
}

const ELIGIBLE = 2;
const UNDETERMINED = 1;
const CODES = { ELIGIBLE, UNDETERMINED, NOT_ELIGIBLE: 0 };

function compareAll(ours, found, way) {
  const differing = ours.findIndex((outcome, at) => outcome !== found[at]);
  if (differing !== -1) throw new Error(`Decided ${way} the pair ${differing} comes out otherwise.`);
}

/** The other engines have two values: equal where one of both says "eligible". */
function compare(ours, found, engine) {
  const differing = ours.findIndex((outcome, at) => (outcome === ELIGIBLE) !== (found[at] === ELIGIBLE));
  if (differing !== -1) throw new Error(`${engine} decides the pair ${differing} otherwise than ours.`);
}

/** One changed enterprise (all policies, amounts, differences), and the reasons of one pair. */
function measureSingles({ facts, policies, day }) {
  const times = (count, work) => {
    const taken = Array.from({ length: count }, (_, at) => seconds(() => work(at)).seconds * 1e6).sort((a, b) => a - b);
    return { median: median(taken), p99: quantile(taken, 0.99) };
  };
  const order = shuffled(facts, 3);
  const change = (at) => {
    const enterprise = order[at % order.length];
    return differences(NO_MATCHES, matchEnterprise(policies, enterprise));
  };
  const explain = (at) =>
    evaluate(policies[at % policies.length].criteria, { facts: order[at % order.length], referenceDate: day });
  times(CHANGED, change);
  times(PAIRS, explain);
  return { changedEnterpriseMicroseconds: times(CHANGED, change), reasonsMicroseconds: times(PAIRS, explain) };
}

const PREVIEW =
  'query($id: ID!) { previewPolicy(input: { policy: $id }) { enterprises eligible undetermined cost { amount } funnel { text before refused unknown } missingFacts { enterprises } byIndustry { key eligible } } }';

/**
 * A preview through the graph against the same result by queries over the fact projection: for each step of the funnel
 * who is refused and for whom it is not known, then the facts of those who are eligible (cost, groups) or undetermined
 * (missing facts).
 */
async function measurePreview({ hub, policies, collection, rounds, tell }) {
  const chosen = shuffled(
    policies.filter(({ criteria }) => criteria.length >= 2),
    9,
  ).slice(0, 10);
  const ours = [];
  const queries = [];
  const graph = async ({ id }) => (await hub.ask(PREVIEW, { id })).previewPolicy;
  const byQueries = async ({ criteria, referenceDate }) => {
    const funnel = [];
    for (const [step, criterion] of criteria.entries()) {
      const possible = step === 0 ? {} : { $nor: [toMongoFilter(criteria.slice(0, step), referenceDate).notEligible] };
      const { notEligible, undetermined } = toMongoFilter([criterion], referenceDate);
      funnel.push({
        refused: await collection.countDocuments({ $and: [possible, notEligible] }),
        unknown: await collection.countDocuments({ $and: [possible, undetermined] }),
      });
    }
    const { eligible, undetermined } = toMongoFilter(criteria, referenceDate);
    const rows = (filter) =>
      collection
        .find(
          // Whom the register bars has nothing, whatever a policy asks.
          { $and: [filter, { 'values.isDeregistered': { $ne: true }, 'values.isLicenceRevoked': { $ne: true } }] },
          { projection: { _id: 0, values: 1, 'industry.code': 1, 'region.code': 1 } },
        )
        .toArray();
    return { funnel, eligible: (await rows(eligible)).length, undetermined: (await rows(undetermined)).length };
  };
  const same = (preview, queried) =>
    preview.eligible === queried.eligible &&
    preview.undetermined === queried.undetermined &&
    preview.funnel.every(
      ({ refused, unknown }, at) => refused === queried.funnel[at].refused && unknown === queried.funnel[at].unknown,
    );
  for (let round = 0; round <= rounds; round += 1) {
    const [one, other] = [[], []];
    for (const policy of chosen) {
      const preview = await secondsOf(() => graph(policy));
      const queried = await secondsOf(() => byQueries(policy));
      if (!same(preview.result, queried.result))
        throw new Error(
          `The preview of ${policy.id} differs from the queries: ${JSON.stringify(preview.result)} ${JSON.stringify(queried.result)}`,
        );
      one.push(preview.seconds * 1000);
      other.push(queried.seconds * 1000);
    }
    if (round === 0) continue; // The first round warms up.
    ours.push(median(one));
    queries.push(median(other));
  }
  tell(`  preview through the graph ${median(ours).toFixed(0)} ms, by queries ${median(queries).toFixed(0)} ms\n`);
  return { milliseconds: spread(ours), byQueriesMilliseconds: spread(queries), vsQueries: ratioSpread(queries, ours) };
}

/**
 * The department's own run: facts read through the graph, everything matched and stored; then again with nothing
 * changed.
 */
async function measureRun({ hub, tell }) {
  const full = await secondsOf(() => departmentCommand(hub, 'policies', ['match', '--full']));
  const again = await secondsOf(() => departmentCommand(hub, 'policies', ['match']));
  tell(`  run end to end ${full.seconds.toFixed(1)} s, again ${again.seconds.toFixed(1)} s\n`);
  return {
    fullSeconds: full.seconds,
    againSeconds: again.seconds,
    said: full.result.stdout.trim().split('\n').at(-1),
    saidAgain: again.result.stdout.trim().split('\n').at(-1),
  };
}
