// Pictures of the main pages, of a hub that runs on this machine: `npm run screenshots -- --url http://127.0.0.1:4000`.
// They are written to docs/screenshots/, or to the folder of `--out`.
import { chromium } from 'playwright-core';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
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

/** Whom each picture is of, the way there, and what must be seen first. */
const PICTURES = [
  { name: 'enterprise', caller: { role: 'ENTERPRISE' }, address: '/portal' },
  { name: 'triage', caller: { role: 'COORDINATOR' }, address: '/triage' },
  { name: 'work', caller: { role: 'OFFICER' }, address: '/work' },
  { name: 'case', caller: { role: 'COORDINATOR' }, address: '/triage', follow: '[data-part=to-triage] td a' },
  { name: 'ranking', caller: { role: 'COORDINATOR' }, address: '/ranking' },
  { name: 'audit', caller: { role: 'AUDITOR' }, address: '/audit' },
  {
    name: 'ledger',
    caller: { role: 'AUDITOR' },
    address: '/audit',
    follow: '[data-part=audit] td a',
    then: '[data-part=worklist] td a',
  },
  { name: 'leaders', caller: { role: 'AUDITOR' }, address: '/leaders' },
  { name: 'policies', caller: { role: 'COORDINATOR' }, address: '/policies', follow: '[data-part=policies] td a' },
  {
    name: 'enterprise-telephone',
    caller: { role: 'ENTERPRISE' },
    address: '/portal',
    size: { width: 390, height: 844 },
  },
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
  for (const { name, caller, address, follow, then, size } of PICTURES) {
    const own = {
      ENTERPRISE: { uscc: development.uscc },
      OFFICER: { department: department.code },
    }[caller.role];
    const { token } = await json('/app/development-token', { ...caller, ...own });
    const context = await browser.newContext({ viewport: size ?? { width: 1280, height: 900 }, locale: 'zh-CN' });
    const page = await context.newPage();
    const session = {
      token,
      sub: `dev:${name}`,
      ...caller,
      ...own,
      name: caller.role === 'OFFICER' ? department.name : '',
    };
    await page.addInitScript((text) => sessionStorage.setItem('zhitong.session', text), JSON.stringify(session));
    await page.goto(new URL(address, values.url).href);
    for (const link of [follow, then].filter(Boolean)) await page.locator(link).first().click();
    await page.locator('main section').first().waitFor();
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: path.join(values.out, `${name}.png`) });
    process.stdout.write(`${name}.png\n`);
    await context.close();
  }
} finally {
  await browser.close();
}
