import { cp, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startHub, type RunningHub } from './start-hub.js';

/** Market entities of the city that the tests of this run share. */
export const LOADED_ENTERPRISES = 400;

/**
 * Starts a hub whose demo city is there. It is loaded once in a test run, by the command that users start; each hub
 * gets a copy of the data folder of its own, and may change what is in it.
 */
export async function startLoadedHub(): Promise<RunningHub> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'zhitong-hub-'));
  await cp(await loadedCity(), dataDir, { recursive: true });
  // Hubs that run at the same time each find a port of their own.
  await rm(path.join(dataDir, 'mongo.port'));
  return startHub({ enterprises: LOADED_ENTERPRISES, dataDir });
}

/** The data folder of the loaded city. Who asks first loads it, in whichever worker; the others wait for that. */
async function loadedCity(): Promise<string> {
  const run = process.env['ZHITONG_TEST_RUN_DIR'];
  if (run === undefined) throw new Error('Tests need the folder of the test run: start them with `npm test`.');
  const [city, failure] = [path.join(run, 'city'), path.join(run, 'city-failure')];
  const isOurs = await mkdir(path.join(run, 'loading')).then(
    () => true,
    () => false,
  );
  if (isOurs) {
    try {
      const hub = await startHub({ enterprises: LOADED_ENTERPRISES });
      await hub.stop();
      await rename(hub.dataDir, city);
    } catch (error) {
      await writeFile(failure, String(error));
      throw error;
    }
  }
  while (!(await isThere(city))) {
    if (await isThere(failure))
      throw new Error('The demo city of this test run could not be loaded; the test file that tried first says why.');
    await new Promise((resolve) => void setTimeout(resolve, 50));
  }
  return city;
}

const isThere = async (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );
