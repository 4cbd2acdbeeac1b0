import { connectionOf, encodeCursor, parsePage } from '@zhitong/kit';
import { keysetFilter, keysetSort, pagePerParent, type SortKey } from '@zhitong/kit/mongo';
import { countCommands, testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import fc from 'fast-check';

const list = { list: 'rows', filter: { open: true } };

/** What a cursor of this list with such keys begins with. */
function sealOf(position: Parameters<typeof encodeCursor>[1]): unknown {
  const parts = JSON.parse(
    Buffer.from(encodeCursor(parsePage({}, { list, keys: 1 }).binding, position), 'base64url').toString(),
  ) as unknown[];
  return parts[0];
}

/** A cursor of this list whose keys were exchanged for others. */
const resealed = (position: Parameters<typeof encodeCursor>[1], parts: readonly unknown[]): string =>
  Buffer.from(JSON.stringify([sealOf(position), ...parts])).toString('base64url');

describe('parsePage', () => {
  it('gives twenty rows when nothing is asked for, and as many as are asked for up to two hundred', () => {
    expect(parsePage({}, { list, keys: 1 })).toMatchObject({ limit: 20, backwards: false, position: undefined });
    expect(parsePage({ first: 200 }, { list, keys: 1 }).limit).toBe(200);
    expect(parsePage({ last: 3 }, { list, keys: 1 })).toMatchObject({ limit: 3, backwards: true });
    expect(parsePage({ first: 0 }, { list, keys: 1 }).limit).toBe(0);
  });

  it('takes back the cursor that it gave, dates and nulls included', () => {
    const { binding } = parsePage({}, { list, keys: 3 });
    const position = ['咸宁', null, new Date('2026-02-14T00:00:00Z')];
    expect(parsePage({ after: encodeCursor(binding, position) }, { list, keys: 3 }).position).toEqual(position);
  });

  it.each([
    ['of another filter', encodeCursor(parsePage({}, { list: { ...list, filter: {} }, keys: 1 }).binding, ['a'])],
    ['with too few keys', encodeCursor(parsePage({}, { list, keys: 1 }).binding, [])],
    ['that hides an operator', resealed(['a'], [{ $gt: '' }])],
    ['whose text became a number', resealed(['a'], [7])],
    ['whose text became a day', resealed(['a'], [{ d: 0 }])],
    ['whose number became null', resealed([7], [null])],
    ['whose day became a text', resealed([new Date(0)], ['1970-01-01'])],
    ['with a day that no calendar has', resealed([new Date(0)], [{ d: 9e15 }])],
    ['with a number beyond all numbers', Buffer.from(`[${JSON.stringify(sealOf([7]))},1e999]`).toString('base64url')],
    ['that is rubbish', '%%%'],
    ['that is empty', ''],
  ])('refuses a cursor %s', (_name, after) => {
    expect(() => parsePage({ after }, { list, keys: 1 })).toThrow(/not a cursor of this list/);
  });
});

describe('keyset paging on MongoDB', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase(import.meta.url);
  });
  afterAll(async () => db.close());

  const key = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null });
  const direction = fc.constantFrom(1 as const, -1 as const);

  it('walks any order with ties and nulls in both directions without gap or repeat', async () => {
    const rows = db.connection.collection('rows');
    await fc.assert(
      fc.asyncProperty(
        fc.array(key, { minLength: 1, maxLength: 15 }),
        direction,
        direction,
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        async (keys, first, second, limit, backwards) => {
          await rows.deleteMany({});
          await rows.insertMany(keys.map((value, id) => ({ value, id })));
          const sort: SortKey[] = [
            { field: 'value', direction: first },
            { field: 'id', direction: second },
          ];
          const whole = (await rows.find().sort(keysetSort(sort)).toArray()).map(({ id }) => id as number);
          const seen: number[] = [];
          let cursor: string | null = null;
          for (;;) {
            const page = parsePage(backwards ? { last: limit, before: cursor } : { first: limit, after: cursor }, {
              list,
              keys: 2,
            });
            const read = await rows
              .find(keysetFilter(sort, page.position, page.backwards))
              .sort(keysetSort(sort, page.backwards))
              .limit(limit + 1)
              .toArray();
            const answer = connectionOf({ rows: read, page, sort, totalCount: keys.length });
            const ids = answer.nodes.map(({ id }) => id as number);
            if (backwards) seen.unshift(...ids);
            else seen.push(...ids);
            if (!(backwards ? answer.pageInfo.hasPreviousPage : answer.pageInfo.hasNextPage)) break;
            cursor = backwards ? answer.pageInfo.startCursor : answer.pageInfo.endCursor;
          }
          expect(seen).toEqual(whole);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('reads the pages, counts and totals of many parents with one command, and with two behind a cursor', async () => {
    const children = db.connection.collection('children');
    await children.insertMany(Array.from({ length: 300 }, (_, at) => ({ parent: `p${at % 150}`, at, fen: at })));
    const request = {
      connection: db.connection,
      collection: 'children',
      parentField: 'parent',
      parents: Array.from({ length: 160 }, (_, at) => `p${at}`),
      sort: [{ field: 'at', direction: -1 }] as const,
      limit: 1,
      totals: { fen: { $sum: '$fen' } },
    };
    const { result, commands } = await countCommands(db.connection, async () => pagePerParent<{ at: number }>(request));
    expect(commands).toEqual(['aggregate']);
    expect(result.size).toBe(150);
    expect(result.get('p7')).toMatchObject({ totalCount: 2, totals: { fen: 7 + 157 } });
    expect(result.get('p7')?.rows.map(({ at }) => at)).toEqual([157, 7]);

    const behind = await countCommands(db.connection, async () =>
      pagePerParent<{ at: number }>({ ...request, position: [157], project: ['fen'] }),
    );
    expect(behind.commands).toEqual(['aggregate', 'aggregate']);
    expect(behind.result.get('p7')).toEqual({ totalCount: 2, totals: { fen: 164 }, rows: [{ fen: 7, at: 7 }] });

    const counted = await countCommands(db.connection, async () => pagePerParent({ ...request, limit: undefined }));
    expect(counted.result.get('p7')).toEqual({ totalCount: 2, totals: { fen: 164 }, rows: [] });
  });

  describe('of a single parent', () => {
    const PARENTS = { short: 7, long: 70 };
    beforeAll(async () => {
      await db.connection
        .collection('lists')
        .insertMany(
          Object.entries(PARENTS).flatMap(([parent, length]) =>
            Array.from({ length }, (_, at) => ({ parent, at, fen: at * 2, text: '诉求' })),
          ),
        );
    });
    const request = (parent: string) => ({
      connection: db.connection,
      collection: 'lists',
      parentField: 'parent',
      parents: [parent],
      sort: [{ field: 'at', direction: 1 }] as const,
      limit: 3,
      project: ['text'],
      totals: { fen: { $sum: '$fen' } },
      addedUp: {
        fields: ['fen'],
        of: (rows: readonly { fen: number }[]) => ({ fen: rows.reduce((sum, { fen }) => sum + fen, 0) }),
      },
    });
    interface Row {
      readonly at: number;
      readonly fen: number;
    }

    it.each([
      ['short', ['find'], { backwards: false }, [0, 1, 2, 3]],
      ['short', ['find'], { backwards: true }, [6, 5, 4, 3]],
      ['long', ['find', 'aggregate'], { backwards: false }, [0, 1, 2, 3]],
      ['long', ['find', 'aggregate'], { backwards: true }, [69, 68, 67, 66]],
    ] as const)(
      'a %s list takes %j, %j, and counts and adds up as for many',
      async (parent, expected, direction, ats) => {
        const { result, commands } = await countCommands(db.connection, async () =>
          pagePerParent<Row>({ ...request(parent), ...direction }),
        );
        expect(commands).toEqual(expected);
        expect(result.get(parent)?.rows.map(({ at }) => at)).toEqual(ats);
        const many = await pagePerParent<Row>({ ...request(parent), ...direction, parents: [parent, 'nobody'] });
        expect(many.get(parent)).toMatchObject({
          totalCount: PARENTS[parent],
          rows: ats.map((at) => ({ at, text: '诉求' })),
        });
        expect([...result.keys()]).toEqual([...many.keys()]);
        expect(result.get(parent)).toMatchObject({
          totalCount: many.get(parent)?.totalCount,
          totals: many.get(parent)?.totals,
        });
      },
    );

    it('has its rows whole where no fields are named, its condition applied, and no entry where it has no rows', async () => {
      const whole = { ...request('short'), project: undefined, totals: {} };
      const found = await pagePerParent<Row>({ ...whole, match: { at: { $gte: 5 } } });
      expect(found.get('short')).toMatchObject({
        totalCount: 2,
        rows: [{ parent: 'short', at: 5, fen: 10, text: '诉求' }, { at: 6 }],
      });
      expect(await pagePerParent<Row>(request('nobody'))).toEqual(new Map());
    });

    it('is added up by the database where nothing else can', async () => {
      const { addedUp, ...grouped } = request('short');
      const found = await pagePerParent<Row>(grouped);
      expect(found.get('short')?.totals).toEqual(addedUp.of(Array.from({ length: 7 }, (_, at) => ({ fen: at * 2 }))));
    });
  });
});
