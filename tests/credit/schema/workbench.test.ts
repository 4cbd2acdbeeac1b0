import exceljs from 'exceljs';
import { mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportToFile } from '../../../subgraphs/credit/src/usecases/files/export-to-file.js';
import { positionAsOf } from '../../../subgraphs/credit/src/domain/ledger/as-of.js';
import { risk } from '../../../subgraphs/credit/src/domain/audit/risk.js';
import { sealLedger } from '../../../subgraphs/credit/src/usecases/seal-ledger.js';
import { sendReminders } from '../../../subgraphs/credit/src/usecases/send-reminders.js';
import { auditor, coordinator, creditOfDemoCity, officer, TODAY } from '../support/credit-under-test.js';

let credit: Awaited<ReturnType<typeof creditOfDemoCity>>;
beforeAll(async () => {
  credit = await creditOfDemoCity(import.meta.url);
  await sealLedger({ stores: credit.department.stores, cutoff: '2026-11-19T16:00:00.000Z' });
});
afterAll(async () => credit.close());

let keys = 0;
const key = () => `key-${String((keys += 1)).padStart(8, '0')}`;

interface Item {
  commitment: { id: string; promisor: { code: string } };
  risk: { score: number; amount: number; age: number; document: number; department: number };
}
interface Listed {
  auditWorklist: { totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string }; nodes: Item[] } | null;
}
const LIST = `query ($asOf: Date!, $knownOn: Date, $filter: AuditWorklistFilter, $first: Int, $after: String) { auditWorklist(asOf: $asOf, knownOn: $knownOn, filter: $filter, first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } nodes { commitment { id promisor { code } dueOn daysOverdue outstandingAmount { amount } } risk { score amount age document department } } } }`;
const list = async (variables: Record<string, unknown>, actor = auditor) =>
  credit.ask<Listed>(LIST, { variables: { asOf: TODAY, ...variables }, actor });

/** The list as the domain makes it, commitment by commitment. */
function expectedList(asOf: string) {
  const open = credit.chains.flatMap((chain) => {
    const position = positionAsOf(chain, { asOf, knownOn: null });
    return position && position.outstanding > 0 ? [{ ...position, id: chain[0]?.commitmentId ?? '' }] : [];
  });
  return open
    .map((position) => {
      const own = open.filter(({ promisor }) => promisor === position.promisor);
      const money = position.terms.measure === 'MONEY' ? position.outstanding : 0;
      const facts = {
        outstanding: money,
        daysOverdue: position.daysOverdue,
        hasDocument: position.document !== null,
        departmentOverduePercent: Math.floor((100 * own.filter(({ overdue }) => overdue > 0).length) / own.length),
      };
      return { ...position, money, risk: risk(facts) };
    })
    .sort((a, b) => b.risk.score - a.risk.score || b.money - a.money || (a.id < b.id ? -1 : 1));
}

