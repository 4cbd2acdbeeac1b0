import type { WorkingCalendar } from '@zhitong/values';
import { isDeepStrictEqual } from 'node:util';
import type { CaseEvent } from '../domain/case-event.js';
import { BrokenHistoryError } from '../domain/history.js';
import { storedCase, type StoredCase } from '../models/stored-case.js';
import type { Stores } from '../stores.js';

/** How a stored view differs from what its history gives. */
export interface ViewDifference {
  readonly caseNumber: string;
  /**
   * MISSING: a history without a view; DIFFERENT: with these fields; ORPHAN: a view without a history; BROKEN: a
   * history that no moves can have made.
   */
  readonly kind: 'MISSING' | 'DIFFERENT' | 'ORPHAN' | 'BROKEN';
  readonly fields: readonly string[];
}

const BATCH = 500;

/**
 * Compares every view with its history and puts it right (unless `checkOnly`). A broken history is reported and left
 * alone: somebody has to look at it.
 * @param onCase called after each case, for a progress bar
 */
export async function rebuildViews({
  stores,
  calendar,
  checkOnly,
  onCase = () => undefined,
}: {
  stores: Stores;
  calendar: WorkingCalendar;
  checkOnly: boolean;
  onCase?: () => void;
}): Promise<ViewDifference[]> {
  const differences: ViewDifference[] = [];
  let batch: CaseEvent[][] = [];
  const flush = async (): Promise<void> => {
    const views = await stores.cases.wholeByNumber(batch.map(([first]) => first?.caseNumber ?? ''));
    for (const history of batch) {
      const caseNumber = history[0]?.caseNumber ?? '';
      const difference = differenceOf(caseNumber, history, views.get(caseNumber), calendar);
      if (difference !== null) {
        differences.push(difference);
        if (!checkOnly && difference.kind !== 'BROKEN') await putRight(stores, calendar, caseNumber);
      }
      onCase();
    }
    batch = [];
  };
  for await (const history of stores.events.all()) {
    batch.push(history);
    if (batch.length === BATCH) await flush();
  }
  await flush();
  differences.push(...(await orphans(stores, checkOnly)));
  // A view that was lost, or changed from outside, is still counted as it was.
  if (!checkOnly && differences.length > 0) await stores.figures.countAnew();
  return differences;
}

function differenceOf(
  caseNumber: string,
  history: readonly CaseEvent[],
  stored: unknown,
  calendar: WorkingCalendar,
): ViewDifference | null {
  const expected = expectedView(history, calendar);
  if (expected === null) return { caseNumber, kind: 'BROKEN', fields: [] };
  if (typeof stored !== 'object' || stored === null) return { caseNumber, kind: 'MISSING', fields: [] };
  const found = new Map(Object.entries(stored));
  const wanted = new Map<string, unknown>(Object.entries(expected));
  const fields = [...new Set([...found.keys(), ...wanted.keys()])].filter(
    (field) => !isEqualValue(found.get(field), wanted.get(field)),
  );
  return fields.length === 0 ? null : { caseNumber, kind: 'DIFFERENT', fields: fields.sort() };
}

/** Whether two values are stored alike, whoever made their objects. */
function isEqualValue(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(structuredClone(one), structuredClone(other));
}

function expectedView(history: readonly CaseEvent[], calendar: WorkingCalendar): StoredCase | null {
  try {
    return storedCase(history, calendar);
  } catch (error) {
    if (error instanceof BrokenHistoryError) return null;
    throw error;
  }
}

/** In a transaction of its own on the history as it is by then: a change that comes in between is not undone. */
async function putRight(stores: Stores, calendar: WorkingCalendar, caseNumber: string): Promise<void> {
  await stores.transaction(async (session) => {
    const history = await stores.events.of(caseNumber, session);
    await stores.cases.put(storedCase(history, calendar), session);
  });
}

async function orphans(stores: Stores, checkOnly: boolean): Promise<ViewDifference[]> {
  const found: ViewDifference[] = [];
  for await (const numbers of stores.cases.numbers()) {
    const histories = await stores.events.ofMany(numbers);
    for (const caseNumber of numbers) {
      if ((histories.get(caseNumber) ?? []).length > 0) continue;
      found.push({ caseNumber, kind: 'ORPHAN', fields: [] });
      if (!checkOnly) await stores.transaction(async (session) => stores.cases.remove(caseNumber, session));
    }
  }
  return found;
}
