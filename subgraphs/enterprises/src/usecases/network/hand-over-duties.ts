import type { ClientSession } from 'mongoose';
import type { Stores } from '../../stores.js';

/** What became of an official's matters and indicators. */
export interface HandedOverDuties {
  readonly mattersMoved: number;
  readonly mattersLeft: number;
  readonly indicatorsMoved: number;
  readonly indicatorsLeft: number;
}

/**
 * Gives the matters that an official does for enterprises (代办帮办) and the indicators that he or she answers for
 * (指标长) to a named successor. Without one a matter stays with its other agents, and an indicator keeps its chief
 * until there is another.
 */
export async function handOverDuties(
  { official, successor }: { readonly official: string; readonly successor: string | null },
  { serviceItems, indicators }: Pick<Stores, 'serviceItems' | 'indicators'>,
  session: ClientSession,
): Promise<HandedOverDuties> {
  const matters = await serviceItems.replaceAgent(official, successor, session);
  const led = successor === null ? await indicators.countOf(official, session) : 0;
  const given = successor === null ? 0 : await indicators.replaceChief(official, successor, session);
  return {
    mattersMoved: successor === null ? 0 : matters,
    mattersLeft: successor === null ? matters : 0,
    indicatorsMoved: given,
    indicatorsLeft: led,
  };
}
