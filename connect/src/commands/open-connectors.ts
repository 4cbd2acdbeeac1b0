import type { Clock, Logger } from '@zhitong/kit';
import type { Outbox } from '@zhitong/kit/outbox';
import type { Connection } from 'mongoose';
import type { Target } from '../target.js';

/** A department as the commands of its connectors need it. */
export interface OpenConnectors {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly outbox: Pick<Outbox, 'append'>;
  readonly targets: () => Promise<readonly Target[]>;
}

/** Opens the department, does the work and closes again. */
export type WithConnectors = (work: (connectors: OpenConnectors) => Promise<void>) => Promise<void>;