describe('the audit workbench', () => {
  it.each([TODAY, '2026-02-28'])(
    'as of %s ranks what was not kept by the documented points, in pages',
    async (asOf) => {
      const seen: Item[] = [];
      for (let after: string | undefined; ;) {
        const { data, errors } = await list({ asOf, first: 25, after });
        expect(errors).toBeUndefined();
        seen.push(...(data?.auditWorklist?.nodes ?? []));
        if (!data?.auditWorklist?.pageInfo.hasNextPage) break;
        after = data.auditWorklist.pageInfo.endCursor;
      }
      const expected = expectedList(asOf);
      expect(seen.map(({ commitment, risk: { score, ...parts } }) => [commitment.id, score, parts])).toEqual(
        expected.map(({ id, risk: { score, parts } }) => [id, score, parts]),
      );
    },
  );

  it.each<[string, Record<string, unknown>, (item: ReturnType<typeof expectedList>[number]) => boolean]>([
    ['without a document', { documented: false }, ({ document }) => document === null],
    ['of one department', { department: 'CZJ' }, ({ promisor }) => promisor === 'CZJ'],
    ['90 days overdue', { daysOverdueAtLeast: 90 }, ({ daysOverdue }) => daysOverdue >= 90],
    ['overdue or not', { daysOverdueAtLeast: 0 }, () => true],
    ['of a million or more', { outstandingAtLeast: '1000000.00' }, ({ money }) => money >= 100_000_000],
    [
      'of a kind in a district',
      { kind: ['CASH'], districtCode: '421202' },
      ({ terms }) => terms.kind === 'CASH' && terms.districtCode === '421202',
    ],
  ])('finds those %s', async (_what, filter, holds) => {
    const { data } = await list({ filter, first: 200 });
    const expected = expectedList(TODAY).filter(holds);
    expect(data?.auditWorklist?.totalCount).toBe(expected.length);
    expect(data?.auditWorklist?.nodes.map(({ commitment }) => commitment.id)).toEqual(expected.map(({ id }) => id));
  });

  it.each([-1, 36_501, 2_147_483_647])('refuses to look for what is %d days overdue', async (daysOverdueAtLeast) => {
    expect((await list({ filter: { daysOverdueAtLeast }, first: 1 })).errors?.[0]).toMatchObject({
      message: expect.stringContaining(String(daysOverdueAtLeast)) as unknown,
      extensions: { code: 'BAD_USER_INPUT', argumentPath: ['filter', 'daysOverdueAtLeast'] },
    });
  });

  it('is for auditors and the coordinator', async () => {
    expect((await list({ first: 1 }, coordinator)).errors).toBeUndefined();
    expect((await list({ first: 1 }, officer('CZJ'))).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });

  it("names the seal whose root proves an audit's figures", async () => {
    const seal = async (knownOn: string) =>
      (
        await credit.ask<{ commitmentAudit: { seal: { no: number; root: string } | null } }>(
          'query ($knownOn: Date) { commitmentAudit(asOf: "2026-11-19", knownOn: $knownOn) { seal { no root cutoff size } } }',
          { variables: { knownOn }, actor: auditor },
        )
      ).data?.commitmentAudit.seal;
    expect(await seal('2026-11-19')).toMatchObject({
      no: 1,
      cutoff: '2026-11-19T16:00:00.000Z',
      // The whole ledger of each promise, and what of it is shown to whom it was made.
      size: 2 * credit.chains.length,
    });
    expect(await seal('2026-11-18')).toBeNull();
  });
});

describe('notes and referrals', () => {
  const SHOWN =
    '{ matter { id kind text by referredTo { code } respondBy isOverdue response { text by on } } refusal { code path } }';
  interface Matter {
    id: string;
  }
  const write = async (mutation: string, type: string, input: Record<string, unknown>, actor = auditor) => {
    const { data, errors } = await credit.ask<
      Record<string, { matter: Matter | null; refusal: { code: string } | null } | null>
    >(`mutation ($input: ${type}!) { ${mutation}(input: $input) ${SHOWN} }`, {
      variables: { input: { idempotencyKey: key(), ...input } },
      actor,
    });
    return { matter: data?.[mutation]?.matter ?? null, refusal: data?.[mutation]?.refusal ?? null, errors };
  };
  const matters = async (id: string, actor = auditor) =>
    (
      await credit.ask<{ commitment: { auditMatters: { kind: string; isOverdue: boolean }[] } }>(
        'query ($id: ID!) { commitment(id: $id) { auditMatters { kind isOverdue response { text } } } }',
        { variables: { id }, actor },
      )
    ).data?.commitment.auditMatters;

  const toAnswer = async (actor: ReturnType<typeof officer>) =>
    (
      await credit.ask<{ referralsToAnswer: { id: string }[] }>('{ referralsToAnswer { id commitment { id } } }', {
        actor,
      })
    ).data?.referralsToAnswer;

  it('stay with auditors; a referral is answered by its department, once, and shows when it is late', async () => {
    const commitment = credit.chains[0]?.[0]?.commitmentId ?? '';
    expect(
      (await write('addAuditNote', 'AddAuditNoteInput', { commitment, text: '缺少验收材料' })).matter,
    ).toMatchObject({ kind: 'NOTE', by: 'auditor-1', referredTo: null });
    const { matter } = await write('referCommitment', 'ReferCommitmentInput', {
      commitment,
      referredTo: 'CZJ',
      text: '请说明未兑现原因',
      respondBy: '2026-11-25',
    });
    expect(matter).toMatchObject({ kind: 'REFERRAL', referredTo: { code: 'CZJ' }, isOverdue: false, response: null });
    expect(await matters(commitment, officer('CZJ'))).toEqual([{ kind: 'REFERRAL', isOverdue: false, response: null }]);
    expect(await matters(commitment, officer('RSJ'))).toEqual([]);
    expect(await toAnswer(officer('CZJ'))).toEqual([{ id: matter?.id, commitment: { id: commitment } }]);
    expect(await toAnswer(officer('RSJ'))).toEqual([]);
    credit.clock.set('2026-11-26T02:00:00.000Z');
    expect(await matters(commitment)).toMatchObject([
      { kind: 'NOTE', isOverdue: false },
      { kind: 'REFERRAL', isOverdue: true },
    ]);
    const answer = { referral: matter?.id, text: '资金已列入年度预算' };
    expect(
      (await write('respondToReferral', 'RespondToReferralInput', answer, officer('RSJ'))).errors?.[0]?.extensions,
    ).toMatchObject({ code: 'FORBIDDEN' });
    expect((await write('respondToReferral', 'RespondToReferralInput', answer, officer('CZJ'))).matter).toMatchObject({
      isOverdue: false,
      response: { text: '资金已列入年度预算', on: '2026-11-26' },
    });
    expect(await toAnswer(officer('CZJ'))).toEqual([]);
    expect((await write('respondToReferral', 'RespondToReferralInput', answer, officer('CZJ'))).refusal).toMatchObject({
      code: 'ILLEGAL_STATE',
    });
    credit.clock.set(`${TODAY}T02:00:00.000Z`);
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    ['an empty text', { text: ' ' }, ['text']],
    ['an unknown commitment', { commitment: 'CN-0' }, ['commitment']],
    ['a day that has passed', { respondBy: '2026-11-19' }, ['respondBy']],
  ])('refuse %s', async (_what, changes, refusedPath) => {
    const input = {
      commitment: credit.chains[0]?.[0]?.commitmentId,
      referredTo: 'CZJ',
      text: '请说明',
      respondBy: '2026-11-30',
      ...changes,
    };
    expect((await write('referCommitment', 'ReferCommitmentInput', input)).refusal).toMatchObject({
      code: 'INVALID',
      path: refusedPath,
    });
  });
});

describe('the exported list', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'export-'));
  });
  afterAll(async () => rm(folder, { recursive: true }));
  const save = async (name: string, options: object = {}) => {
    const output = path.join(folder, name);
    const count = await exportToFile({
      stores: credit.department.stores,
      clock: credit.clock,
      options: { output, asOf: '2026-11-19', knownOn: '2026-11-19', ...options },
    });
    return { output, count };
  };

  it('is CSV with the query, the days, the root and every row, worst first', async () => {
    const { output, count } = await save('list.csv');
    const text = await readFile(output, 'utf8');
    expect(text.startsWith('\uFEFF未兑现政府承诺清单\r\n')).toBe(true);
    const lines = text.trimEnd().split('\r\n');
    const seal = await credit.department.stores.seals.finished();
    expect(lines.slice(1, 6)).toEqual([
      '数据日期,2026-11-19',
      '知悉日,2026-11-19',
      '查询条件,全部',
      '账本封存号,1',
      `账本根哈希,${seal?.root ?? ''}`,
    ]);
    const expected = expectedList('2026-11-19');
    expect(count).toBe(expected.length);
    expect(lines.slice(10, -1).map((line) => line.split(',')[0])).toEqual(expected.map(({ id }) => id));
    expect(lines.at(-1)).toContain(`合计（资金承诺）,${String(expected.length)}项,`);
  });

  it('is XLSX with the same rows, with amounts and days that a spreadsheet reckons with, names, and totals', async () => {
    const output = path.join(folder, 'list.xlsx');
    const count = await exportToFile({
      stores: credit.department.stores,
      clock: credit.clock,
      names: { departments: new Map([['FGW', '咸宁市发展和改革委员会']]), regions: new Map([['421202', '咸安区']]) },
      enterpriseNames: async (usccs) => Promise.resolve(new Map(usccs.map((uscc) => [uscc, `企业${uscc.slice(-4)}`]))),
      options: { output, asOf: '2026-11-19', knownOn: '2026-11-19', undocumented: true },
    });
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.readFile(output);
    const sheet = workbook.getWorksheet('未兑现承诺');
    const expected = expectedList('2026-11-19').filter(({ document }) => document === null);
    expect(count).toBe(expected.length);
    expect(sheet?.getCell('B4').value).toBe('{"documented":false}');
    expect(sheet?.getCell('A10').value).toBe('承诺编号');
    expect(expected.map((_, i) => sheet?.getCell(11 + i, 1).value)).toEqual(expected.map(({ id }) => id));
    const rows = expected.map((_, i) => sheet?.getRow(11 + i));
    const heads = (sheet?.getRow(10).values ?? []) as string[];
    const column = (head: string) => heads.indexOf(head);
    const cells = (head: string) => rows.map((row) => row?.getCell(column(head)).value);
    const money = expected.map(({ terms }) => terms.measure === 'MONEY');
    expect(cells('未兑现').every((value) => typeof value === 'number')).toBe(true);
    expect(cells('承诺日期')).toEqual(expected.map(({ promisedOn }) => new Date(`${promisedOn}T00:00:00.000Z`)));
    expect(cells('责任单位')).toContain('咸宁市发展和改革委员会');
    expect(cells('县市区')).toContain('咸安区');
    expect(cells('企业名称')).toEqual(expected.map(({ terms: { uscc } }) => `企业${uscc.slice(-4)}`));
    const total = sheet?.getRow(11 + expected.length);
    expect(total?.getCell(1).value).toBe('合计（资金承诺）');
    const sum = expected.reduce((fen, { outstanding }, i) => fen + (money[i] === true ? outstanding : 0), 0);
    expect(total?.getCell(column('未兑现')).value).toBe(sum / 100);
  });

  it.each(['list.csv', 'list.xlsx'])('says where %s cannot be written', async (name) => {
    await expect(save(path.join('missing', name))).rejects.toThrow(
      /--output is .*missing.*, which cannot be written: .*ENOENT/,
    );
  });

  it.each(['list.csv', 'list.xlsx'])(
    'ends with the error of a disk that takes nothing, in place of waiting: %s',
    async (name) => {
      await expect(
        exportToFile({
          stores: credit.department.stores,
          clock: credit.clock,
          options: { output: path.join(folder, name) },
          open: async () => open(fileURLToPath(import.meta.url), 'r'),
        }),
      ).rejects.toThrow('EBADF');
    },
  );

  it('leaves no half of a file when it cannot be made, and says why', async () => {
    await expect(save('list.txt')).rejects.toThrow('it ends in .csv or .xlsx');
    await expect(save('late.csv', { asOf: '2026-11-21' })).rejects.toThrow(
      '--as-of is 2026-11-21, which has not come yet',
    );
    await expect(
      exportToFile({
        stores: { ...credit.department.stores, worklist: undefined as never },
        clock: credit.clock,
        options: { output: path.join(folder, 'broken.csv') },
      }),
    ).rejects.toThrow();
    expect((await readdir(folder)).sort()).toEqual(['list.csv', 'list.xlsx']);
  });
});

