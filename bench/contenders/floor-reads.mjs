// The floor's reads: what the four departments ask MongoDB for the two operations, through the native driver, in one process.

const CARD = { _id: 0, uscc: 1, name: 1, industry: 1, region: 1 };
const FACTS = { ...CARD, legalForm: 1, scale: 1, registeredOn: 1, status: 1, honours: 1, latestFacts: 1 };

/** The floor's queries over the departments' databases. */
export function floorReads(client) {
  const registry = client.db('zhitong_enterprises');
  const enterprises = registry.collection('enterprises');
  const departments = registry.collection('departments');
  const cases = client.db('zhitong_cases').collection('cases');
  const credit = client.db('zhitong_credit');

  return {
    enterprise: (uscc) => enterprises.findOne({ uscc }, { projection: FACTS }),
    page: (scale, after, limit) =>
      enterprises
        .find({ scale: { $in: scale }, ...(after === undefined ? {} : { uscc: { $gt: after } }) }, { projection: FACTS, sort: { uscc: 1 }, limit: limit + 1, batchSize: limit + 2 })
        .toArray(),
    count: (scale) => enterprises.countDocuments({ scale: { $in: scale } }),
    departments: async (codes) => new Map((await departments.find({ code: { $in: codes } }, { projection: { _id: 0, code: 1, name: 1 } }).toArray()).map((one) => [one.code, one])),

    /** Per enterprise the first cases that an auditor sees by the enterprise, and their count. */
    cases: (usccs, { open, first, fields }) =>
      grouped(cases, usccs, [
        { $match: { uscc: { $in: usccs }, ...(open ? { isOpen: true } : {}), 'complainant.anonymous': false } },
        { $group: { _id: '$uscc', totalCount: { $sum: 1 }, rows: { $topN: { n: first, sortBy: { receivedAt: -1, caseNumber: -1 }, output: outputOf(fields) } } } },
      ]),

    /** Per enterprise the first promises that are not kept, their count and what they amount to. */
    commitments: (usccs, { first, fields }) =>
      grouped(credit.collection('commitments'), usccs, [
        { $match: { uscc: { $in: usccs }, state: { $in: ['OUTSTANDING'] } } },
        {
          $group: {
            _id: '$uscc',
            totalCount: { $sum: 1 },
            outstanding: { $sum: { $cond: [{ $eq: ['$measure', 'MONEY'] }, '$outstanding', 0] } },
            ...(fields === null ? {} : { rows: { $topN: { n: first, sortBy: { dueOn: 1, id: 1 }, output: outputOf(fields) } } }),
          },
        },
      ]),

    /** What the credit standing of many enterprises is made of, by enterprise. */
    creditHistories: async (usccs) => {
      const of = { uscc: { $in: usccs } };
      const [records, judgments, breaches] = await Promise.all([
        credit.collection('dishonesty_records').find(of, { projection: { _id: 0 } }).toArray(),
        credit.collection('judgments').find(of, { projection: { _id: 0 } }).toArray(),
        credit
          .collection('pledges')
          .aggregate([{ $match: of }, { $unwind: '$events' }, { $match: { 'events.kind': 'BREACHED' } }, { $group: { _id: '$uscc', days: { $push: '$events.on' } } }])
          .toArray(),
      ]);
      const own = (rows, uscc) => rows.filter((row) => row.uscc === uscc);
      return (uscc) => ({ records: own(records, uscc), judgments: own(judgments, uscc), pledgeBreaches: breaches.find(({ _id }) => _id === uscc)?.days ?? [] });
    },

    publishedPolicies: () => client.db('zhitong_policies').collection('policyVersions').find({ state: 'PUBLISHED' }, { projection: { _id: 0 } }).toArray(),
  };
}

const outputOf = (fields) => Object.fromEntries(fields.map((field) => [field, `$${field}`]));

async function grouped(collection, parents, pipeline) {
  const rows = await collection.aggregate(pipeline, { batchSize: parents.length + 1 }).toArray();
  return new Map(rows.map((row) => [row._id, row]));
}

