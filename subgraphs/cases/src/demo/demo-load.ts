import { demoCity } from '@zhitong/demo';
import { dayInShanghai, isCalendarDate, type Clock } from '@zhitong/kit';
import { CommandFailed, progressBar } from '@zhitong/kit/cli';
import type { Connection } from 'mongoose';
import type { OpenDepartment } from '../department.js';
import { caseFigures } from '../domain/case-figures.js';
import { replay } from '../domain/history.js';
import { storedCase } from '../models/case.js';
import { demoCases } from './demo-cases.js';
import { demoOversight } from './demo-oversight.js';

interface DemoMark {
  _id: 'demo';
  referenceDate: string;
  enterprises: number;
  cases: number;
  finishedAt: Date | null;
}

/** Cases written at a time. */
const BATCH = 200;

/**
 * Loads the demo city's cases unless a finished load is marked. A load that was killed half-way is run again from the same
 * day: the same histories come out, and what is there already is not written twice.
 */
export async function demoLoad({ connection, stores, calendar, options, clock }: OpenDepartment & { connection: Connection; options: { enterprises: string; date?: string }; clock: Clock }): Promise<void> {
  const marks = connection.collection<DemoMark>('demo');
  const mark = await marks.findOne({ _id: 'demo' });
  if (mark?.finishedAt) {
    process.stdout.write(`The demo city of ${mark.referenceDate} is loaded: ${mark.cases} cases.\n`);
    return;
  }
  const enterprises = mark?.enterprises ?? Number(options.enterprises);
  if (!Number.isInteger(enterprises) || enterprises < 200) throw new CommandFailed(`--enterprises is ${options.enterprises}; the demo city has 200 or more.`);
  if (options.date !== undefined && !isCalendarDate(options.date)) throw new CommandFailed(`--date is ${JSON.stringify(options.date)}; write a day as YYYY-MM-DD.`);
  const referenceDate = mark?.referenceDate ?? options.date ?? dayInShanghai(clock.now());
  await marks.updateOne({ _id: 'demo' }, { $set: { referenceDate, enterprises, cases: 0, finishedAt: null } }, { upsert: true });
  const { histories, spotChecks, meetings, typicalCases } = demoOversight({ histories: demoCases({ city: demoCity({ referenceDate, enterprises }), calendar }), calendar, referenceDate });
  const bar = progressBar('cases', histories.length);
  for (let start = 0; start < histories.length; start += BATCH) {
    const batch = histories.slice(start, start + BATCH);
    await stores.events.addMissing(batch.flat());
    await stores.cases.putAll(batch.map((history) => replay(history)).map((view) => storedCase(view, caseFigures(view, calendar))));
    bar.advance(batch.length);
  }
  await Promise.all([stores.spotChecks.putAll(spotChecks), stores.meetings.putAll(meetings), stores.typicalCases.putAll(typicalCases)]);
  await stores.numbers.startAfter(histories.flatMap(([first]) => (first ? [first.caseNumber] : [])));
  await marks.updateOne({ _id: 'demo' }, { $set: { cases: histories.length, finishedAt: clock.now() } });
  bar.done(`${histories.flat().length} events`);
}
