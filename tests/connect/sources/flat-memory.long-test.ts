import { execFile } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The whole heap of the process that reads and maps: less than the texts of the file would need. */
const HEAP_MIB = 80;
const MEGABYTES = 100;
const RECORDS = 36_000;
const WORKER = fileURLToPath(new URL('../support/check-worker.mjs', import.meta.url));
/** On a disk where there is one: the run's temporary folder may lie in memory. */
const folder = mkdtempSync(path.join(process.platform === 'win32' ? tmpdir() : '/var/tmp', 'zhitong-flat-'));
const TEXT = '西藏本源水利水电设备有限公司'.repeat(70);
afterAll(() => rmSync(folder, { recursive: true }));

it('a CSV of 100 MB is read, decoded and mapped to its end in a heap of 80 MiB', async () => {
  const file = path.join(folder, 'items.csv');
  const lines = function* () {
    yield '编号,金额(元),日期,说明\n';
    for (let at = 0; at < RECORDS; at += 1)
      yield `B${String(at)},${at === 7 ? '三' : String(at)},2026-03-05,"${TEXT}"\n`;
  };
  await pipeline(Readable.from(lines()), createWriteStream(file));
  expect(statSync(file).size).toBeGreaterThan(MEGABYTES * 1_000_000);
  const mapping = path.join(folder, 'items.yaml');
  writeFileSync(
    mapping,
    `name: items\ntarget: item\ndepartment: SCJGJ\nsource: { kind: csv, path: items.csv }
fields: { number: 编号, amount: 金额(元), day: 日期 }\n`,
  );
  const options = [`--max-old-space-size=${String(HEAP_MIB)}`, WORKER, mapping];
  const { stdout } = await promisify(execFile)(process.execPath, options);
  expect(stdout).toContain(
    `Of all ${String(RECORDS)} records the mapping takes ${String(RECORDS - 1)}, refuses 1, passes over 0.`,
  );
});
