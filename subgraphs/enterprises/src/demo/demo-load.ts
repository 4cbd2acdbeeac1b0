import { demoCity } from '@zhitong/demo';
import { dayInShanghai, isCalendarDate, type Clock } from '@zhitong/kit';
import { CommandFailed, progressBar } from '@zhitong/kit/cli';
import type { Connection } from 'mongoose';
import type { Stores } from '../stores.js';
import { loadDemoCity } from './load-demo-city.js';

interface DemoMark {
  _id: 'demo';
  referenceDate: string;
  enterprises: number;
  finishedAt: Date | null;
}

/** Loads the demo city unless a finished load is marked; the mark also keeps the day on which the city stands. */
export async function demoLoad({ connection, stores, options, clock }: { connection: Connection; stores: Stores; options: { enterprises: string; date?: string }; clock: Clock }): Promise<void> {
  const marks = connection.collection<DemoMark>('demo');
  const mark = await marks.findOne({ _id: 'demo' });
  if (mark?.finishedAt) {
    process.stdout.write(`The demo city of ${mark.referenceDate} is loaded: ${mark.enterprises} enterprises.\n`);
    return;
  }
  const enterprises = Number(options.enterprises);
  if (!Number.isInteger(enterprises) || enterprises < 200) throw new CommandFailed(`--enterprises is ${options.enterprises}; the demo city has 200 or more.`);
  if (options.date !== undefined && !isCalendarDate(options.date)) throw new CommandFailed(`--date is ${JSON.stringify(options.date)}; write a day as YYYY-MM-DD.`);
  const referenceDate = options.date ?? mark?.referenceDate ?? dayInShanghai(clock.now());
  await marks.updateOne({ _id: 'demo' }, { $set: { referenceDate, enterprises, finishedAt: null } }, { upsert: true });
  const city = demoCity({ referenceDate, enterprises });
  const bar = progressBar('enterprises', city.enterprises.length);
  await loadDemoCity({ city, stores, advance: (count) => bar.advance(count) });
  await marks.updateOne({ _id: 'demo' }, { $set: { finishedAt: clock.now() } });
  bar.done(`${city.departments.length} departments, ${city.projects.length} projects`);
}
