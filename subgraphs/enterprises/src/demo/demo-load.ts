import { citySettings, demoCity, demoEnterprises, type AskedCity } from '@zhitong/demo';
import type { Clock } from '@zhitong/kit';
import { CommandFailed, progressBar } from '@zhitong/kit/cli';
import { loadOnce } from '@zhitong/kit/subgraph';
import { dayInShanghai } from '@zhitong/values';
import type { Connection } from 'mongoose';
import type { Stores } from '../stores.js';
import { loadDemoCity } from './load-demo-city.js';

/** Loads the demo city once. */
export async function demoLoad({
  connection,
  stores,
  options,
  clock,
}: {
  connection: Connection;
  stores: Stores;
  options: AskedCity;
  clock: Clock;
}): Promise<void> {
  const { settings, wasLoaded } = await loadOnce({
    connection,
    name: 'demo',
    clock,
    wanted: () => {
      const asked = citySettings(options, dayInShanghai(clock.now()));
      if ('problem' in asked) throw new CommandFailed(asked.problem);
      return asked;
    },
    load: async (begun) => {
      const city = demoCity({ ...begun, withFacts: false });
      const bar = progressBar('enterprises', city.enterprises.length);
      await loadDemoCity({ city, enterprises: demoEnterprises(begun), stores, advance: (count) => bar.advance(count) });
      bar.done(`${city.departments.length} departments, ${city.projects.length} projects`);
      return begun;
    },
  });
  if (wasLoaded)
    process.stdout.write(
      `The demo city of ${settings.referenceDate} is loaded: ${settings.enterprises} enterprises.\n`,
    );
}
