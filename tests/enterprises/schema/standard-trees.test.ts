import { enterprise, enterprisesUnderTest, type EnterprisesUnderTest } from '../support/enterprises-under-test.js';

let hub: EnterprisesUnderTest;
beforeAll(async () => {
  hub = await enterprisesUnderTest(import.meta.url, 200);
});
afterAll(async () => hub.close());

describe('the classification of industries', () => {
  it('is read by anybody, level by level', async () => {
    const { data, errors } = await hub.ask(
      `{ sections: industryClasses { code name } 
         below: industryClasses(parent: "c133") { code name level edition parent { code parent { code parent { code } } } }
         one: industryClass(code: "Ｃ１３３１") { code name children { code } } none: industryClass(code: "C1330") { code }
         old: industryClass(code: "P82", edition: "GB/T 4754-2011") { name successors { code name predecessors { code edition } } } }`,
    );
    expect(errors).toBeUndefined();
    const shown = data as unknown as { sections: { code: string }[] };
    expect(shown.sections.map(({ code }) => code).join('')).toBe('ABCDEFGHIJKLMNOPQRST');
    expect(data).toMatchObject({
      below: ['食用植物油加工', '非食用植物油加工'].map((name, index) => ({
        ...{ code: `C133${index + 1}`, name, level: 'CLASS', edition: 'GB/T 4754-2017' },
        parent: { code: 'C133', parent: { code: 'C13', parent: { code: 'C' } } },
      })),
      one: { code: 'C1331', name: '食用植物油加工', children: [] },
      none: null,
      old: {
        name: '教育',
        successors: [{ code: 'P83', name: '教育', predecessors: [{ code: 'P82', edition: 'GB/T 4754-2011' }] }],
      },
    });
  });

  it.each([
    [
      'industryClasses(parent: "C999") { code }',
      'GB/T 4754-2017 has no code \\"C999\\"'.replaceAll('\\', ''),
      'parent',
    ],
    ['industryClasses(edition: "GB/T 4754-2002") { code }', 'there are GB/T 4754-2017 and GB/T 4754-2011', 'edition'],
    ['industryClass(code: "C", edition: "2017") { code }', 'there are GB/T 4754-2017', 'edition'],
    ['administrativeDivisions(parent: "999999") { code }', '统计用区划代码 2023 has no code', 'parent'],
  ])('refuses %s', async (field, message, path) => {
    const { errors } = await hub.ask(`{ ${field} }`);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining(message) as unknown,
      extensions: { code: 'BAD_USER_INPUT', argumentPath: [path] },
    });
  });
});

it('shows the divisions from the province down to the town, and what a former county became', async () => {
  const { data, errors } = await hub.ask(
    `{ town: administrativeDivision(code: "421202001") { name level parent { name parent { name parent { name parent { name } } } } }
       county: administrativeDivision(code: "421023") { name edition successors { code name } }
       parts: administrativeDivisions(parent: "421200") { code name children { name } } }`,
  );
  expect(errors).toBeUndefined();
  const { parts } = data as unknown as { parts: { code: string; children: unknown[] }[] };
  expect(parts.map(({ code }) => code)).toEqual(['421202', '421221', '421222', '421223', '421224', '421281']);
  expect(parts.every(({ children }) => children.length > 0)).toBe(true);
  expect(data).toMatchObject({
    town: {
      ...{ name: '温泉街道', level: 'TOWNSHIP' },
      parent: { name: '咸安区', parent: { name: '咸宁市', parent: { name: '湖北省', parent: null } } },
    },
    county: { name: '监利县', edition: 'GB/T 2260-2007', successors: [{ code: '421088', name: '监利市' }] },
  });
});

