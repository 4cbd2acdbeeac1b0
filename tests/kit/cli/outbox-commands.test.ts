import { jest } from '@jest/globals';
import { createLogger, systemClock } from '@zhitong/kit';
import { CommandFailed, departmentCli } from '@zhitong/kit/cli';
import { createOutbox, type Outbox } from '@zhitong/kit/outbox';
import { testDatabase, type TestDatabase } from '@zhitong/kit/testing';

const LIST = 'https://hall.example.cn/events';

let db: TestDatabase;
let outbox: Outbox;
beforeAll(async () => {
  db = await testDatabase(import.meta.url);
  outbox = createOutbox({
    db: db.connection.db,
    source: 'urn:zhitong:tests',
    logger: createLogger({ name: 'test', level: 'silent' }),
    clock: systemClock,
  });
  await outbox.ensureIndexes();
});
afterAll(async () => db.close());

/** Runs `outbox …` of a department's command line and gives what it printed. */
async function command(...args: string[]): Promise<string> {
  let printed = '';
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  try {
    const program = departmentCli({
      askedByReceivers: {},
      name: 'tests',
      description: 'A department of these tests.',
      withOutbox: async (work) => work(outbox),
    });
    await program.parseAsync(['node', 'cli', 'outbox', ...args]);
    return printed;
  } finally {
    write.mockRestore();
  }
}
const refusal = async (...args: string[]): Promise<unknown> => command(...args).catch((error: unknown) => error);

describe("the outbox's commands of every department", () => {
  it('register a receiver, list it, and remove it', async () => {
    expect(
      await command('register', LIST, '--id', 'hall', '--types', 'cn.zhitong.case.assigned, cn.zhitong.case.closed'),
    ).toMatch(/^hall https:\/\/hall\.example\.cn\/events\nwhsec_/);
    expect((await outbox.listWebhooks()).map(({ eventTypes }) => eventTypes)).toEqual([
      ['cn.zhitong.case.assigned', 'cn.zhitong.case.closed'],
    ]);
    expect(await command('list')).toBe(
      `hall ${LIST} active: 0 pending, 0 given up\n0 events wait for their place, 0 deliveries are pending, 0 were given up.\n`,
    );
    expect(await command('remove', 'hall')).toBe('hall is removed.\n');
    expect(await outbox.listWebhooks()).toEqual([]);
  });

  it('show what was given up, and make it pending again', async () => {
    await outbox.registerWebhook({ url: LIST, eventTypes: [], id: 'hall' });
    const event = {
      specversion: '1.0',
      id: 'e1',
      source: 'urn:zhitong:tests',
      type: 'cn.zhitong.case.assigned',
      subject: 'SQ2026-000001',
      time: '2026-11-20T04:00:00Z',
      datacontenttype: 'application/json',
      data: {},
      sequence: '1',
      sequencetype: 'Integer',
    };
    const queuedOn = new Date('2026-11-20T04:00:00Z');
    await db.connection.collection<{ _id: string }>('outboxDeliveries').insertMany(
      ['d1', 'd2'].map((_id, at) => ({
        _id,
        webhookId: 'hall',
        event,
        sequence: at + 1,
        state: 'dead',
        attempts: 16,
        dueOn: queuedOn,
        queuedOn,
        deadOn: queuedOn,
        lastError: 'answered 500',
      })),
    );
    expect(await command('list', '--first', '1')).toContain(
      'd1 cn.zhitong.case.assigned SQ2026-000001 after 16 attempts: answered 500\n',
    );
    expect(await refusal('replay', 'd1', 'd9')).toEqual(
      new CommandFailed('1 of the ids name no delivery that was given up.'),
    );
    expect(await command('replay', '--all')).toBe('1 deliveries are pending again.\n');
    await outbox.removeWebhook('hall');
  });

  it('refuse in one line what cannot be', async () => {
    expect(await refusal('remove', 'nobody')).toEqual(new CommandFailed('There is no webhook "nobody".'));
    expect(await refusal('register', 'ftp://x')).toBeInstanceOf(CommandFailed);
    expect(await refusal('list', '--first', '500')).toEqual(
      new CommandFailed('first is 500; a page has 1 to 200 dead letters.'),
    );
    expect(await refusal('replay')).toEqual(new CommandFailed('Name deliveries, or say --all.'));
  });
});
