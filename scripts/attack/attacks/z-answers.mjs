// What all attacks before this one got.
import { verdict } from '../verdict.mjs';

export default {
  name: 'answers',
  what: 'every answer of all attacks: no INTERNAL, no stack, file or database in a text; no-store and nosniff on each',
  run: async ({ seen }) => {
    const { tried, result } = verdict();
    const first = (kind) => [...new Set(seen[kind])].slice(0, 5).join(' · ');
    tried(seen.leaks.length === 0, `${seen.leaks.length} answers tell how the hub is made: ${first('leaks')}`);
    tried(seen.internal.length === 0, `${seen.internal.length} answers are INTERNAL or 5xx: ${first('internal')}`);
    tried(seen.headers.length === 0, `${seen.headers.length} answers lack a header: ${first('headers')}`);
    return { ...result(), tried: seen.answers };
  },
};
