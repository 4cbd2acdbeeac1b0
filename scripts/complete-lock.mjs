// Run after adding a library (`npm install … && npm run lock`): some registries do not hold every platform's optional
// binaries, and npm then leaves them out of package-lock.json, so that `npm ci` refuses the lock file everywhere. This
// puts the missing entries back, with the platform in their names; they carry no digest, because there is no package
// here to take it from.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const file = path.resolve(import.meta.dirname, '..', 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const PLATFORM =
  /-(?<os>darwin|win32|linux|freebsd|android|openharmony)-(?<cpu>arm64|arm|x64|ia32|ppc64|s390x|loong64|riscv64)(?:-(?<abi>\w+))?$/;
const LIBC = { gnu: 'glibc', musl: 'musl' };

const missing = Object.entries(lock.packages).flatMap(([parent, { optionalDependencies = {}, dev }]) =>
  Object.entries(optionalDependencies)
    .filter(
      ([name]) => !(`node_modules/${name}` in lock.packages) && !(`${parent}/node_modules/${name}` in lock.packages),
    )
    .map(([name, version]) => ({ name, version, dev, platform: PLATFORM.exec(name)?.groups })),
);
for (const { name, version, dev, platform } of missing) {
  if (platform === undefined || !/^\d/.test(version))
    throw new Error(`${name}@${version} is missing from the lock file and is no platform's binary; install it.`);
  const { os, cpu, abi } = platform;
  lock.packages[`node_modules/${name}`] = {
    version,
    cpu: [cpu],
    ...(dev ? { dev } : {}),
    ...(abi in LIBC ? { libc: [LIBC[abi]] } : {}),
    optional: true,
    os: [os],
  };
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${missing.length} entries added.`);
