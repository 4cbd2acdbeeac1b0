// The floor: one plain HTTP handler, the native driver, the policies in memory, no GraphQL and nobody's rights.
// It answers the same JSON as the graph; the rules are the departments' own pure functions.
import { createServer } from 'node:http';
import { MongoClient } from 'mongodb';
import { encodeCursor, parsePage } from '../../kit/dist/connection/page.js';
import { decidingClock } from '../../subgraphs/cases/dist/domain/case-view.js';
import { readClock } from '../../subgraphs/cases/dist/domain/deadline.js';
import { nationalCalendar } from '../../subgraphs/cases/dist/national-calendar.js';
import { daysOverdue } from '../../subgraphs/credit/dist/domain/ageing.js';
import { creditStanding } from '../../subgraphs/credit/dist/domain/credit-grade.js';
import { formatYuan } from '../../subgraphs/credit/dist/domain/money.js';
import { factSheet } from '../../subgraphs/enterprises/dist/domain/fact-sheet.js';
import { evaluate } from '../../subgraphs/policies/dist/domain/evaluate.js';
import { factsOfSheet, matchable } from '../../subgraphs/policies/dist/domain/match.js';
import { isOpen } from '../../subgraphs/policies/dist/domain/policy.js';
import { floorReads } from './floor-reads.mjs';
import { announce } from './ready.mjs';

const LIST = { scale: ['LARGE', 'MEDIUM'], size: 50 };
const calendar = nationalCalendar();
const money = (fen) => ({ amount: formatYuan(fen), currency: 'CNY' });

const client = await MongoClient.connect(process.env.MONGODB_URI, { maxPoolSize: 100 });
const reads = floorReads(client);
const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());
const policies = (await reads.publishedPolicies())
  .filter(({ content, effective }) => content.stage === 'FINAL' && isOpen(effective, today))
  .map(({ policyId: id, version, content }) => ({ content, match: matchable({ id, version, criteria: content.criteria, benefit: content.benefit }, today) }))
  .sort((one, other) => (one.match.id < other.match.id ? -1 : 1));

function factsOf({ latestFacts, industry, region, ...register }, standing) {
  const sheet = factSheet({ ...register, industryCode: industry.code, regionCode: region.code }, latestFacts ?? undefined, today);
  return factsOfSheet(sheet, standing, today);
}

const eligibleFor = ({ slots }) => policies.filter(({ match }) => match.decideSlots(slots) === 'ELIGIBLE');

async function overview({ uscc }) {
  const [enterprise, cases, commitments, histories] = await Promise.all([
    reads.enterprise(uscc),
    reads.cases([uscc], { open: false, first: 5, fields: ['caseNumber', 'title', 'status', 'clocks', 'assignment', 'receivedBy'] }),
    reads.commitments([uscc], { first: 10, fields: ['id', 'title', 'promisor', 'measure', 'dueOn', 'promised', 'fulfilled'] }),
    reads.creditHistories([uscc]),
  ]);
  const ownCases = cases.get(uscc) ?? { totalCount: 0, rows: [] };
  const promises = commitments.get(uscc) ?? { totalCount: 0, outstanding: 0, rows: [] };
  const handlerOf = ({ assignment, receivedBy }) => assignment?.lead ?? receivedBy;
  const codes = [...new Set([...ownCases.rows.map(handlerOf), ...promises.rows.map(({ promisor }) => promisor)])].filter((code) => code !== null);
  const departments = codes.length === 0 ? new Map() : await reads.departments(codes);
  const standing = creditStanding(histories(uscc), today);
  const read = factsOf(enterprise, standing);
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
        totalCount: ownCases.totalCount,
        nodes: ownCases.rows.map((row) => {
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
          criteria: evaluate(match.criteria, { facts: read.facts, referenceDate: today }).criteria.map(({ text, outcome }) => ({ text, outcome })),
        })),
      },
      outstandingCommitments: {
        totalCount: promises.totalCount,
        outstandingAmount: money(promises.outstanding),
        nodes: promises.rows.map(({ id, title, promisor, measure, dueOn, promised, fulfilled }) => ({
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
  const page = parsePage({ first: LIST.size, after }, { list: { list: 'enterprises', filter: { scale: LIST.scale }, orderBy: undefined }, keys: 1 });
  const [rows, totalCount] = await Promise.all([reads.page(LIST.scale, page.position?.[0], LIST.size), reads.count(LIST.scale)]);
  const shown = rows.slice(0, LIST.size);
  const usccs = shown.map(({ uscc }) => uscc);
  const [cases, commitments, histories] = await Promise.all([
    reads.cases(usccs, { open: true, first: 3, fields: ['caseNumber', 'status'] }),
    reads.commitments(usccs, { first: 3, fields: null }),
    reads.creditHistories(usccs),
  ]);
  const last = shown.at(-1);
  return {
    enterprises: {
      totalCount,
      pageInfo: { hasNextPage: rows.length > LIST.size, endCursor: last === undefined ? null : encodeCursor(page.binding, [last.uscc]) },
      nodes: shown.map((enterprise) => {
        const { uscc, name } = enterprise;
        const { totalCount: count, rows: open } = cases.get(uscc) ?? { totalCount: 0, rows: [] };
        const promises = commitments.get(uscc) ?? { totalCount: 0, outstanding: 0 };
        const eligible = eligibleFor(factsOf(enterprise, creditStanding(histories(uscc), today)));
        return {
          uscc,
          name,
          cases: { totalCount: count, nodes: open },
          matchedPolicies: { totalCount: eligible.length, nodes: eligible.slice(0, 3).map(({ content }) => ({ policy: { title: content.title } })) },
          outstandingCommitments: { totalCount: promises.totalCount, outstandingAmount: { amount: formatYuan(promises.outstanding) } },
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
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) }).end(body);
}

const server = createServer((request, response) => {
  answer(request, response).catch((error) => response.writeHead(500).end(JSON.stringify({ errors: [{ message: String(error) }] })));
});
server.listen(0, '127.0.0.1', () => announce(`http://127.0.0.1:${server.address().port}/graphql`));
