import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { demoCity, demoEnterprises } from '../../demo/src/index.js';

const options = { referenceDate: '2026-11-20', enterprises: 400 };

describe('the demo city, whatever its size', () => {
  it('can be made one enterprise after the other, and without facts, and is the same', () => {
    const city = demoCity(options);
    expect([...demoEnterprises(options)]).toEqual(city.enterprises);
    expect(demoCity({ ...options, withFacts: false })).toEqual({
      ...city,
      enterprises: city.enterprises.map((enterprise) => ({ ...enterprise, factYears: [] })),
    });
  });

  it('has no row that a unique index would refuse, and says so for each department', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      new URL('../../scripts/demo-sizes.mjs', import.meta.url).pathname,
      '--enterprises',
      '400',
    ]);
    const rows = stdout.trim().split('\n').slice(2);
    expect(rows.map((row) => row.split(' | ').slice(1, 4))).toEqual(
      ['enterprises', 'cases', 'credit'].map((department) => [
        department,
        expect.stringMatching(/^[1-9]\d\d+$/) as unknown,
        'each key once',
      ]),
    );
  });
});
