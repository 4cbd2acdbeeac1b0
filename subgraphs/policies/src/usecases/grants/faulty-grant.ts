import { CommandEnded } from '@zhitong/kit/commands';
import { isDuplicateKey } from '@zhitong/kit/mongo';
import { mongo } from 'mongoose';

/** Grants that one command may pass over for a fault of their data; where more have one, the fault is another. */
const MOST_FAULTY = 20;

/** A grant that could not be moved for a fault of its data, and what went wrong. */
class FaultyGrant extends Error {
  constructor(
    readonly grant: string,
    cause: unknown,
  ) {
    super(`${grant} could not be moved for a fault of its data.`, { cause });
  }
}

/** Whether an error tells of the data that were at work: not a refusal, nor what the database says of conflicts. */
const isOfData = (error: unknown): boolean =>
  !(error instanceof CommandEnded) && (isDuplicateKey(error) || !(error instanceof mongo.MongoError));

/** Does what is to be done with one grant. @throws FaultyGrant when that fails for a fault of its data */
export async function ofOneGrant<Result>(grant: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw isOfData(error) ? new FaultyGrant(grant, error) : error;
  }
}

/**
 * Runs a command about many grants in one transaction, and anew without each grant that fails in it for a fault of its
 * data: what was written of that one goes with the transaction, so that it costs no other.
 * @param run is told the grants to pass over.
 */
export async function withoutFaulty<Result>(
  run: (faulty: ReadonlySet<string>) => Promise<Result>,
  onFaulty: (grant: string, cause: unknown) => void,
): Promise<Result> {
  const faulty = new Set<string>();
  for (;;) {
    try {
      return await run(faulty);
    } catch (error) {
      if (!(error instanceof FaultyGrant) || faulty.size === MOST_FAULTY) throw error;
      faulty.add(error.grant);
      onFaulty(error.grant, error.cause);
    }
  }
}
