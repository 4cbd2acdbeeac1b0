import fc from 'fast-check';
import { mongo } from 'mongoose';
import type { FactValue } from '../../../subgraphs/policies/src/domain/facts/fact-values.js';
import { RawFactsReader } from '../../../subgraphs/policies/src/models/raw-facts.js';
import { randomFacts } from '../support/random-criteria.js';

const bsonOf = (record: Record<string, unknown>): Buffer => Buffer.from(mongo.BSON.serialize(record));

function readAll(records: readonly Record<string, unknown>[]): { uscc: string; values: Record<string, FactValue> }[] {
  const reader = new RawFactsReader();
  return records.map((record) => {
    let uscc = '';
    const values: Record<string, FactValue> = {};
    reader.read(bsonOf(record), {
      uscc: (code) => void (uscc = code),
      fact: (fact, value) => void (values[fact] = value),
    });
    return { uscc, values };
  });
}

describe('RawFactsReader', () => {
  it('reads what the driver reads, whatever facts records have and in whatever order', () => {
    const shuffledFacts = randomFacts.chain(({ values }) =>
      fc.shuffledSubarray(Object.entries(values)).map((entries) => Object.fromEntries(entries)),
    );
    fc.assert(
      fc.property(
        fc.array(fc.record({ uscc: fc.string({ unit: 'grapheme' }), values: shuffledFacts }), { maxLength: 8 }),
        (records) => {
          expect(readAll(records)).toEqual(records.map((record) => mongo.BSON.deserialize(bsonOf(record))));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads numbers of every size and takes null for not known', () => {
    const values = {
      employees: 7,
      annualRevenueYuan: 9_999_999_999_999,
      layoffRatePct: 5.51,
      insuredEmployees: mongo.Long.fromNumber(2 ** 40),
      scale: null,
      honours: [],
    };
    expect(readAll([{ uscc: 'E', values }])).toEqual([
      {
        uscc: 'E',
        values: {
          employees: 7,
          annualRevenueYuan: 9_999_999_999_999,
          layoffRatePct: 5.51,
          insuredEmployees: 2 ** 40,
          honours: [],
        },
      },
    ]);
  });

  it.each([
    [{ uscc: 'E', values: { registeredOn: new Date(0) } }, 'BSON type 9'],
    [{ uscc: 'E', name: 'N' }, 'no name'],
  ])('refuses what no record of facts has: %j', (record, message) => {
    expect(() => readAll([record])).toThrow(message);
  });
});
