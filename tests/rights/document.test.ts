import { runToEnd } from '../hub/support/start-hub.js';

describe('the document of rights', () => {
  it('is current: npm run rights makes the same from the table', async () => {
    await expect(runToEnd(['scripts/rights.mjs', '--check'], process.env)).resolves.toBe('');
  });
});
