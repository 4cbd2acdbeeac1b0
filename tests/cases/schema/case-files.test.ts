import { createHash } from 'node:crypto';
import type { Actor } from '@zhitong/kit';
import { aHistory, anIntake, assigned, USCC } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { aSubmission } from '../support/mutations.js';
import { fileSweepJob } from '../../../subgraphs/cases/src/usecases/case-file-commands.js';

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url, '2026-06-30');
});
beforeEach(async () => cases.empty());
afterAll(async () => cases.close());

/** As the schema states it. */
const PART = 131_072;
/** A file of a kind, of so many bytes that no two of its parts are alike. */
const aFile = (bytes: number, begin = '%PDF-1.7\n'): Buffer =>
  Buffer.concat([
    Buffer.from(begin, 'latin1'),
    ...Array.from({ length: Math.ceil(bytes / 32) }, (_, at) => createHash('sha256').update(String(at)).digest()),
  ]).subarray(0, bytes);

/** Another enterprise that is registered. */
const stranger: Actor = { sub: 'enterprise-3', roles: ['ENTERPRISE'], uscc: '91421222MA3L4W7M5Q' };

let keys = 0;
const key = (): string => `file-key-${String((keys += 1))}`;

interface Answered {
  readonly upload: { id: string; partCount: number; nextPart: number | null; sha256: string | null } | null;
  readonly refusal: { code: string; path: string[]; details: { reason?: string; zh?: string } } | null;
}
const ANSWER = '{ upload { id partCount nextPart sha256 } refusal { code path details } }';

async function begin(input: Record<string, unknown>, who: Actor = people.owner): Promise<Answered> {
  const { data, errors } = await cases.ask<{ beginCaseFile: Answered }>(
    `mutation ($input: BeginCaseFileInput!) { beginCaseFile(input: $input) ${ANSWER} }`,
    { input: { idempotencyKey: key(), name: '购销合同.pdf', kind: 'PDF', ...input } },
    who,
  );
  expect(errors).toBeUndefined();
  return data?.beginCaseFile as Answered;
}

async function add(input: Record<string, unknown>, who: Actor = people.owner): Promise<Answered> {
  const { data, errors } = await cases.ask<{ addCaseFilePart: Answered }>(
    `mutation ($input: AddCaseFilePartInput!) { addCaseFilePart(input: $input) ${ANSWER} }`,
    { input: { idempotencyKey: key(), ...input } },
    who,
  );
  expect(errors).toBeUndefined();
  return data?.addCaseFilePart as Answered;
}

/** Sends a whole file, and returns its id. */
async function sent(
  content: Buffer,
  { who = people.owner, name = '购销合同.pdf' }: { who?: Actor; name?: string } = {},
): Promise<string> {
  const { upload } = await begin({ bytes: content.length, name }, who);
  const file = upload?.id ?? '';
  for (let part = 0; part * PART < content.length; part += 1)
    await add({ file, part, content: content.subarray(part * PART, (part + 1) * PART).toString('base64') }, who);
  return file;
}

interface Taken {
  readonly case: { caseNumber: string } | null;
  readonly refusal: Answered['refusal'];
}
async function submit(input: Record<string, unknown>, who: Actor = people.owner): Promise<Taken> {
  const { data, errors } = await cases.ask<{ submitCase: Taken }>(
    `mutation ($input: SubmitCaseInput!) {
      submitCase(input: $input) { case { caseNumber } refusal { code path details } } }`,
    { input: { idempotencyKey: key(), ...aSubmission({}), ...input } },
    who,
  );
  expect(errors).toBeUndefined();
  return data?.submitCase as Taken;
}

