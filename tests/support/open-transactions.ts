import type { Connection } from 'mongoose';

/** A database's address under which the server knows a process that may be killed: by the name of its application. */
export function addressFor(uri: string, application: string): string {
  const address = new URL(uri);
  address.searchParams.set('appName', application);
  return String(address);
}

/**
 * Does at once what the server does by itself a minute after a client has died (transactionLifetimeLimitSeconds): it
 * aborts the transactions that the client left open. Until then they hold what they have written, and whoever comes
 * next waits for them.
 */
export async function endOpenTransactions(connection: Connection, application: string): Promise<void> {
  const admin = connection.getClient().db('admin');
  const open = await admin
    .aggregate<{ lsid: { id: unknown } }>([
      { $currentOp: { allUsers: true, idleSessions: true } },
      {
        $match: {
          $or: [{ appName: application }, { 'clientMetadata.application.name': application }],
          lsid: { $exists: true },
          transaction: { $exists: true },
        },
      },
      { $project: { lsid: 1 } },
    ])
    .toArray();
  if (open.length > 0) await admin.command({ killSessions: open.map(({ lsid: { id } }) => ({ id })) });
}
