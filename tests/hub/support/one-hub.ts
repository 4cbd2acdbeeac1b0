import { jest } from '@jest/globals';
import { startLoadedHub } from './loaded-city.js';
import type { RunningHub } from './start-hub.js';

// Far more than it takes on two quiet cores.
jest.setTimeout(600_000);

/**
 * The hub over the demo city that the parts of one test file share, from before their first test; each part leaves it
 * as it found it, or says what it changed.
 */
export let hub: RunningHub;
beforeAll(async () => void (hub = await startLoadedHub()), 1_800_000);
afterAll(async () => hub.remove(), 600_000);
