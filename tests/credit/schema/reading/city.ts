import { positionAsOf, type CommitmentPosition } from '../../../../subgraphs/credit/src/domain/ledger/as-of.js';
import { formatYuan, sumFen } from '@zhitong/values';
import { creditOfDemoCity, TODAY } from '../../support/credit-under-test.js';

/** The department with the credit of a demo city, loaded once for the parts of one test file, which only read it. */
export let credit: Awaited<ReturnType<typeof creditOfDemoCity>>;
beforeAll(async () => void (credit = await creditOfDemoCity(import.meta.url)));
afterAll(async () => credit.close());

export type Positioned = CommitmentPosition & { id: string };
/** The domain's own answer, commitment by commitment, to compare the database's with. */
export const positions = (asOf = TODAY, knownOn: string | null = null): Positioned[] =>
  credit.chains.flatMap((chain) => {
    const position = positionAsOf(chain, { asOf, knownOn });
    return position && position.state !== 'VOID' ? [{ ...position, id: chain[0]?.commitmentId ?? '' }] : [];
  });

/** One figure of those that are in money, as the graph writes amounts. */
export const moneySum = (
  list: readonly Positioned[],
  field: 'outstanding' | 'overdue' | 'promised' | 'fulfilled' | 'waived',
): string =>
  formatYuan(sumFen(list.filter(({ terms }) => terms.measure === 'MONEY').map((position) => position[field])));

/** Enterprises as the gateway asks for them. */
export const refs = (usccs: readonly string[]): object[] => usccs.map((uscc) => ({ __typename: 'Enterprise', uscc }));
