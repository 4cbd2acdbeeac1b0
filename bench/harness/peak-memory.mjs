// Loaded into a process by NODE_OPTIONS=--import: writes the most memory that it had (RSS, in KiB) when it ends.
import { writeFileSync } from 'node:fs';

process.on('exit', () => writeFileSync(process.env.BENCH_PEAK_MEMORY, String(process.resourceUsage().maxRSS)));
