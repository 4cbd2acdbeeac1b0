import type { Connection } from 'mongoose';

/** The commands that one piece of work sent to MongoDB, by name and in order. */
export interface CommandCount<Result> {
  readonly result: Result;
  readonly commands: readonly string[];
}

const HOUSEKEEPING = new Set(['hello', 'ping', 'endSessions', 'isMaster', 'killCursors']);

/**
 * Runs `work` and returns which commands it sent over the connection (driver command monitoring; a getMore counts too).
 */
export async function countCommands<Result>(
  connection: Connection,
  work: () => Promise<Result>,
): Promise<CommandCount<Result>> {
  const commands: string[] = [];
  const listener = ({ commandName }: { commandName: string }): void => {
    if (!HOUSEKEEPING.has(commandName)) commands.push(commandName);
  };
  const client = connection.getClient();
  client.on('commandStarted', listener);
  try {
    return { result: await work(), commands };
  } finally {
    client.off('commandStarted', listener);
  }
}
