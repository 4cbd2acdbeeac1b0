import type { GraphQLFormattedError } from 'graphql';

export type Path = readonly (string | number)[];

/** Why a value is missing, in a department's words or in ours. */
export interface Fault {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
  /**
   * From the value that is missing to where the fault arose, by internal names: a null takes along what must not be
   * null.
   */
  readonly below: Path;
}

/**
 * Stands in what departments said for a value that is not null but missing: its department returned an error or did not
 * respond. The client gets an error at every place that shows it, and what another department makes of it is missing
 * for the same reason.
 */
export class Lost {
  readonly faults: Fault[];

  constructor(faults: readonly Fault[]) {
    this.faults = [...faults];
  }

  /** The same reason for another value. */
  elsewhere(): Lost {
    return new Lost(this.faults.map((fault) => ({ ...fault, below: [] })));
  }
}

/** On an object whose other fields, those that are not there, are missing: the reason. */
export const REST = Symbol('rest');

/** An object of what departments said. */
export type Held = Record<string, unknown> & { [REST]?: Lost };

export const isHeld = (value: unknown): value is Held =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Lost);

const DOWNSTREAM_SERVICE_ERROR = 'DOWNSTREAM_SERVICE_ERROR';

/** A department's error, with the department's name, and with the code DOWNSTREAM_SERVICE_ERROR when it gave none. */
export function toldFault({ message, extensions }: GraphQLFormattedError, department: string, below: Path = []): Fault {
  return {
    message: message === '' ? `Error while fetching subquery from service "${department}"` : message,
    extensions: { ...extensions, code: extensions?.['code'] || DOWNSTREAM_SERVICE_ERROR, serviceName: department },
    below,
  };
}

/** A department's breach of what it promised, found by the gateway. */
export function foundFault(message: string, department?: string): Fault {
  return {
    message,
    extensions: { code: 'INVALID_GRAPHQL', ...(department === undefined ? {} : { serviceName: department }) },
    below: [],
  };
}
