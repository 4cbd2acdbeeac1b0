import { dayInShanghai, type Clock, type RequestContext } from '@zhitong/kit';
import type { WorkingCalendar } from './domain/calendar.js';
import type { LegalDay } from './domain/legal-day.js';
import { createLoaders, type Loaders } from './loaders.js';
import type { Stores } from './stores.js';

/** What the department's resolvers reach. */
export interface Context extends RequestContext {
  readonly clock: Clock;
  /** The day on which the request is answered, Asia/Shanghai; one request sees one day. */
  readonly today: LegalDay;
  readonly calendar: WorkingCalendar;
  readonly stores: Stores;
  readonly loaders: Loaders;
}

/** Makes the context of one request. */
export function contextFactory({ stores, calendar, clock }: { stores: Stores; calendar: WorkingCalendar; clock: Clock }): (request: RequestContext) => Context {
  return (request) => {
    const today = dayInShanghai(clock.now());
    return { ...request, clock, today, calendar, stores, loaders: createLoaders(stores, () => today) };
  };
}
