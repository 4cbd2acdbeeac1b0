import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { pushRoutes } from '@zhitong/connect';
import { pino } from 'pino';
import { harbour, type Harbour } from '../support/harbour.js';

const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const mapping = (name: string, rest = ''): string =>
  `name: ${name}\ntarget: berth\ndepartment: GKJ\nsource: { kind: csv, path: b.csv }\nfields: { number: 泊位, name: 名称 }\n${rest}`;
const pushed = (variable: string): string => `push: { secret: { environment: ${variable} } }\n`;

let port: Harbour;
let folder: string;
beforeAll(async () => {
  port = await harbour(import.meta.url);
  folder = mkdtempSync(path.join(tmpdir(), 'zhitong-routes-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await port.database.close();
});

async function routesOf(at: string, environment: Record<string, string> = {}) {
  const logged: { level: number; msg: string; mapping?: string }[] = [];
  const stream = new Writable({
    write: (line: Buffer, _encoding, done) => {
      logged.push(JSON.parse(line.toString()) as (typeof logged)[number]);
      done();
    },
  });
  const routes = await pushRoutes({
    ...port,
    folder: at,
    environment,
    spool: path.join(folder, 'spool'),
    logger: pino(stream),
    targets: async () => [port.target],
  });
  const errors = logged.filter(({ level }) => level >= 50).map((line) => [path.basename(line.mapping ?? ''), line.msg]);
  return { paths: routes.map((route) => route.path), errors };
}

it('each mapping with push has its route; a secret that is none is told loudly and keeps no other from its own', async () => {
  writeFileSync(path.join(folder, 'a.yaml'), mapping('missing', pushed('FORGOTTEN')));
  writeFileSync(path.join(folder, 'b.yaml'), mapping('faulty', 'colour: red\n'));
  writeFileSync(path.join(folder, 'c.yaml'), mapping('by-hand'));
  writeFileSync(path.join(folder, 'd.yaml'), mapping('weak', pushed('WEAK')));
  writeFileSync(path.join(folder, 'e.yaml'), mapping('berths', pushed('BERTHS')));
  const { paths, errors } = await routesOf(folder, { BERTHS: SECRET, WEAK: 'whsec_c2hvcnQ=' });
  expect(paths).toEqual(['/connect/berths']);
  expect(errors).toEqual([
    ['a.yaml', expect.stringMatching(/no pushed deliveries are taken .* FORGOTTEN .* not set/) as unknown],
    ['d.yaml', expect.stringContaining('24 to 64 bytes') as unknown],
  ]);
  expect(JSON.stringify(errors)).not.toContain('c2hvcnQ');
});

it('a department without mappings has no routes', async () => {
  expect(await routesOf(path.join(folder, 'nowhere'))).toEqual({ paths: [], errors: [] });
});
