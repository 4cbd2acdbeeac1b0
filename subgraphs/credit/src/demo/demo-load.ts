import { citySettings, demoCity, type AskedCity } from '@zhitong/demo';
import type { Clock } from '@zhitong/kit';
import { CommandFailed, progressBar } from '@zhitong/kit/cli';
import { loadOnce } from '@zhitong/kit/subgraph';
import { dayInShanghai } from '@zhitong/values';
import type { Connection } from 'mongoose';
import type { Stores } from '../stores.js';
import { demoCommitments } from './demo-commitments.js';
import { loadDemoCredit } from './load-demo-credit.js';

/**
 * Loads the demo city's credit once. A load that goes on after a kill goes on with the same day, because what is in the
 * ledger stays.
 */
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
      const chains = demoCommitments(city);
      const bar = progressBar('commitments', chains.length);
      await loadDemoCredit({ city, chains, stores, advance: (count) => bar.advance(count) });
      bar.done(`${chains.reduce((sum, chain) => sum + chain.length, 0)} ledger entries`);
      return begun;
    },
  });
  if (wasLoaded) process.stdout.write(`The demo city's credit of ${settings.referenceDate} is loaded.\n`);
}