describe('reminders', () => {
  it('are sent once for each stage that a due day reaches, to whoever listens', async () => {
    const { stores, outbox } = credit.department;
    const remind = async () => sendReminders({ db: credit.database.connection, stores, outbox, clock: credit.clock });
    const due = expectedList(TODAY).filter(({ dueOn }) => dueOn !== null && dueOn <= '2026-12-20');
    const counts = await Promise.all([remind(), remind()]);
    expect(counts[0] + counts[1] + (await remind())).toBe(due.length);
    expect(await remind()).toBe(0);
    const events = await credit.database.connection
      .collection<{ event: { type: string; subject: string; data: { stage: string; dueOn: string } } }>('outbox')
      .find({ 'event.type': 'cn.zhitong.commitment.reminder' })
      .toArray();
    expect(events.map(({ event }) => event.subject).sort()).toEqual(due.map(({ id }) => id).sort());
    credit.clock.set('2026-11-27T02:00:00.000Z');
    const stillOverdue = due.filter(({ dueOn }) => (dueOn ?? '') <= TODAY).length;
    expect(await remind()).toBeGreaterThanOrEqual(stillOverdue);
    credit.clock.set(`${TODAY}T02:00:00.000Z`);
  });

  it('are sent of every promise but those of which nobody can be reminded, which are named', async () => {
    const { stores, outbox } = credit.department;
    const { connection } = credit.database;
    const [commitments, reminders] = [
      connection.collection('commitments'),
      connection.collection('reminders'),
    ] as const;
    await reminders.deleteMany({});
    const due = expectedList(TODAY).filter(({ dueOn }) => dueOn !== null && dueOn <= '2026-12-20');
    const [noDay = '', noNumber = ''] = due.map(({ id }) => id).sort();
    await commitments.updateOne({ id: noDay }, { $set: { dueOn: '2026-02-31' } });
    await commitments.updateOne({ id: noNumber }, { $set: { id: `${noNumber}\u0007` } });
    const failed: string[] = [];
    const remind = async () =>
      sendReminders({
        ...{ db: connection, stores, outbox, clock: credit.clock },
        onFailed: (id) => failed.push(id),
      });
    expect(await remind()).toBe(due.length - 2);
    expect(failed.sort()).toEqual([noDay, `${noNumber}\u0007`].sort());
    // Mended, the next round reminds of them.
    const { dueOn } = due.find(({ id }) => id === noDay) ?? { dueOn: null };
    await commitments.updateOne({ id: noDay }, { $set: { dueOn } });
    await commitments.updateOne({ id: `${noNumber}\u0007` }, { $set: { id: noNumber } });
    expect(await remind()).toBe(2);
  });
});
