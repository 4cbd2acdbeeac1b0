import { demoCity } from '@zhitong/demo';
import { dayInShanghai, isCalendarDate, type Clock } from '@zhitong/kit';
import { CommandFailed, progressBar } from '@zhitong/kit/cli';
import { loadOnce } from '@zhitong/kit/department';
import type { Connection } from 'mongoose';
import type { Stores } from '../stores.js';
import { loadDemoCity } from './load-demo-city.js';

/** Loads the demo city once. */
export async function demoLoad({ connection, stores, options, clock }: { connection: Connection; stores: Stores; options: { enterprises: string; date?: string }; clock: Clock }): Promise<void> {
  const { settings, wasLoaded } = await loadOnce({
    connection,
    name: 'demo',
    clock,
    wanted: () => {
      const enterprises = Number(options.enterprises);
      if (!Number.isInteger(enterprises) || enterprises < 200) throw new CommandFailed(`--enterprises is ${options.enterprises}; the demo city has 200 or more.`);
      if (options.date !== undefined && !isCalendarDate(options.date)) throw new CommandFailed(`--date is ${JSON.stringify(options.date)}; write a day as YYYY-MM-DD.`);
      return { referenceDate: options.date ?? dayInShanghai(clock.now()), enterprises };
    },
    load: async (begun) => {
      const city = demoCity(begun);
      const bar = progressBar('enterprises', city.enterprises.length);
      await loadDemoCity({ city, stores, advance: (count) => bar.advance(count) });
      bar.done(`${city.departments.length} departments, ${city.projects.length} projects`);
      return begun;
    },
  });
  if (wasLoaded) process.stdout.write(`The demo city of ${settings.referenceDate} is loaded: ${settings.enterprises} enterprises.\n`);
}
