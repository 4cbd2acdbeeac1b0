import type { Logger } from '@zhitong/kit';
import type { GrantStore } from '../models/grants/grant.js';

/**
 * Who may hold a benefit. Most enterprises never were given one, and every match asks: what is known to hold nothing
 * costs no command to the database.
 */
export interface KnownHolders {
  /** False only where it is known that nothing was ever given; true while that is not known. */
  mayHold(uscc: string): boolean;
  close(): Promise<void>;
}

const RETRY_MS = 1_000;
/** Holders that are kept; where more hold something, everybody is asked for. About 100 bytes each. */
const MOST_HOLDERS = 500_000;

/**
 * Reads who was given something and follows what is given, here at once and elsewhere by the change stream. While
 * nobody follows (`follow` false), the stream is broken or there are more than `most`, everybody may hold something.
 */
export async function openKnownHolders({
  grants,
  logger,
  follow = true,
  most = MOST_HOLDERS,
}: {
  grants: Pick<GrantStore, 'recipients' | 'onGiven' | 'watchGiven'>;
  logger: Logger;
  follow?: boolean;
  most?: number;
}): Promise<KnownHolders> {
  const holders = new Set<string>();
  let isKnown = false;
  let isClosed = false;
  let stop = async (): Promise<void> => undefined;
  let retry: NodeJS.Timeout | undefined;

  const add = (usccs: Iterable<string>): void => {
    for (const uscc of usccs) if (holders.size <= most) holders.add(uscc);
  };
  const broken = (error: unknown): void => {
    if (isClosed) return;
    isKnown = false;
    logger.warn({ err: error }, 'who holds benefits is not followed now; it is read again');
    retry = setTimeout(() => void load(), RETRY_MS);
  };
  /** Follows from before the reading, so that nothing given meanwhile is missed. */
  const load = async (): Promise<void> => {
    await stop();
    if (isClosed) return;
    try {
      stop = await grants.watchGiven({ given: (uscc) => add([uscc]), broken });
      for await (const uscc of grants.recipients()) add([uscc]);
      isKnown = holders.size <= most;
      if (!isKnown) await stop();
    } catch (error) {
      broken(error);
    }
  };

  grants.onGiven(add);
  if (follow) await load();
  return {
    mayHold: (uscc) => !isKnown || holders.size > most || holders.has(uscc),
    close: async () => {
      isClosed = true;
      clearTimeout(retry);
      await stop();
    },
  };
}
