// Tokens tried one after another from one address.
import { codesOf } from '../client.mjs';
import { verdict } from '../verdict.mjs';

/** More than the limits of two minutes as they are configured without settings: a minute may end while it is tried. */
const MOST = 13_000;
/** The limit is one of a minute: slower than that, nothing is exceeded. */
const MOST_MS = 55_000;
const AT_ONCE = 25;

export default {
  name: 'wrong-token-rate',
  what: 'guessing tokens from one address until it is told to wait',
  run: async ({ ask }) => {
    const { tried, result } = verdict();
    let sent = 0;
    let waits = false;
    const started = performance.now();
    const guess = async () => {
      while (!waits && sent < MOST && performance.now() - started < MOST_MS) {
        sent += 1;
        const answer = await ask({ query: '{ __typename }' }, { token: `guess.${sent}.x` });
        if (answer.status === 429 && codesOf(answer).includes('RATE_LIMITED')) waits = true;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, guess));
    const isSlow = performance.now() - started >= MOST_MS;
    tried(waits || isSlow, `${sent} wrong tokens were answered without a pause`);
    return result();
  },
};
