import {
  coordinator,
  enterprisesUnderTest,
  officer,
  type EnterprisesUnderTest,
} from '../../support/enterprises-under-test.js';
import { deliveries } from '../../support/deliveries.js';

/** Codes of real organisations, which the demo city does not have. */
const [NEW, OTHER] = ['91110000600037341L', '91310000631696382C'];
let under: EnterprisesUnderTest;
let register: ReturnType<typeof deliveries>;
beforeEach(async () => {
  under = await enterprisesUnderTest(import.meta.url, 200);
  register = deliveries(under, 'enterprise', 'SCJGJ');
});
afterEach(async () => under.close());

const CARD = `uscc name legalForm scale registeredOn status registeredCapital { amount } industry { code name } region { code }
  contact { name telephone address } steward { id } facts version`;
const read = async (uscc: string) => {
  const { data, errors } = await under.ask<{ enterprise: Record<string, unknown> }>(
    `{ enterprise(uscc: "${uscc}") { ${CARD} } }`,
    { actor: coordinator },
  );
  expect(errors).toBeUndefined();
  return data?.enterprise;
};
const events = async (type: string) =>
  (await under.database.connection.collection('outbox').find({ 'event.type': type }).toArray()).map(
    ({ event }) => event as unknown,
  );

const ROW = {
  uscc: NEW,
  name: '咸宁市某某科技有限公司',
  registeredOn: '2002-01-07',
  legalForm: 'LIMITED_COMPANY',
  scale: 'SMALL',
  status: 'IN_OPERATION',
  registeredCapital: '300000000',
  industry: '1331',
  region: '421202',
  contactName: '张三',
  contactTelephone: '0715-8123456',
  contactAddress: '咸宁市某路 1 号',
};

