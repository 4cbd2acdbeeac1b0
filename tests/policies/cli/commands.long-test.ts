import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'graphql';
import { coordinatesOf } from '../../../gateway/src/operations/coordinates.js';
import { apiSchemaOf } from '../../../gateway/src/supergraph/api-schema.js';
import { FACTS_DOCUMENTS } from '../../../subgraphs/policies/src/graph/facts-source.js';
import { runCommand } from '../../support/command-line.js';
import { plainPolicy, policiesUnderTest, usccOf, type PoliciesUnderTest } from '../support/policies-under-test.js';

const department = fileURLToPath(new URL('../../../subgraphs/policies', import.meta.url));
const NOWHERE = 'http://127.0.0.1:9/graphql';

let policies: PoliciesUnderTest;
let folder: string;
beforeAll(async () => {
  policies = await policiesUnderTest(import.meta.url);
  folder = mkdtempSync(path.join(tmpdir(), 'policies-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await policies.close();
});

/** What a person who runs a command against the test's database has in the environment. */
const environment = (): Record<string, string> => ({
  POLICIES_MONGODB_URI: policies.database.uri,
  POLICIES_DATABASE: policies.database.name,
  ZHITONG_DATA_DIR: folder,
  ZHITONG_GRAPH_URL: NOWHERE,
  ZHITONG_LOG_LEVEL: 'silent',
});

async function run(...args: string[]): Promise<{ code: number; lines: string[]; errors: string }> {
  const { code, out, err } = await runCommand(path.join(department, 'src/cli.ts'), args, environment());
  return { code, lines: out.trimEnd().split('\n'), errors: err };
}

/** The same by the built command line, in a process of its own. */
function runAsProcess(...args: string[]): { code: number | null; errors: string } {
  const { status, stderr } = spawnSync(process.execPath, [path.join(department, 'dist/cli.js'), ...args], {
    encoding: 'utf8',
    env: environment(),
  });
  return { code: status, errors: stderr };
}

describe('the commands of the policies department', () => {
  it('dependants names what the policies, the matching run and the receivers of events need of the graph', async () => {
    const file = path.join(folder, 'asking.json');
    const asking = {
      ...plainPolicy,
      id: 'asking',
      criteria: [{ fact: 'hasUnfulfilledJudgment', op: 'eq', value: false, text_zh: '无未履行判决' }],
    };
    writeFileSync(file, JSON.stringify([asking]));
    expect((await run('import', file)).code).toBe(0);
    await run(
      'outbox',
      'register',
      'https://hooks.example/a',
      '--id',
      'archive',
      '--types',
      'cn.zhitong.policy.published',
    );
    await run('outbox', 'register', 'https://hooks.example/b', '--id', 'other', '--types', 'cn.zhitong.grant');
    const { lines } = await run('dependants');
    const found = JSON.parse(lines.join('\n')) as { coordinate: string; name: string }[];
    expect(found).toContainEqual({ coordinate: 'CreditStanding.hasUnfulfilledJudgment', name: 'policy asking' });
    expect(found).toContainEqual({ coordinate: 'Query.policy(id:)', name: 'webhook archive' });
    expect(found.filter(({ name }) => name === 'webhook other')).toEqual([]);
    // What is asked of the graph, read from the very documents.
    const schema = apiSchemaOf(readFileSync(path.resolve('gateway', 'supergraph.graphql'), 'utf8'));
    const asked = new Set(
      FACTS_DOCUMENTS.flatMap((text) => {
        const used = coordinatesOf(parse(text), schema);
        return [...used.fields, ...used.arguments];
      }),
    );
    const needed = new Set(found.filter(({ name }) => name === 'matching run').map(({ coordinate }) => coordinate));
    expect([...needed].sort()).toEqual([...asked].sort());
    await run('outbox', 'remove', 'archive');
    await run('outbox', 'remove', 'other');
  });

  it('import reads UTF-8 with a byte order mark, and says of another encoding that it is another', async () => {
    const file = path.join(folder, 'encoded.json');
    const content = JSON.stringify([{ ...plainPolicy, id: 'marked' }]);
    writeFileSync(file, `\u{FEFF}${content}`);
    expect((await run('import', file)).lines.at(-1)).toBe('1 accepted, 0 refused');
    writeFileSync(file, Buffer.concat([Buffer.from(content), Buffer.from([0xd5, 0xfe])]));
    const { code, errors } = await run('import', file);
    expect([code, errors]).toEqual([1, expect.stringContaining('it is not text in UTF-8')]);
    await policies.reset();
  });

  it('import names the policy and the place of each refusal, and counts in its last line', async () => {
    const file = path.join(folder, 'in.json');
    writeFileSync(
      file,
      JSON.stringify([
        plainPolicy,
        { ...plainPolicy, id: 'wrong', criteria: [{ anyOf: [{ fact: 'madeUp', op: 'eq', value: 1 }] }] },
      ]),
    );
    const { code, lines } = await run('import', file);
    expect(lines).toEqual([
      'refused wrong at criteria[0].anyOf[0].fact: UNKNOWN_FACT: "madeUp" is not in the vocabulary of facts.',
      '1 accepted, 1 refused',
    ]);
    expect(code).toBe(1);
  });

  it('export writes what import reads back as it stands', async () => {
    const file = path.join(folder, 'out.json');
    expect(await run('export', file)).toMatchObject({ code: 0, lines: [`1 policies written to ${file}`] });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject([{ id: 'plain', title_zh: '测试政策' }]);
    expect(await run('import', file)).toMatchObject({ code: 0, lines: ['1 accepted, 0 refused'] });
  });

  it('match sums up the differences, and says when there is nothing to do', async () => {
    await policies.know({ [usccOf(1)]: { employees: 12 }, [usccOf(2)]: {} });
    const first = await run('match');
    expect(first).toMatchObject({ code: 0 });
    expect(first.lines[0]).toMatch(
      /^2 enterprises matched against 1 policies on \d{4}-\d\d-\d\d: 1 newly eligible, 0 no longer eligible, 1 newly undetermined, 0 with another amount\.$/,
    );
    expect((await run('match')).lines).toEqual([
      'The stored matches are current: no policy has changed since they were made.',
    ]);
  });

  it('explain gives the reasons, and says what it does not know', async () => {
    expect((await run('explain', '--uscc', usccOf(1), '--policy', 'plain')).lines.slice(1)).toEqual([
      '  [met]     从业人数不少于10人: asked ≥ 10人, recorded 12人, by 税务局',
      'Amount: 1000.00 yuan',
    ]);
    expect((await run('explain', '--uscc', usccOf(2), '--policy', 'plain')).lines.at(-1)).toBe(
      'Missing facts that would decide it: 从业人数 (employees)',
    );
    expect(await run('explain', '--uscc', usccOf(1), '--policy', 'nothing')).toMatchObject({
      code: 1,
      errors: 'No policy is published under nothing.\n',
    });
  });

  it('explain says of an earlier day that it needs the graph for it, and refuses one that has not come', async () => {
    const explain = async (on: string) => run('explain', '--uscc', usccOf(1), '--policy', 'plain', '--on', on);
    expect(await explain('2025-06-30')).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/^The graph at http:\/\/127\.0\.0\.1:9\/graphql cannot be read/) as unknown,
    });
    expect(await explain('2199-01-01')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('has not come yet') as unknown,
    });
  });

  it('load-parameters puts in what is not here, and says what is wrong with a file', async () => {
    expect(await run('load-parameters')).toMatchObject({ code: 0, lines: ['1 parameters put in, 0 were here.'] });
    const file = path.join(folder, 'parameters.json');
    writeFileSync(file, JSON.stringify([{ name: 'target' }]));
    expect(await run('load-parameters', file)).toMatchObject({
      code: 1,
      errors: expect.stringContaining('parameters.json cannot be used') as unknown,
    });
  });

  it('tell notifies subscribers once, and counts', async () => {
    const since = new Date('2020-01-01T00:00:00Z');
    await policies.database.connection.collection('policySubscribers').insertOne({
      uscc: usccOf(1),
      topics: [{ kind: 'BENEFIT', value: 'CASH', since }],
      keys: ['BENEFIT=CASH'],
      version: 1,
    });
    expect(await run('tell')).toMatchObject({ code: 0, lines: ['1 notifications of 1 announcements.'] });
    expect(await run('tell')).toMatchObject({ code: 0, lines: ['0 notifications of 0 announcements.'] });
  });

  it('repair-facts says why the graph cannot be read, and fails', () => {
    const { code, errors } = runAsProcess('repair-facts');
    expect(code).toBe(1);
    expect(errors).toMatch(
      /^The graph at http:\/\/127\.0\.0\.1:9\/graphql cannot be read.*run the command again to go on\.\n$/,
    );
  });

  it('repair-facts names the records that cannot be used as they are stored, before it reads them anew', async () => {
    await policies.know({ [usccOf(81)]: { employees: 10 }, [usccOf(82)]: { employees: 10 } });
    await policies.database.connection
      .collection('enterpriseFacts')
      .updateOne({ uscc: usccOf(82) }, { $set: { 'values.employees': null } });
    const { code, lines } = await run('repair-facts');
    expect([code, lines.filter((line) => line.includes('cannot be used'))]).toEqual([
      1,
      [
        `${usccOf(82)}: what is held of it cannot be used as it is stored.`,
        '1 records cannot be used as they are stored; they are read anew.',
      ],
    ]);
    await policies.department.stores.facts.remove([usccOf(81), usccOf(82)]);
  });

  it('lists itself, and refuses a wrong call with exit code 2', async () => {
    expect((await run('--help')).lines.join('\n')).toMatch(
      /import <file>[\s\S]*export <file>[\s\S]*repair-facts[\s\S]*match[\s\S]*pay[\s\S]*tell[\s\S]*explain/,
    );
    expect((await run('import')).code).toBe(2);
    expect(await run('import', path.join(folder, 'nothing.json'))).toMatchObject({ code: 1 });
  });
});
