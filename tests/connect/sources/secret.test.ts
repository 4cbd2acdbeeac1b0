import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { secretAt } from '../../../connect/src/sources/secret.js';
import { fileOf } from '../support/files.js';

describe('a secret of a mapping', () => {
  const surroundings = { folder: '.', environment: { TOKEN: 's3cret', NOTHING: '' } };

  it('is read from the environment, and one that is not set is named', async () => {
    expect(await secretAt({ environment: 'TOKEN' }, surroundings)).toBe('s3cret');
    await expect(secretAt({ environment: 'NOTHING' }, surroundings)).rejects.toThrow('NOTHING of the environment');
    await expect(secretAt({ environment: 'OTHER' }, surroundings)).rejects.toThrow('OTHER of the environment');
  });

  it('is read from a file beside the mapping, without the end of its line', async () => {
    const file = fileOf('s3cret\n', 'token');
    const folder = path.dirname(file);
    expect(await secretAt({ file: 'token' }, { folder, environment: {} })).toBe('s3cret');
    await expect(secretAt({ file: 'other' }, { folder, environment: {} })).rejects.toThrow(
      'The file other cannot be read (ENOENT)',
    );
    writeFileSync(path.join(folder, 'blank'), ' \n');
    await expect(secretAt({ file: 'blank' }, { folder, environment: {} })).rejects.toThrow('The file blank is empty');
  });
});
