// The floor: one plain HTTP handler, the native driver, no GraphQL and nobody's rights. What the departments hold in
// memory it holds in memory too: the policies, the names of departments, and facts by their version. As
// `floor-reading-facts` it reads and prepares the facts with every request, and holds the rest.
// It returns the same JSON as the graph; the rules are the departments' own pure functions.
import { createServer } from 'node:http';
import { MongoClient } from 'mongodb';
import { encodeCursor, parsePage } from '../../kit/dist/connection/page.js';
import { decidingClock } from '../../subgraphs/cases/dist/domain/case-view.js';
import { readClock } from '../../subgraphs/cases/dist/domain/deadline.js';
import { nationalCalendar } from '@zhitong/kit';
import { daysOverdue } from '../../subgraphs/credit/dist/domain/commitments/ageing.js';
import { creditStanding } from '../../subgraphs/credit/dist/domain/standing/credit-grade.js';
import { formatYuan } from '../../values/dist/index.js';
import { factSheet, registerFacts } from '../../subgraphs/enterprises/dist/domain/fact-sheet.js';
import { versionOn } from '../../subgraphs/enterprises/dist/domain/facts-version.js';
import { evaluate } from '../../subgraphs/policies/dist/domain/evaluation/evaluate.js';
import { matchable } from '../../subgraphs/policies/dist/domain/matching/match.js';
import { factsToday, versionedFacts } from '../../subgraphs/policies/dist/domain/facts/versioned-facts.js';
import { isOpen } from '../../subgraphs/policies/dist/domain/policy/policy.js';
import { registerBarInSlots } from '../../subgraphs/policies/dist/domain/policy/register-bar.js';
import { floorReads } from './floor-reads.mjs';
import { announce } from './ready.mjs';

const LIST = { scale: ['LARGE', 'MEDIUM'], size: 50 };
const calendar = nationalCalendar();
const money = (fen) => ({ amount: formatYuan(fen), currency: 'CNY' });

const client = await MongoClient.connect(process.env.MONGODB_URI, { maxPoolSize: 100 });
const readsFacts = process.env.BENCH_CONTENDER === 'floor-reading-facts';
const reads = floorReads(client, { withFacts: readsFacts });
const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());
const policies = (await reads.publishedPolicies())
  .filter(({ content, effective }) => content.stage === 'FINAL' && isOpen(effective, today))
  .map(({ policyId: id, version, content }) => ({
    content,
    match: matchable(
      { id, version, criteria: content.criteria, benefit: content.benefit, region: content.region },
      today,
    ),
  }))
  .sort((one, other) => (one.match.id < other.match.id ? -1 : 1));

const departments = await reads.departments();
const facts = new Map();

/**
 * Facts of these enterprises in the version that the register has now: from memory, else read with one query for all.
 */
async function factsOf(enterprises) {
  const versions = new Map(enterprises.map(({ uscc, factsVersions }) => [uscc, versionOn(factsVersions, today)]));
  const keep = (record) =>
    facts.set(
      record.uscc,
      versionedFacts(
        factSheet(registerFacts(record), record.latestFacts ?? undefined, today),
        versions.get(record.uscc),
        today,
      ),
    );
  if (readsFacts) enterprises.forEach(keep);
  const missing = [...versions].filter(([uscc, version]) => facts.get(uscc)?.version !== version).map(([uscc]) => uscc);
  if (missing.length > 0) (await reads.withFacts(missing)).forEach(keep);
  return (uscc, standing) => factsToday(facts.get(uscc), standing, today);
}

const eligibleFor = ({ slots }) =>
  registerBarInSlots(slots) !== null ? [] : policies.filter(({ match }) => match.decideSlots(slots) === 'ELIGIBLE');

async function overview({ uscc }) {
  const [enterprise, cases, promises, histories] = await Promise.all([
    reads.enterprise(uscc),
    reads.casesOf(uscc, ['caseNumber', 'title', 'status', 'clocks', 'assignment', 'receivedBy']),
    reads.commitmentsOf(uscc, ['id', 'title', 'promisor', 'measure', 'dueOn', 'promised', 'fulfilled', 'outstanding']),
    reads.creditHistories([uscc]),
  ]);
  const handlerOf = ({ assignment, receivedBy }) => assignment?.lead ?? receivedBy;
  const standing = creditStanding(histories.get(uscc), today);
  const read = (await factsOf([enterprise]))(uscc, standing);
  const eligible = eligibleFor(read);
  const { name, industry, region } = enterprise;
  return {
    enterprise: {
      uscc,
      name,
      industry,
      region,
      creditStanding: { grade: standing.grade, hasOpenDishonestyRecord: standing.hasOpenDishonestyRecord },
      cases: {
        totalCount: cases.length,
        nodes: cases.slice(0, 5).map((row) => {
          const clock = decidingClock(row);
          const reading = clock === null ? { dueOn: null, isOverdue: null } : readClock(clock, calendar, today);
          return {
            caseNumber: row.caseNumber,
            title: row.title,
            status: row.status,
            dueOn: reading.dueOn,
            isOverdue: row.status === 'WITHDRAWN' ? false : reading.isOverdue,
            handler: departments.get(handlerOf(row)) ?? null,
          };
        }),
      },
      matchedPolicies: {
        totalCount: eligible.length,
        nodes: eligible.slice(0, 10).map(({ content, match }) => ({
          outcome: 'ELIGIBLE',
          policy: { id: content.id, title: content.title, exemptFromApplication: content.exemptFromApplication },
          criteria: evaluate(match.criteria, { facts: read.facts, referenceDate: today }).criteria.map(
            ({ text, outcome }) => ({ text, outcome }),
          ),
        })),
      },
      outstandingCommitments: {
        totalCount: promises.length,
        outstandingAmount: money(
          promises.reduce((sum, { measure, outstanding }) => (measure === 'MONEY' ? sum + outstanding : sum), 0),
        ),
        nodes: promises.slice(0, 10).map(({ id, title, promisor, measure, dueOn, promised, fulfilled }) => ({
          id,
          title,
          dueOn,
          daysOverdue: dueOn === null ? 0 : daysOverdue(dueOn, today),
          promisor: departments.get(promisor) ?? null,
          promisedAmount: measure === 'MONEY' ? money(promised) : null,
          fulfilledAmount: measure === 'MONEY' ? money(fulfilled) : null,
        })),
      },
    },
  };
}

async function list({ after }) {
  const page = parsePage(
    { first: LIST.size, after },
    { list: { list: 'enterprises', filter: { scale: LIST.scale }, orderBy: undefined }, keys: 1 },
  );
  const [rows, totalCount] = await Promise.all([
    reads.page(LIST.scale, page.position?.[0], LIST.size),
    reads.count(LIST.scale),
  ]);
  const shown = rows.slice(0, LIST.size);
  const usccs = shown.map(({ uscc }) => uscc);
  const [cases, commitments, histories] = await Promise.all([
    reads.openCases(usccs, { first: 3, fields: ['caseNumber', 'status'] }),
    reads.outstanding(usccs),
    reads.creditHistories(usccs),
  ]);
  const factsAbout = await factsOf(shown);
  const last = shown.at(-1);
  return {
    enterprises: {
      totalCount,
      pageInfo: {
        hasNextPage: rows.length > LIST.size,
        endCursor: last === undefined ? null : encodeCursor(page.binding, [last.uscc]),
      },
      nodes: shown.map(({ uscc, name }) => {
        const { totalCount: count, rows: open } = cases.get(uscc) ?? { totalCount: 0, rows: [] };
        const promises = commitments.get(uscc) ?? { totalCount: 0, outstanding: 0 };
        const eligible = eligibleFor(factsAbout(uscc, creditStanding(histories.get(uscc), today)));
        return {
          uscc,
          name,
          cases: { totalCount: count, nodes: open },
          matchedPolicies: {
            totalCount: eligible.length,
            nodes: eligible.slice(0, 3).map(({ content }) => ({ policy: { title: content.title } })),
          },
          outstandingCommitments: {
            totalCount: promises.totalCount,
            outstandingAmount: { amount: formatYuan(promises.outstanding) },
          },
        };
      }),
    },
  };
}

const OPERATIONS = { EnterpriseOverview: overview, EnterpriseList: list };

async function answer(request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { operationName, variables } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  const body = JSON.stringify({ data: await OPERATIONS[operationName](variables) });
  response
    .writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) })
    .end(body);
}

const server = createServer((request, response) => {
  answer(request, response).catch((error) =>
    response.writeHead(500).end(JSON.stringify({ errors: [{ message: String(error) }] })),
  );
});
server.listen(0, '127.0.0.1', () => announce(`http://127.0.0.1:${server.address().port}/graphql`));
