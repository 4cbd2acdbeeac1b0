import path from 'node:path';

/**
 * Longest path of a Unix domain socket: `sun_path` has 104 bytes on macOS and 108 on Linux, the closing zero included.
 */
const LONGEST_PATH = 103;

/**
 * The variables `<NAME>_SOCKET` that name for each department a Unix domain socket in the data folder, over which the
 * gateway asks it. None where the path would be too long or the system has no such sockets: ports serve there too.
 */
export function departmentSockets(
  names: readonly string[],
  dataDir: string,
  platform: NodeJS.Platform = process.platform,
): Record<string, string> {
  if (platform === 'win32') return {};
  const fileOf = (name: string): string => path.join(dataDir, 'sockets', `${name}.sock`);
  return Object.fromEntries(
    names
      .filter((name) => Buffer.byteLength(fileOf(name)) <= LONGEST_PATH)
      .map((name) => [`${name.toUpperCase()}_SOCKET`, fileOf(name)]),
  );
}