describe('a row of a register', () => {
  it('becomes an enterprise on the graph, found by search, with its event', async () => {
    const { run } = await register.deliver([ROW]);
    expect(run.counts).toMatchObject({ new: 1, refused: 0 });
    expect(await read(NEW)).toEqual({
      uscc: NEW,
      name: ROW.name,
      legalForm: 'LIMITED_COMPANY',
      scale: 'SMALL',
      registeredOn: '2002-01-07',
      status: 'IN_OPERATION',
      registeredCapital: { amount: '3000000.00' },
      industry: { code: 'C1331', name: '食用植物油加工' },
      region: { code: '421202' },
      contact: { name: '张三', telephone: '0715-8123456', address: '咸宁市某路 1 号' },
      steward: null,
      facts: expect.objectContaining({ asOf: '2002-01-07' }) as unknown,
      version: 1,
    });
    const found = await under.ask('{ searchEnterprises(text: "某某科技", first: 1) { nodes { uscc } } }', {
      actor: officer,
    });
    expect(found.data).toEqual({ searchEnterprises: { nodes: [{ uscc: NEW }] } });
    expect(await events('cn.zhitong.enterprise.registered')).toEqual([
      expect.objectContaining({ subject: NEW, data: { uscc: NEW } }),
    ]);
  });

  it('that states little: the rest is unknown, never zero', async () => {
    await register.deliver([{ uscc: NEW, name: '某公司', registeredOn: '2002-01-07', registeredCapital: null }]);
    const record = await read(NEW);
    expect(record).toMatchObject({
      registeredCapital: null,
      scale: null,
      status: null,
      industry: null,
      region: null,
      contact: null,
      steward: null,
    });
    expect(Object.keys((record?.['facts'] as { values: object }).values).sort()).toEqual([
      'firstTimeHonours',
      'honours',
      'honoursOfLastYear',
      'honoursOfThisYear',
      'registeredOn',
      'titles',
    ]);
  });

  it('changes what it states of a registered one and nothing else: version, search, version of the facts, event', async () => {
    const [one] = under.city.enterprises;
    const uscc = one?.uscc ?? '';
    const factsVersion = async () =>
      (await under.ask(`{ enterprise(uscc: "${uscc}") { factsVersion } }`, { actor: coordinator })).data;
    const [before, versionBefore] = [await read(uscc), await factsVersion()];
    const { run } = await register.deliver([
      { uscc, name: '改名后的企业', status: 'DEREGISTERED', contactName: '李四' },
    ]);
    expect(run.counts).toMatchObject({ changed: 1 });
    const after = await read(uscc);
    expect(after).toEqual({
      ...before,
      name: '改名后的企业',
      status: 'DEREGISTERED',
      contact: { ...(before?.['contact'] as object), name: '李四' },
      facts: expect.anything() as unknown,
      version: 2,
    });
    expect(await factsVersion()).not.toEqual(versionBefore);
    expect(
      (await under.ask('{ searchEnterprises(text: "改名后", first: 1) { nodes { uscc } } }', { actor: officer })).data,
    ).toEqual({
      searchEnterprises: { nodes: [{ uscc }] },
    });
    expect(await events('cn.zhitong.enterprise.changed')).toEqual([
      expect.objectContaining({ subject: uscc, data: { uscc, version: 2, fields: ['name', 'status', 'contact'] } }),
    ]);
  });

  it('that says what stands changes nothing', async () => {
    const [one] = under.city.enterprises;
    const { run } = await register.deliver([{ uscc: one?.uscc ?? '', name: one?.name ?? '', scale: one?.scale ?? '' }]);
    expect(run.counts).toMatchObject({ unchanged: 1, changed: 0 });
    expect(await read(one?.uscc ?? '')).toMatchObject({ version: 1 });
  });

  it.each([
    ['a wrong check character', { uscc: '911100006000373411' }, 'uscc', 'GB 32100-2015'],
    ['no name', { name: null }, 'name', '缺少企业名称'],
    ['no day of registration', { registeredOn: null }, 'registeredOn', '缺少成立日期'],
    ['a day that does not exist', { registeredOn: '2023-02-29' }, 'registeredOn', '不是存在的日期'],
    ['a day to come', { registeredOn: '2026-11-21' }, 'registeredOn', '晚于今天'],
    ['a region of elsewhere', { region: '540100' }, 'region', '不是本市的行政区划'],
    ['an industry that is none', { industry: 'C0110' }, 'industry', 'GB/T 4754'],
    ['a size that is none', { scale: 'HUGE' }, 'scale', '不在允许的取值之内'],
    ['capital below nothing', { registeredCapital: '-1' }, 'registeredCapital', '注册资本'],
    ['capital that no number holds', { registeredCapital: '9007199254740993' }, 'registeredCapital', '注册资本'],
  ])('with %s is refused by its column, and the others land', async (_what, part, field, reason) => {
    const { run } = await register.deliver([
      { ...ROW, ...part },
      { ...ROW, uscc: OTHER },
    ]);
    expect(run.counts).toMatchObject({ read: 2, new: 1, refused: 1 });
    expect(await register.refusals()).toEqual([[field, expect.stringContaining(reason) as unknown]]);
  });

  it('is marked as deregistered when a complete delivery does not have it any more', async () => {
    const sweep = { mostShare: 0.5 };
    await register.deliver([ROW, { ...ROW, uscc: OTHER }], { sweep });
    await register.deliver([ROW], { sweep });
    expect(await read(OTHER)).toMatchObject({ status: 'DEREGISTERED', version: 2 });
  });
});

describe('undoing a delivery', () => {
  it('takes out what was entered and restores what was changed, with events', async () => {
    const [one] = under.city.enterprises;
    const uscc = one?.uscc ?? '';
    const { run } = await register.deliver([ROW, { uscc, name: '改名后的企业' }]);
    await register.undo(run._id);
    expect(await read(NEW)).toBeNull();
    expect(await read(uscc)).toMatchObject({ name: one?.name, version: 3 });
    expect(await events('cn.zhitong.enterprise.withdrawn')).toHaveLength(1);
    expect((await register.deliver([ROW])).run.counts).toMatchObject({ new: 1 });
  });

  it('leaves an enterprise of which facts were recorded since', async () => {
    const { run } = await register.deliver([ROW]);
    await deliveries(under, 'enterprise-facts', 'SHUIWJ').deliver([{ uscc: NEW, year: 2025, employees: 12 }]);
    const { undoing } = await register.undo(run._id);
    expect(undoing).toMatchObject({ undone: 0, left: 1 });
    expect(await read(NEW)).toMatchObject({ uscc: NEW });
  });
});
