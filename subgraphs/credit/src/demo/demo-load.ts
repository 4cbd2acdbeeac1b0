import { demoCity } from '@zhitong/demo';
import { dayInShanghai, isCalendarDate, type Clock } from '@zhitong/kit';
import { CommandFailed, progressBar } from '@zhitong/kit/cli';
import type { Connection } from 'mongoose';
import type { Stores } from '../stores.js';
import { demoCommitments } from './demo-commitments.js';
import { loadDemoCredit } from './load-demo-credit.js';

interface DemoMark {
  _id: 'demo';
  referenceDate: string;
  enterprises: number;
  finishedAt: Date | null;
}

/**
 * Loads the demo city's credit unless a finished load is marked. The mark also keeps the day on which the city stands: a load
 * that goes on after a kill goes on with the same day, because what is in the ledger stays.
 */
export async function demoLoad({ connection, stores, options, clock }: { connection: Connection; stores: Stores; options: { enterprises: string; date?: string }; clock: Clock }): Promise<void> {
  const marks = connection.collection<DemoMark>('demo');
  const mark = await marks.findOne({ _id: 'demo' });
  if (mark?.finishedAt) {
    process.stdout.write(`The demo city's credit of ${mark.referenceDate} is loaded.\n`);
    return;
  }
  const wanted = Number(options.enterprises);
  if (!Number.isInteger(wanted) || wanted < 200) throw new CommandFailed(`--enterprises is ${options.enterprises}; the demo city has 200 or more.`);
  const date: string | undefined = options.date;
  if (date !== undefined && !isCalendarDate(date)) throw new CommandFailed(`--date is ${String(date)}; write a day as YYYY-MM-DD.`);
  const { referenceDate, enterprises } = mark ?? { referenceDate: options.date ?? dayInShanghai(clock.now()), enterprises: wanted };
  await marks.updateOne({ _id: 'demo' }, { $set: { referenceDate, enterprises, finishedAt: null } }, { upsert: true });
  const city = demoCity({ referenceDate, enterprises });
  const chains = demoCommitments(city);
  const bar = progressBar('commitments', chains.length);
  await loadDemoCredit({ city, chains, stores, advance: (count) => bar.advance(count) });
  await marks.updateOne({ _id: 'demo' }, { $set: { finishedAt: clock.now() } });
  bar.done(`${chains.reduce((sum, chain) => sum + chain.length, 0)} ledger entries`);
}
