// The floor's reads: what the four departments ask MongoDB for the two operations, through the native driver, in one
// process.
// They are the departments' own reads, command by command: a list of one enterprise is read whole, those of many are
// grouped, and whatever ends with its first batch is one plain command without the driver's cursor.

const CARD = { _id: 0, uscc: 1, name: 1, industry: 1, region: 1 };
const VERSIONED = { ...CARD, factsVersions: 1 };
const FACTS = { ...VERSIONED, legalForm: 1, scale: 1, registeredOn: 1, status: 1, honours: 1, latestFacts: 1 };
/** Rows of one enterprise's list that are read at once; in the demo city none is longer. */
const WHOLE_LIST = 50;
const MANY = 100_000;

/**
 * The floor's queries over the departments' databases.
 * @param withFacts whether an enterprise is read with its facts each time.
 */
export function floorReads(client, { withFacts }) {
  const registry = client.db('zhitong_enterprises');
  const appeals = client.db('zhitong_cases');
  const credit = client.db('zhitong_credit');
  const ofOpenCases = (open) => ({ ...(open ? { isOpen: true } : {}), 'complainant.anonymous': false });
  const ENTERPRISE = withFacts ? FACTS : VERSIONED;
  const UNKEPT = { state: 'OUTSTANDING' };

  return {
    enterprise: async (uscc) =>
      (
        await found(registry, { find: 'enterprises', filter: { uscc }, projection: ENTERPRISE, limit: 1, batchSize: 2 })
      )[0],
    page: (scale, after, limit) =>
      found(registry, {
        find: 'enterprises',
        filter: { scale: { $in: scale }, ...(after === undefined ? {} : { uscc: { $gt: after } }) },
        projection: ENTERPRISE,
        sort: { uscc: 1 },
        limit: limit + 1,
        batchSize: limit + 2,
      }),
    /** Enterprises with all that their fact sheets are made of; for those whose facts are not in memory. */
    withFacts: (usccs) =>
      registry
        .collection('enterprises')
        .find({ uscc: { $in: usccs } }, { projection: FACTS })
        .toArray(),
    count: (scale) => registry.collection('enterprises').countDocuments({ scale: { $in: scale } }),
    departments: async () =>
      new Map(
        (
          await registry
            .collection('departments')
            .find({}, { projection: { _id: 0, code: 1, name: 1 } })
            .toArray()
        ).map((one) => [one.code, one]),
      ),

    /** The cases of one enterprise that an auditor sees by the enterprise, latest first. */
    casesOf: (uscc, fields) =>
      found(appeals, {
        find: 'cases',
        filter: { uscc, ...ofOpenCases(false) },
        projection: projected(fields),
        sort: { receivedAt: -1, caseNumber: -1 },
        limit: WHOLE_LIST,
        batchSize: WHOLE_LIST + 1,
      }),

    /** The promises to one enterprise that are not kept, next due first. */
    commitmentsOf: (uscc, fields) =>
      found(credit, {
        find: 'commitments',
        filter: { uscc, ...UNKEPT },
        projection: projected(fields),
        sort: { dueOn: 1, id: 1 },
        limit: WHOLE_LIST,
        batchSize: WHOLE_LIST + 1,
      }),

    /** Per enterprise the first open cases and their count. */
    openCases: (usccs, { first, fields }) =>
      grouped(appeals, 'cases', usccs, [
        { $match: { uscc: { $in: usccs }, ...ofOpenCases(true) } },
        {
          $group: {
            _id: '$uscc',
            totalCount: { $sum: 1 },
            rows: {
              $topN: {
                n: first,
                sortBy: { receivedAt: -1, caseNumber: -1 },
                output: Object.fromEntries(fields.map((field) => [field, `$${field}`])),
              },
            },
          },
        },
      ]),

    /** Per enterprise how many promises are not kept, and what they amount to. */
    outstanding: (usccs) =>
      grouped(credit, 'commitments', usccs, [
        { $match: { uscc: { $in: usccs }, ...UNKEPT } },
        {
          $group: {
            _id: '$uscc',
            totalCount: { $sum: 1 },
            outstanding: { $sum: { $cond: [{ $eq: ['$measure', 'MONEY'] }, '$outstanding', 0] } },
          },
        },
      ]),

    /** What the credit standing of many enterprises is made of, by enterprise. */
    creditHistories: async (usccs) => {
      const of = { uscc: { $in: usccs } };
      const rows = await found(credit, {
        aggregate: 'dishonesty_records',
        pipeline: [
          { $match: of },
          { $unionWith: { coll: 'judgments', pipeline: [{ $match: of }] } },
          { $unionWith: { coll: 'pledges', pipeline: [{ $match: { ...of, 'events.kind': 'BREACHED' } }] } },
        ],
        cursor: { batchSize: MANY },
      });
      const histories = new Map(usccs.map((uscc) => [uscc, { records: [], judgments: [], pledgeBreaches: [] }]));
      for (const row of rows) {
        const { records, judgments, pledgeBreaches } = histories.get(row.uscc);
        if ('events' in row)
          pledgeBreaches.push(...row.events.filter(({ kind }) => kind === 'BREACHED').map(({ on }) => on));
        else (row.court === undefined ? records : judgments).push(row);
      }
      return histories;
    },

    publishedPolicies: () =>
      client
        .db('zhitong_policies')
        .collection('policyVersions')
        .find({ state: 'PUBLISHED' }, { projection: { _id: 0 } })
        .toArray(),
  };
}

const projected = (fields) => ({ _id: 0, ...Object.fromEntries(fields.map((field) => [field, 1])) });

const found = async (db, command) => (await db.command(command)).cursor.firstBatch;

async function grouped(db, collection, parents, pipeline) {
  const rows = await found(db, { aggregate: collection, pipeline, cursor: { batchSize: parents.length + 1 } });
  return new Map(rows.map((row) => [row._id, row]));
}
