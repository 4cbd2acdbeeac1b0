// How soon the first page of each role shows what it is for, in a browser that has never been there.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { ROOT, startHub } from '../harness/hub.mjs';
import { spread } from '../harness/statistics.mjs';

const run = promisify(execFile);
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** Where each role's day begins: `web/src/app/navigation.ts`. */
const FIRST_PAGES = [
  { role: 'ENTERPRISE', address: '/portal' },
  { role: 'OFFICER', address: '/work' },
  { role: 'COORDINATOR', address: '/triage' },
  { role: 'AUDITOR', address: '/audit' },
  { role: 'ADMIN', address: '/operations' },
];
const VISITS_A_ROUND = 3;
/** What is noted of each visit. */
const MEASURED = ['milliseconds', 'kilobytes', 'requests', 'questions'];
const LONGEST_MS = 120_000;

/**
 * Runs in the page before anything else: notes when the first part of the page stands in the answer of the graph, and
 * the browser has painted it.
 */
function notePaint() {
  const watch = new MutationObserver(() => {
    if (document.querySelector('main [data-part]') === null) return;
    watch.disconnect();
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        globalThis.paintedAfterMs = performance.now();
      }),
    );
  });
  watch.observe(document, { childList: true, subtree: true });
}

/** Starts the hub with its pages, and opens each role's first page several times, in turns. */
export async function measurePages({ rounds, tell }) {
  const executablePath = CHROMIUM.find((file) => existsSync(file));
  if (executablePath === undefined) throw new Error('No Chromium is installed, so no page can be opened.');
  await run(process.execPath, ['web/build.mjs'], { cwd: ROOT });
  const hub = await startHub({ tell });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const { origin } = new URL(hub.graph);
    const sessions = await sessionsOf(origin, hub.ask);
    const taken = new Map(sessions.map(({ role }) => [role, []]));
    // The first visit of each warms the hub.
    for (const session of sessions) await visit(browser, origin, session);
    for (let round = 1; round <= rounds * VISITS_A_ROUND; round += 1)
      for (const session of sessions) taken.get(session.role).push(await visit(browser, origin, session));
    const roles = Object.fromEntries(
      [...taken].map(([role, visits]) => [
        role,
        Object.fromEntries(MEASURED.map((name) => [name, spread(visits.map((one) => one[name]))])),
      ]),
    );
    for (const [role, { milliseconds, kilobytes, requests, questions }] of Object.entries(roles))
      tell(
        `  ${role}: ${milliseconds.median.toFixed(0)} ms (${milliseconds.min.toFixed(0)}–${milliseconds.max.toFixed(0)}), ${kilobytes.median.toFixed(0)} kB, ${requests.median} requests, ${questions.median} of them to the graph\n`,
      );
    return { roles, slowestMs: Math.max(...Object.values(roles).map(({ milliseconds }) => milliseconds.median)) };
  } finally {
    await browser.close();
    await hub.stop();
  }
}

/** Who opens which page, each with a session as the sign-in keeps it. */
async function sessionsOf(origin, ask) {
  const { development } = await (await fetch(`${origin}/app/session.json`)).json();
  const { cases } = await ask(
    '{ cases(filter: { open: true, status: [ASSIGNED, ACCEPTED, IN_PROGRESS] }, first: 1) { nodes { handler { code } } } }',
  );
  const own = { ENTERPRISE: { uscc: development.uscc }, OFFICER: { department: cases.nodes[0].handler.code } };
  return Promise.all(
    FIRST_PAGES.map(async ({ role, address }) => {
      const caller = { role, ...own[role] };
      const response = await fetch(`${origin}/app/development-token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(caller),
      });
      const { token } = await response.json();
      return { role, address, text: JSON.stringify({ ...caller, token, sub: `dev:${role}`, name: '' }) };
    }),
  );
}

/** One visit by a browser with nothing in its cache: how long until the page is shown, and what was sent until then. */
async function visit(browser, origin, { address, text }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(LONGEST_MS);
    await page.addInitScript((session) => sessionStorage.setItem('zhitong.session', session), text);
    await page.addInitScript(notePaint);
    await page.goto(`${origin}${address}`);
    await page.waitForFunction(() => globalThis.paintedAfterMs !== undefined);
    return await page.evaluate(() => {
      const sent = performance
        .getEntries()
        .filter(({ transferSize, startTime }) => transferSize > 0 && startTime <= globalThis.paintedAfterMs);
      return {
        milliseconds: globalThis.paintedAfterMs,
        kilobytes: sent.reduce((sum, { transferSize }) => sum + transferSize, 0) / 1_000,
        requests: sent.length,
        questions: sent.filter(({ name }) => new URL(name).pathname === '/graphql').length,
      };
    });
  } finally {
    await context.close();
  }
}
