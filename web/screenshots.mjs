// Pictures of the main pages, of a hub that runs on this machine: `npm run screenshots -- --url http://127.0.0.1:4000`.
// They are written to docs/screenshots/, or to the folder of `--out`.
import { chromium } from 'playwright-core';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:4000' },
    out: { type: 'string', default: path.join(import.meta.dirname, '..', 'docs', 'screenshots') },
  },
});
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) =>
  existsSync(file),
);
if (executablePath === undefined) {
  process.stderr.write('No Chromium is installed, so no pictures can be taken.\n');
  process.exit(1);
}

/** A machine that does much else takes long for a page. */
const SLOW_MACHINE_MS = 240_000;
/** The README is read over slow lines too. */
const MOST_BYTES = 150_000;

const DESK = { width: 1280, height: 900 };
const TELEPHONE = { width: 390, height: 844 };

/** Whom each picture is of, the way there, and the part that must be seen. */
const PICTURES = [
  { name: 'enterprise', caller: { role: 'ENTERPRISE' }, address: '/portal', part: 'matches' },
  { name: 'work', caller: { role: 'OFFICER' }, address: '/work', part: 'cases' },
  { name: 'leaders', caller: { role: 'AUDITOR' }, address: '/leaders', part: 'promises' },
  {
    name: 'ledger',
    caller: { role: 'AUDITOR' },
    address: '/audit',
    follow: ['[data-part=audit] td a', '[data-part=worklist] td a'],
    part: 'ledger',
  },
  { name: 'triage', caller: { role: 'COORDINATOR' }, address: '/triage', part: 'to-triage' },
  { name: 'telephone', caller: { role: 'ENTERPRISE' }, address: '/portal', part: 'matches', viewport: TELEPHONE },
];

async function json(address, body) {
  const response = await fetch(new URL(address, values.url), {
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${address} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

/** A department with work, as the graph's ranking names the first. */
async function anyDepartment(token) {
  const response = await fetch(new URL('/graphql', values.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({
      query:
        '{ cases(filter: { open: true, status: [ASSIGNED, ACCEPTED, IN_PROGRESS] }, first: 1) { nodes { handler { code name } } } }',
    }),
  });
  const { data } = await response.json();
  return data.cases.nodes[0].handler;
}

const { development } = await json('/app/session.json');
const { token: auditor } = await json('/app/development-token', { role: 'AUDITOR' });
const department = await anyDepartment(auditor);
await mkdir(values.out, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  for (const { name, caller, address, follow = [], part, viewport = DESK } of PICTURES) {
    const own = {
      ENTERPRISE: { uscc: development.uscc },
      OFFICER: { department: department.code },
    }[caller.role];
    const { token } = await json('/app/development-token', { ...caller, ...own });
    const context = await browser.newContext({ viewport, locale: 'zh-CN' });
    const page = await context.newPage();
    page.setDefaultTimeout(SLOW_MACHINE_MS);
    const session = {
      token,
      sub: `dev:${name}`,
      ...caller,
      ...own,
      name: caller.role === 'OFFICER' ? department.name : '',
    };
    await page.addInitScript((text) => sessionStorage.setItem('zhitong.session', text), JSON.stringify(session));
    await page.goto(new URL(address, values.url).href);
    for (const link of follow) await page.locator(link).first().click();
    await page.locator(`[data-part=${part}]`).waitFor();
    await page.waitForLoadState('networkidle');
    const devtools = await context.newCDPSession(page);
    const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 70 });
    const picture = Buffer.from(data, 'base64');
    if (picture.length > MOST_BYTES)
      throw new Error(`The picture ${name} has ${picture.length} bytes; ${MOST_BYTES} are allowed.`);
    await writeFile(path.join(values.out, `${name}.webp`), picture);
    process.stdout.write(`${name}.webp ${Math.round(picture.length / 1000)} kB\n`);
    await context.close();
  }
} finally {
  await browser.close();
}
