// The first page of a search in a register of a million (--enterprises): what people type, each text asked several
// times in another order in every round, with the memory of the process and of MongoDB and the size of the indexes.
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { demoCity } from '../../demo/dist/index.js';
import { createLogger, kitConfig } from '../../kit/dist/index.js';
import { connectMongo, openMongo } from '../../kit/dist/mongo/index.js';
import { searchTerms } from '../../subgraphs/enterprises/dist/domain/search/search-terms.js';
import { nearCodes } from '../../subgraphs/enterprises/dist/domain/search/near-codes.js';
import { FOUND_BY_CODE, FOUND_BY_NAME } from '../../subgraphs/enterprises/dist/list-orders.js';
import { nameFields } from '../../subgraphs/enterprises/dist/models/enterprise-search.js';
import { openDepartment } from '../../subgraphs/enterprises/dist/service.js';
import { quantile, shuffled, spread } from '../harness/statistics.mjs';

const DEMO_DAY = '2026-10-20';
const WRITTEN_AT_ONCE = 5_000;
const REPEATS = 20;
const PAGE = { position: undefined, backwards: false, limit: 20, fields: [] };

/** A register of `count`: the names of the demo city over and over, each copy with characters of its own. */
async function fill({ db, count, tell }) {
  const { enterprises } = demoCity({ referenceDate: DEMO_DAY, enterprises: 28_000 });
  const own = '鑫淼焱垚森晶磊品众犇骉羴芯琛珂琪瑞瑾璇璟蓝莲菲萱蔚薇兰芳苑茂';
  for (let at = 0; at < count; at += WRITTEN_AT_ONCE) {
    const documents = Array.from({ length: Math.min(WRITTEN_AT_ONCE, count - at) }, (_none, index) => {
      const number = at + index;
      const original = enterprises[number % enterprises.length];
      const copy = Math.floor(number / enterprises.length);
      const mark = copy === 0 ? '' : `${own[copy % own.length]}${own[Math.floor(number / 31) % own.length]}`;
      const name = `${original.name.slice(0, 2)}${mark}${original.name.slice(2)}`;
      const { uscc, industry, region, registeredOn } = original;
      const code = copy === 0 ? uscc : `${uscc.slice(0, 8)}${String(number).padStart(10, '0')}`;
      return {
        ...{ uscc: code, name, industry, region, registeredOn, version: 1, honours: [], factsVersions: [] },
        ...nameFields({ uscc: code, name, formerNames: number % 10 === 0 ? [`${original.name.slice(0, 4)}旧厂`] : [] }),
      };
    });
    await db.collection('enterprises').insertMany(documents, { ordered: false });
    tell(`\r  ${at + documents.length} enterprises written`);
  }
  tell('\n');
  return enterprises;
}

/** What people type, by kind, of an enterprise that is there. */
function textsOf({ name, uscc }) {
  const wrong = `${uscc.slice(0, 17)}${uscc.endsWith('1') ? '2' : '1'}`;
  return {
    wholeName: name,
    partOfName: name.slice(2, 6),
    commonPart: '有限公司',
    twoInitials: 'xn',
    fourInitials: 'hbnx',
    manyInitials: 'xnkjyxgs',
    pinyin: 'xianning',
    mixed: `${name.slice(0, 2)}kj`,
    rareSyllables: 'kuaji',
    otherReading: 'shanwei',
    formerName: `${name.slice(0, 4)}旧厂`,
    fullWidth: `（${name.slice(0, 4)}）`,
    shortBeginningOfCode: uscc.slice(0, 4),
    regionOfCode: uscc.slice(0, 8),
    beginningOfCode: uscc.slice(0, 10),
    mistypedCode: wrong,
    notThere: '不存在之名',
  };
}

async function find(stores, text) {
  const terms = { ...searchTerms(text), byOtherNames: true };
  const isWhole = terms.code?.length === 18;
  const codes = isWhole ? [terms.code, ...nearCodes(terms.code).map(({ uscc }) => uscc)] : undefined;
  const sort = terms.ways.length === 0 ? FOUND_BY_CODE : FOUND_BY_NAME;
  return stores.enterprises.search(codes === undefined ? terms : { codes }, { ...PAGE, sort });
}

/** Measures the first page of each kind of text. */
export async function measureSearch({ rounds, enterprises: count, tell }) {
  const dataDir = path.join(tmpdir(), `zhitong-bench-search-${process.pid}`);
  const mongo = await openMongo({ config: { ...kitConfig({}), dataDir } });
  const connection = await connectMongo({ uri: mongo.uri, database: 'zhitong_bench_search' });
  try {
    const clock = { now: () => new Date(`${DEMO_DAY}T04:00:00Z`) };
    const logger = createLogger({ name: 'bench', level: 'error' });
    // Opened empty first: nothing of what follows is of an earlier release. Indexes are made at once when all is there.
    await openDepartment({ connection, logger, clock });
    await connection.db.collection('enterprises').dropIndexes();
    const [first] = await fill({ db: connection.db, count, tell });
    const { stores } = await openDepartment({ connection, logger, clock });
    const texts = Object.entries(textsOf(first));
    const taken = Object.fromEntries(texts.map(([kind]) => [kind, []]));
    const founds = {};
    for (let round = 1; round <= rounds; round += 1) {
      const times = Object.fromEntries(texts.map(([kind]) => [kind, []]));
      const turns = shuffled(Array.from({ length: REPEATS }, () => texts).flat(), round);
      for (const [kind, text] of turns) {
        const started = performance.now();
        founds[kind] = (await find(stores, text)).length;
        times[kind].push(performance.now() - started);
      }
      for (const [kind, all] of Object.entries(times)) {
        const sorted = all.toSorted((a, b) => a - b);
        taken[kind].push({ p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) });
      }
    }
    const kinds = texts.map(([kind, text]) => ({
      kind,
      text,
      found: founds[kind],
      p50Ms: spread(taken[kind].map(({ p50 }) => p50)),
      p95Ms: spread(taken[kind].map(({ p95 }) => p95)),
    }));
    for (const { kind, text, found, p50Ms, p95Ms } of kinds)
      tell(
        `  ${kind} ${text}: ${found} found, median ${p50Ms.median.toFixed(1)} ms, 95 % within ${p95Ms.median.toFixed(1)} ms\n`,
      );
    const { size, totalIndexSize, indexSizes } = await connection.db.command({ collStats: 'enterprises' });
    const memory = {
      processMiB: process.memoryUsage.rss() / 2 ** 20,
      databaseMiB: (await connection.db.admin().serverStatus()).mem.resident,
      recordsMiB: size / 2 ** 20,
      indexesMiB: totalIndexSize / 2 ** 20,
      searchIndexesMiB:
        Object.entries(indexSizes)
          .filter(([name]) => name.startsWith('name'))
          .reduce((sum, [, bytes]) => sum + bytes, 0) /
        2 ** 20,
    };
    tell(
      `  memory: process ${memory.processMiB.toFixed(0)} MiB, MongoDB ${memory.databaseMiB} MiB, records ${memory.recordsMiB.toFixed(0)} MiB, indexes ${memory.indexesMiB.toFixed(0)} MiB\n`,
    );
    return { enterprises: count, kinds, slowestP95Ms: Math.max(...kinds.map(({ p95Ms }) => p95Ms.median)), memory };
  } finally {
    await connection.dropDatabase();
    await connection.close();
    await mongo.release();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
