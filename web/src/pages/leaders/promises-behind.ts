import type { To } from 'react-router';

/** A figure of promises that has a list behind it. */
export type PromisesFigure = 'promised' | 'kept' | 'unkept' | 'overdue' | 'late' | 'fallenDue';

/** Where the promises behind a figure are listed, as they stood on the day; of one district where it is named. */
export const promisesBehind =
  (asOf: string) =>
  (figure: PromisesFigure, district?: string): To => ({
    pathname: '/promises',
    search: new URLSearchParams({ figure, asOf, ...(district === undefined ? {} : { district }) }).toString(),
  });