describe('an enterprise', () => {
  const ENTRY = 'industryClass { code edition successors { code } } administrativeDivision { code parent { code } }';

  it('stands in both trees, and is found by every entry above it', async () => {
    const { data } = await hub.ask(
      '{ enterprises(first: 1, filter: { industry: ["C"], region: ["421200"] }) { nodes { uscc industryClass { code parent { code parent { code } } } administrativeDivision { code } } } }',
    );
    const [one] = (
      data as unknown as {
        enterprises: {
          nodes: {
            uscc: string;
            industryClass: { code: string; parent: { code: string; parent: { code: string } } };
            administrativeDivision: { code: string };
          }[];
        };
      }
    ).enterprises.nodes;
    if (one === undefined) throw new Error('the city has no manufacturer');
    const { industryClass, administrativeDivision, uscc } = one;
    const above = [industryClass.code, industryClass.parent.code, industryClass.parent.parent.code, 'C'];
    for (const industry of above) {
      const { data: found } = await hub.ask(
        'query ($filter: EnterpriseFilter) { enterprises(filter: $filter) { nodes { uscc } } }',
        { variables: { filter: { industry: [industry], region: [administrativeDivision.code], uscc: [uscc] } } },
      );
      expect(found).toMatchObject({ enterprises: { nodes: [{ uscc }] } });
    }
  });

  it('lists the city and its districts with the places for a map', async () => {
    const { data, errors } = await hub.ask(
      '{ regions { code } cityDivisions { code name level seat { longitude latitude } } administrativeDivision(code: "420100") { seat { latitude } } }',
    );
    expect(errors).toBeUndefined();
    const { regions, cityDivisions } = data as {
      regions: { code: string }[];
      cityDivisions: { code: string; name: string; seat: { longitude: number; latitude: number } }[];
    };
    expect(cityDivisions.map(({ code }) => code)).toEqual(regions.map(({ code }) => code));
    // The Yangtze bounds the city in the north-west, the mountains of Hunan and Jiangxi in the south.
    const place = Object.fromEntries(cityDivisions.map(({ name, seat }) => [name, seat]));
    for (const { longitude, latitude } of Object.values(place)) {
      expect(longitude).toBeGreaterThan(113.5);
      expect(longitude).toBeLessThan(115);
      expect(latitude).toBeGreaterThan(29);
      expect(latitude).toBeLessThan(30.3);
    }
    expect(place['嘉鱼县']?.latitude).toBeGreaterThan(place['通城县']?.latitude ?? Infinity);
    expect(place['通山县']?.longitude).toBeGreaterThan(place['赤壁市']?.longitude ?? Infinity);
    expect(data).toMatchObject({ administrativeDivision: { seat: null } });
  });

  it('reads the list below an entry by the index of the codes', async () => {
    const plan = await hub.database.connection
      .collection('enterprises')
      .find({ 'industry.code': { $in: [/^C13/] } })
      .explain('queryPlanner');
    expect(JSON.stringify(plan)).toContain('industry.code_1_uscc_1');
    expect(JSON.stringify(plan)).not.toContain('COLLSCAN');
  });

  it('that was registered under an earlier edition is understood, also as of an earlier day', async () => {
    const [one] = hub.city.enterprises;
    const uscc = one?.uscc ?? '';
    const { connection } = hub.database;
    const before = { code: 'G59', name: '仓储业' };
    await connection
      .collection('enterprises')
      .updateOne(
        { uscc },
        { $set: { industry: { code: 'G5920', name: '通用仓储' }, region: { code: '421281', name: '赤壁市' } } },
      );
    await connection.collection('register_changes').insertOne({
      ...{ uscc, version: 2, field: 'industry', on: '2026-11-10' },
      ...{ from: before, to: { code: 'G5920', name: '通用仓储' } },
    });
    const { data, errors } = await hub.ask(
      `query ($uscc: ID!) { enterprise(uscc: $uscc) { ${ENTRY}
         then: registeredState(asOf: "2026-11-09") { industry { code name } ${ENTRY} }
         now: registeredState { ${ENTRY} } } }`,
      { variables: { uscc }, actor: enterprise(uscc) },
    );
    expect(errors).toBeUndefined();
    const place = { administrativeDivision: { code: '421281', parent: { code: '421200' } } };
    const today = { industryClass: { code: 'G5920', edition: 'GB/T 4754-2017', successors: [] }, ...place };
    expect(data).toMatchObject({
      enterprise: {
        ...today,
        now: today,
        then: {
          ...place,
          industry: before,
          industryClass: { code: 'G59', edition: 'GB/T 4754-2011', successors: [{ code: 'G59' }] },
        },
      },
    });
  });
});