interface Shown {
  readonly id: string;
  readonly isReadable: boolean;
  readonly name: string | null;
  readonly bytes: number | null;
  readonly sha256: string | null;
  readonly partCount: number | null;
}
async function files(caseNumber: string, who: Actor): Promise<readonly Shown[] | undefined> {
  const { data } = await cases.ask<{ case: { files: readonly Shown[] } | null }>(
    `query ($n: ID!) { case(caseNumber: $n) { files { id isReadable name bytes sha256 partCount } } }`,
    { n: caseNumber },
    who,
  );
  return data?.case?.files;
}
async function part(caseNumber: string, file: string, number: number, who: Actor) {
  const { data, errors } = await cases.ask<{ case: { file: { part: string | null } | null } | null }>(
    'query ($n: ID!, $file: ID!, $number: Int!) { case(caseNumber: $n) { file(id: $file) { part(number: $number) } } }',
    { n: caseNumber, file, number },
    who,
  );
  return { part: data?.case?.file?.part, code: errors?.[0]?.extensions?.['code'] };
}
const reasonOf = ({ refusal }: Pick<Answered, 'refusal'>) => [refusal?.path.join('.'), refusal?.details.reason];

describe('files of a case', () => {
  it('come by parts with the case, and whoever reads the case reads them byte for byte; others do not', async () => {
    const content = aFile(2 * PART + 5);
    const announcedKey = key();
    const first = await begin({ bytes: content.length, idempotencyKey: announcedKey });
    expect(first.upload).toMatchObject({ partCount: 3, nextPart: 0, sha256: null });
    const id = first.upload?.id ?? '';
    const piece = (at: number) => content.subarray(at * PART, (at + 1) * PART).toString('base64');
    expect((await add({ file: id, part: 0, content: piece(0) })).upload?.nextPart).toBe(1);
    // The answer was lost: the same announcement tells how far it is.
    expect((await begin({ bytes: content.length, idempotencyKey: announcedKey })).upload).toMatchObject({
      id,
      nextPart: 1,
    });
    const second = { file: id, part: 1, content: piece(1), idempotencyKey: key() };
    expect((await add(second)).upload?.nextPart).toBe(2);
    expect((await add(second)).upload?.nextPart).toBe(2);
    const sha256 = createHash('sha256').update(content).digest('hex');
    expect((await add({ file: id, part: 2, content: piece(2) })).upload).toMatchObject({ nextPart: null, sha256 });

    const submission = { files: [id], idempotencyKey: key() };
    const taken = await submit(submission);
    const number = taken.case?.caseNumber ?? '';
    expect(taken.refusal).toBeNull();
    // Pressed twice: the files are given already, and the first result comes back.
    expect(await submit(submission)).toEqual(taken);
    const shown = [{ id, isReadable: true, name: '购销合同.pdf', bytes: content.length, sha256, partCount: 3 }];
    for (const who of [people.owner, people.coordinator, people.auditor]) {
      expect(await files(number, who)).toEqual(shown);
      const parts = await Promise.all([0, 1, 2].map(async (at) => part(number, id, at, who)));
      expect(Buffer.concat(parts.map((one) => Buffer.from(one.part ?? '', 'base64'))).equals(content)).toBe(true);
    }
    expect(await files(number, stranger)).toBeUndefined();
    expect((await part(number, id, 0, stranger)).part).toBeUndefined();
    for (const at of [-1, 3])
      expect(await part(number, id, at, people.owner)).toEqual({ part: null, code: 'BAD_USER_INPUT' });
  });

  it('come with a supplement too, after those of the intake', async () => {
    const [one, two] = [await sent(aFile(40), { name: '一.pdf' }), await sent(aFile(50), { name: '二.pdf' })];
    const number = (await submit({ files: [one] })).case?.caseNumber ?? '';
    const { data } = await cases.ask(
      'mutation ($input: SupplementCaseInput!) { supplementCase(input: $input) { refusal { code } } }',
      { input: { idempotencyKey: key(), caseNumber: number, text: '补充合同一份', files: [two] } },
      people.owner,
    );
    expect(data).toEqual({ supplementCase: { refusal: null } });
    expect((await files(number, people.owner))?.map(({ name }) => name)).toEqual(['一.pdf', '二.pdf']);
  });

  it('of an anonymous case are opened by the enterprise and the coordinator alone, name and content', async () => {
    const id = await sent(aFile(40), { name: '咸宁某某公司合同.pdf' });
    const number = (await submit({ files: [id], anonymous: true })).case?.caseNumber ?? '';
    const assignment = await cases.ask(
      'mutation ($input: AssignCaseInput!) { assignCase(input: $input) { refusal { message } } }',
      { input: { idempotencyKey: key(), caseNumber: number, expectedVersion: 1, lead: 'JRB' } },
      people.coordinator,
    );
    expect(assignment.data).toEqual({ assignCase: { refusal: null } });
    for (const who of [people.officer('JRB'), people.auditor]) {
      expect(await files(number, who)).toEqual([
        { id, isReadable: false, name: null, bytes: null, sha256: null, partCount: null },
      ]);
      // Nor does a part that is not there tell how long it is.
      for (const at of [0, 1]) expect(await part(number, id, at, who)).toEqual({ part: null, code: undefined });
    }
    for (const who of [people.owner, people.coordinator])
      expect((await part(number, id, 0, who)).part).toBe(aFile(40).toString('base64'));
  });

  it.each([
    ['nothing', { bytes: 0 }, 'bytes', 'FILE_SIZE'],
    ['more than 10 MiB', { bytes: 10_485_761 }, 'bytes', 'FILE_SIZE'],
    ['a name of blanks', { bytes: 9, name: '  ' }, 'name', 'TEXT_TOO_SHORT'],
    ['a name that turns its ending round', { bytes: 9, name: '合同\u202efdp.exe' }, 'name', 'CONTROL_CHARACTER'],
  ])('are not announced as %s', async (_what, input, ...why) => {
    expect(reasonOf(await begin(input))).toEqual(why);
    expect(await cases.connection.collection('case_files').countDocuments()).toBe(0);
  });

  it.each([
    [
      'of another kind',
      { content: aFile(PART, '\u0089PNG\r\n\u001a\n').toString('base64') },
      'content',
      'NOT_ITS_KIND',
    ],
    ['too short', { content: aFile(PART - 1).toString('base64') }, 'content', 'PART_LENGTH'],
    ['longer than a part', { content: aFile(PART + 3).toString('base64') }, 'content', 'PART_NO_BASE64'],
    ['no Base64', { content: `${aFile(PART).toString('base64').slice(0, -4)}a*==` }, 'content', 'PART_NO_BASE64'],
    ['the one after the next', { part: 1, content: aFile(5).toString('base64') }, 'part', 'PART_NOT_AWAITED'],
    ['before the first', { part: -1 }, 'part', 'PART_NOT_AWAITED'],
    ["another's", { who: stranger }, 'file', 'NO_FILE'],
    ['of no file', { file: 'x'.repeat(500) }, 'file', 'NO_FILE'],
  ])(
    'take no part that is %s, and keep nothing of it',
    async (_what, { who, ...input }: Record<string, unknown>, ...why) => {
      const { upload } = await begin({ bytes: PART + 5 });
      const whole = { file: upload?.id, part: 0, content: aFile(PART).toString('base64') };
      expect(reasonOf(await add({ ...whole, ...input }, who as Actor | undefined))).toEqual(why);
      expect(await cases.connection.collection('case_file_parts').countDocuments()).toBe(0);
      expect((await add(whole)).upload?.nextPart).toBe(1);
    },
  );

  it.each(['JPEG', 'PNG'])('may be %s, by their first bytes', async (kind) => {
    const begins = { JPEG: '\u00ff\u00d8\u00ff\u00e0', PNG: '\u0089PNG\r\n\u001a\n' }[kind];
    const { upload } = await begin({ kind, bytes: 30, name: '现场照片' });
    const content = aFile(30, begins).toString('base64');
    expect((await add({ file: upload?.id, part: 0, content })).upload?.nextPart).toBeNull();
  });

  it('are given to a case only when they are whole, and to one alone, by whoever sent them', async () => {
    const half = (await begin({ bytes: PART + 5 })).upload?.id ?? '';
    const [used, own, theirs] = [
      await sent(aFile(40)),
      await sent(aFile(40)),
      await sent(aFile(40), { who: stranger }),
    ];
    expect((await submit({ files: [used] })).refusal).toBeNull();
    for (const [ids, ...why] of [
      [[half], 'files.0', 'FILE_NOT_WHOLE'],
      [[own, used], 'files.1', 'FILE_TAKEN'],
      [[own, own], 'files.1', 'FILE_TAKEN'],
      [[own, theirs], 'files.1', 'NO_FILE'],
      [['nonsense'], 'files.0', 'NO_FILE'],
      [Array.from({ length: 11 }, () => own), 'files', 'TOO_MANY_ENTRIES'],
    ] as const) {
      const refused = await submit({ files: ids });
      expect([...reasonOf(refused), refused.case]).toEqual([...why, null]);
    }
    expect(await cases.stores.cases.count({})).toBe(1);
    expect((await submit({ files: [own] })).refusal).toBeNull();
  });

  it('go to one of two cases that want the same one in the same moment, and the other is not there', async () => {
    const id = await sent(aFile(40));
    const answers = await Promise.all([submit({ files: [id] }), submit({ files: [id] }), submit({ files: [id] })]);
    expect(answers.filter((answer) => answer.case !== null)).toHaveLength(1);
    expect(await cases.stores.cases.count({})).toBe(1);
  });

  it('keep one of two parts that come in the same moment', async () => {
    const content = aFile(PART + 40);
    const { upload } = await begin({ bytes: content.length });
    const file = upload?.id ?? '';
    const first = { file, part: 0, content: content.subarray(0, PART).toString('base64') };
    const answers = await Promise.all([add(first), add(first), add(first)]);
    expect(answers.filter(({ refusal }) => refusal === null)).toHaveLength(1);
    const { upload: whole } = await add({ file, part: 1, content: content.subarray(PART).toString('base64') });
    expect(whole?.sha256).toBe(createHash('sha256').update(content).digest('hex'));
  });

  it('fill no department: twenty may wait for their case, of one sender', async () => {
    for (let count = 0; count < 20; count += 1) expect((await begin({ bytes: 10 })).refusal).toBeNull();
    expect(reasonOf(await begin({ bytes: 10 }))).toEqual(['bytes', 'FILES_WAITING']);
    // Another person of the enterprise is the same sender; another enterprise, and each person of a desk, is not.
    expect(reasonOf(await begin({ bytes: 10 }, { ...people.owner, sub: 'enterprise-1b' }))).toEqual([
      'bytes',
      'FILES_WAITING',
    ]);
    for (const who of [stranger, people.officer('JRB')]) expect((await begin({ bytes: 10 }, who)).refusal).toBeNull();
  });

  it('that no case takes within a day are removed with their content, and no other', async () => {
    const [left, young, taken] = [await sent(aFile(40)), await sent(aFile(40)), await sent(aFile(40))];
    const half = (await begin({ bytes: PART + 5 })).upload?.id ?? '';
    await add({ file: half, part: 0, content: aFile(PART).toString('base64') });
    const { caseNumber = '' } = (await submit({ files: [taken] })).case ?? {};
    const stored = cases.connection.collection('case_files');
    const agedBy = async (id: string, hours: number) =>
      stored.updateOne({ id, waitingSince: { $exists: true } }, [
        { $set: { waitingSince: { $subtract: ['$waitingSince', hours * 3_600_000] } } },
      ]);
    for (const id of [left, half, taken]) await agedBy(id, 25);
    await agedBy(young, 23);
    const sweep = fileSweepJob({ ...cases, logger: { info: () => undefined } });
    await sweep.work({ isOver: () => false });
    expect((await stored.distinct('id')).sort()).toEqual([young, taken].sort());
    expect((await cases.connection.collection('case_file_parts').distinct('file')).sort()).toEqual(
      [young, taken].sort(),
    );
    expect(reasonOf(await submit({ files: [left] }))).toEqual(['files.0', 'NO_FILE']);
    // Not even where a case took it after the job had looked for it.
    expect(await cases.stores.transaction(async (session) => cases.stores.files.remove(taken, session))).toBe(false);
    expect((await part(caseNumber, taken, 0, people.owner)).part).toBe(aFile(40).toString('base64'));
    expect((await submit({ files: [young] })).refusal).toBeNull();
  });

  it('are none where a case is from before there were files', async () => {
    const number = 'SQ2026-000077';
    await cases.given(aHistory('2026-06-29', [['2026-06-29', assigned({ lead: 'JRB' })]], anIntake(), number));
    await cases.connection.collection('cases').updateOne({ caseNumber: number }, { $unset: { files: 1 } });
    expect(await files(number, { ...people.owner, uscc: USCC })).toEqual([]);
  });
});
