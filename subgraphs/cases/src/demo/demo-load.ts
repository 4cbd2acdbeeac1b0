import { citySettings, demoCity, type AskedCity, type CitySettings } from '@zhitong/demo';
import type { Clock } from '@zhitong/kit';
import { CommandFailed, progressBar } from '@zhitong/kit/cli';
import { loadOnce } from '@zhitong/kit/subgraph';
import { dayInShanghai } from '@zhitong/values';
import type { Connection } from 'mongoose';
import type { OpenDepartment } from '../service.js';
import { storedCase } from '../models/stored-case.js';
import { demoCases } from './demo-cases.js';
import { demoOversight } from './demo-oversight.js';

interface Settings extends CitySettings {
  /** How many were loaded; 0 until then. */
  readonly cases: number;
}

/** Cases written at a time. */
const BATCH = 200;

/**
 * Loads the demo city's cases once. A load that was killed half-way is run again from the same day: the same histories
 * come out, and what is there already is not written twice.
 */
export async function demoLoad({
  connection,
  options,
  clock,
  ...department
}: OpenDepartment & { connection: Connection; options: AskedCity; clock: Clock }): Promise<void> {
  const { settings, wasLoaded } = await loadOnce<Settings>({
    connection,
    name: 'demo',
    clock,
    wanted: () => {
      const asked = citySettings(options, dayInShanghai(clock.now()));
      if ('problem' in asked) throw new CommandFailed(asked.problem);
      return { ...asked, cases: 0 };
    },
    load: async (begun) => ({ ...begun, cases: await loadCases(department, begun) }),
  });
  if (wasLoaded)
    process.stdout.write(`The demo city of ${settings.referenceDate} is loaded: ${settings.cases} cases.\n`);
}

/** Writes the city's cases with what officials decided about them. Answers how many there are. */
async function loadCases(
  { stores, calendar }: Pick<OpenDepartment, 'stores' | 'calendar'>,
  { referenceDate, enterprises }: Settings,
): Promise<number> {
  const { histories, spotChecks, seeds, meetings, typicalCases } = demoOversight({
    histories: demoCases({ city: demoCity({ referenceDate, enterprises, withFacts: false }), calendar }),
    calendar,
    referenceDate,
  });
  const bar = progressBar('cases', histories.length);
  for (let start = 0; start < histories.length; start += BATCH) {
    const batch = histories.slice(start, start + BATCH);
    await stores.events.addMissing(batch.flat());
    await stores.cases.addMissing(batch.map((history) => storedCase(history, calendar)));
    bar.advance(batch.length);
  }
  await Promise.all([
    stores.spotChecks.addMissing(spotChecks, seeds),
    stores.meetings.addMissing(meetings),
    stores.typicalCases.addMissing(typicalCases),
  ]);
  await stores.numbers.startAfter(histories.flatMap(([first]) => (first ? [first.caseNumber] : [])));
  bar.done(`${histories.flat().length} events`);
  return histories.length;
}
