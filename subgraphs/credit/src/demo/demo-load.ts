import { demoCity } from '@zhitong/demo';
import { dayInShanghai, isCalendarDate, type Clock } from '@zhitong/kit';
import { CommandFailed, progressBar } from '@zhitong/kit/cli';
import { loadOnce } from '@zhitong/kit/department';
import type { Connection } from 'mongoose';
import type { Stores } from '../stores.js';
import { demoCommitments } from './demo-commitments.js';
import { loadDemoCredit } from './load-demo-credit.js';

/** Loads the demo city's credit once. A load that goes on after a kill goes on with the same day, because what is in the ledger stays. */
export async function demoLoad({ connection, stores, options, clock }: { connection: Connection; stores: Stores; options: { enterprises: string; date?: string }; clock: Clock }): Promise<void> {
  const { settings, wasLoaded } = await loadOnce({
    connection,
    name: 'demo',
    clock,
    wanted: () => {
      const enterprises = Number(options.enterprises);
      if (!Number.isInteger(enterprises) || enterprises < 200) throw new CommandFailed(`--enterprises is ${options.enterprises}; the demo city has 200 or more.`);
      const date: string | undefined = options.date;
      if (date !== undefined && !isCalendarDate(date)) throw new CommandFailed(`--date is ${String(date)}; write a day as YYYY-MM-DD.`);
      return { referenceDate: options.date ?? dayInShanghai(clock.now()), enterprises };
    },
    load: async (begun) => {
      const city = demoCity(begun);
      const chains = demoCommitments(city);
      const bar = progressBar('commitments', chains.length);
      await loadDemoCredit({ city, chains, stores, advance: (count) => bar.advance(count) });
      bar.done(`${chains.reduce((sum, chain) => sum + chain.length, 0)} ledger entries`);
      return begun;
    },
  });
  if (wasLoaded) process.stdout.write(`The demo city's credit of ${settings.referenceDate} is loaded.\n`);
}
