import type { Connection } from 'mongoose';

/** Drops an index that an earlier release built, if it is there; two may do it at the same time. */
export async function dropFormerIndex(
  collection: Pick<ReturnType<Connection['collection']>, 'dropIndex'>,
  name: string,
): Promise<void> {
  await collection.dropIndex(name).catch((error: unknown) => {
    const codes = ['IndexNotFound', 'NamespaceNotFound'];
    if (!(error instanceof Error && 'codeName' in error && codes.includes(String(error.codeName)))) throw error;
  });
}
