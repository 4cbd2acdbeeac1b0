// A register that is far larger than memory, read, decoded and mapped to its end by `connect check --whole`, beside one
// of a tenth: what its process needs must not grow with the file.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { kitConfig } from '../../kit/dist/index.js';
import { openMongo } from '../../kit/dist/mongo/index.js';
import { without } from '../harness/hub.mjs';
import { command } from './connect.mjs';
import { MAPPING, writeRegister } from './connect-register.mjs';

const TENTH = 10;

export async function measureReading({ enterprises, tell }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'zhitong-bench-reading-'));
  const dataDir = path.join(folder, 'data');
  const mongo = await openMongo({ config: { ...kitConfig({}), dataDir } });
  const environment = {
    ...without(process.env, ['NODE_OPTIONS']),
    ZHITONG_DATA_DIR: dataDir,
    MONGODB_URI: mongo.uri,
    ENTERPRISES_DATABASE: 'zhitong_bench_reading',
  };
  const read = async (records) => {
    const file = path.join(folder, 'register.csv');
    await writeRegister(file, records);
    const { size } = statSync(file);
    writeFileSync(path.join(folder, 'register.yaml'), MAPPING);
    const options = { environment, folder };
    const { seconds, peakMiB, told } = await command(
      ['connect', 'check', path.join(folder, 'register.yaml'), '--whole'],
      options,
    );
    if (!told.includes(`Of all ${records} records the mapping takes ${records},`))
      throw new Error(`Not all of ${records} records were taken: ${told.slice(-500)}`);
    tell(
      `  ${records} records, ${(size / 2 ** 20).toFixed(0)} MiB: ${Math.round(records / seconds)} records/s, ${peakMiB.toFixed(0)} MiB\n`,
    );
    return { records, bytes: size, recordsPerSecond: records / seconds, peakMiB };
  };
  try {
    // The city's districts, which the rows name.
    await command(['demo-load', '--enterprises', '400'], { environment, folder });
    return { tenth: await read(Math.ceil(enterprises / TENTH)), whole: await read(enterprises) };
  } finally {
    await mongo.release();
    rmSync(folder, { recursive: true, force: true });
  }
}
