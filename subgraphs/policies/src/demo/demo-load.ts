import { readFileSync } from 'node:fs';
import { demoCity } from '@zhitong/demo';
import { CommandFailed, progressBar } from '@zhitong/kit/cli';
import { announceLoad, finishedLoad, loadOnce } from '@zhitong/kit/subgraph';
import { dayInShanghai, isLegalDay } from '@zhitong/values';
import type { OpenDepartment } from '../service.js';
import { readPolicyFile, writePolicy } from '../domain/format/import-format.js';
import { importPolicies } from '../usecases/import-policies.js';
import { adaptPolicy } from './adapt-policy.js';
import { loadParameters, readReferenceParameters } from '../usecases/load-parameters.js';
import { loadDemoNeeds, loadDemoProducts } from './demo-finance.js';
import { loadDemoGrants } from './demo-grants.js';
import { loadDemoShop } from './demo-shop.js';

interface Settings {
  readonly referenceDate: string;
}

const FILE = new URL('../../data/real-policies.json', import.meta.url);
/** The part of the city that is made from the matches of its policies; begun when the policies are there. */
const MATCHES = 'demo_matches';
/** Departments and districts do not depend on how many enterprises there are. */
const SMALLEST_CITY = 200;

/** The day on which the demo city stands; null when there is none here, or half of one. */
export async function demoDate({ connection }: Pick<OpenDepartment, 'connection'>): Promise<string | null> {
  return (await finishedLoad<Settings>(connection, 'demo'))?.referenceDate ?? null;
}

/**
 * Loads the collected real policies, adapted to the demo city, and its loan products, once; does nothing when they are
 * there.
 */
export async function demoLoad({
  department,
  options,
}: {
  department: OpenDepartment;
  options: { date?: string };
}): Promise<void> {
  const { connection, clock, stores } = department;
  if (options.date !== undefined && !isLegalDay(options.date))
    throw new CommandFailed(`--date is ${options.date}; write a day as YYYY-MM-DD.`);
  await loadParameters(readReferenceParameters(), { connection, stores, by: 'demo', now: clock.now() });
  const { settings, wasLoaded } = await loadOnce<Settings>({
    connection,
    name: 'demo',
    clock,
    wanted: () => ({ referenceDate: options.date ?? dayInShanghai(clock.now()) }),
    load: async (begun) => {
      await loadPolicies(department, begun);
      await announceLoad({ connection, name: MATCHES, settings: begun });
      return begun;
    },
  });
  if (wasLoaded) process.stdout.write(`The policies of the demo city of ${settings.referenceDate} are loaded.\n`);
}

/**
 * Once the policies were matched with the demo city for the first time: gives it what is made from the matches (a
 * history of paid grants, financing needs, subscriptions, questions), once. Answers the grants; null when there is no
 * demo city here, or it has this already.
 */
export async function loadAfterMatching(
  department: OpenDepartment,
): Promise<{ readonly grants: number; readonly fen: number } | null> {
  const { connection, clock } = department;
  const referenceDate = await demoDate(department);
  if (referenceDate === null) return null;
  let made: { readonly grants: number; readonly fen: number } | null = null;
  await loadOnce<Settings>({
    connection,
    name: MATCHES,
    clock,
    wanted: () => ({ referenceDate }),
    load: async (begun) => {
      made = await loadDemoGrants(department, begun.referenceDate);
      await loadDemoNeeds(department, begun.referenceDate);
      await loadDemoShop(department, begun.referenceDate);
      return begun;
    },
  });
  return made;
}

async function loadPolicies(department: OpenDepartment, { referenceDate }: Settings): Promise<void> {
  const { connection, clock, stores } = department;
  const { city, districts, departments } = demoCity({ referenceDate, enterprises: SMALLEST_CITY });
  const place = {
    city,
    districtCodes: districts.map(({ code }) => code),
    departmentCodes: new Set(departments.map(({ code }) => code)),
  };
  const real: unknown = JSON.parse(readFileSync(FILE, 'utf8'));
  const { accepted } = readPolicyFile(real, referenceDate, await stores.parameters.known());
  const bar = progressBar('policies', accepted.length);
  const { written, unchanged, refused } = await importPolicies(
    accepted.map((policy) => writePolicy(adaptPolicy(policy, place, referenceDate))),
    { connection, stores, clock, by: 'demo', progress: () => bar.advance(1) },
  );
  // One policy that cannot be put in, because a user has made one of that name meanwhile for example, keeps none of the
  // others out.
  for (const { policy, problems } of refused)
    process.stdout.write(
      `The policy ${policy} of the demo city is left out: ${problems.map(({ place: at, message }) => `${at} ${message}`).join(' ')}\n`,
    );
  const products = await loadDemoProducts(department, referenceDate);
  bar.done(`${String(written + unchanged)} real policies adapted to ${city.name}, ${String(products)} loan products`);
}
