import { refuseFaults } from '@zhitong/kit/commands';
import type { Named } from '@zhitong/kit/graph';
import { parseHalfDays } from '@zhitong/values';
import type { Context } from '../../context.js';
import type { Intake } from '../../domain/case-event.js';
import type { PromisedItem } from '../../domain/promises/promised-item.js';
import { actualTime, isTimeTold, itemNumber, type ToldTime } from '../../domain/promises/promised-time.js';
import type { InputFault } from '../../domain/satisfaction.js';

/** The longest promise that the catalogue takes. */
const LONGEST_PROMISE_DAYS = 90;

/** The number of the matter that an input names; null where it names none. */
export const itemOf = (serviceItem: string | null | undefined): string | null =>
  typeof serviceItem === 'string' ? itemNumber(serviceItem) : null;

/** A matter as the registry is asked for it. */
export const itemNamed = (id: string | null): Named[] =>
  id === null ? [] : [{ kind: 'serviceItem', code: id, path: ['serviceItem'] }];

/**
 * What names of an input the registry does not have, and what it promises for the matter among them, which is then
 * there. A repeat asks for neither.
 */
export function askedOfRegister(register: Context['register'], names: readonly Named[], id: string | null) {
  let item: PromisedItem | null = null;
  return {
    unknown: async (): Promise<InputFault[]> => {
      const faults = await register.faultsOf([...names, ...itemNamed(id)]);
      if (id !== null && !faults.some(({ path }) => path[0] === 'serviceItem')) {
        const days = await register.promisedDays(id);
        item = { id, promisedHalfDays: days === null ? null : parseHalfDays(days, LONGEST_PROMISE_DAYS) };
      }
      return faults;
    },
    item: (): PromisedItem | null => item,
  };
}

/**
 * The matter that a correction names, as it is kept: one that the case names already keeps the promise that it had
 * then. Empty where none is named.
 */
export function itemAgainst(
  { serviceItem = null }: Pick<Intake, 'serviceItem'>,
  named: PromisedItem | null,
): Pick<Intake, 'serviceItem'> {
  if (named === null) return {};
  return { serviceItem: serviceItem?.id === named.id ? serviceItem : named };
}

/** The told time as it is kept, where one is told; ends the command when its days cannot be. */
export function timeOf(
  told: ToldTime,
  { today, calendar }: Pick<Context, 'today' | 'calendar'>,
): Pick<Intake, 'actualTime'> {
  if (!isTimeTold(told)) return {};
  const read = actualTime(told, { today, calendar });
  return read.ok ? { actualTime: read.time } : refuseFaults([read.fault]);
}
