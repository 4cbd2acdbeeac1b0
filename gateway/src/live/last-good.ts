import path from 'node:path';
import { z } from 'zod';
import { readIfPresent, replaceFile } from '@zhitong/kit';

const schema = z.object({ number: z.number().int(), sdl: z.string().min(1) });

/** The supergraph of the registry that this gateway served last, for a start without the registry. */
export interface LastGood {
  read(): z.infer<typeof schema> | null;
  write(supergraph: z.infer<typeof schema>): void;
}

/** Keeps it in the data folder, replaced in one step. */
export function lastGood(dataDir: string): LastGood {
  const file = path.join(dataDir, 'gateway', 'last-supergraph.json');
  return {
    read: () => {
      try {
        return schema.parse(JSON.parse(readIfPresent(file) ?? ''));
      } catch {
        return null; // None, or half a disk's: the checked-in one serves.
      }
    },
    write: (supergraph) => replaceFile(file, JSON.stringify(supergraph)),
  };
}
