import type { Clock } from '@zhitong/kit';
import type { CommandRunner } from '@zhitong/kit/commands';
import type { Outbox } from '@zhitong/kit/outbox';
import type { Stores } from '../stores.js';

/** What the department's commands work with: one transaction each, its events, the time. */
export interface CommandTools {
  readonly runner: CommandRunner;
  readonly stores: Stores;
  readonly outbox: Outbox;
  readonly clock: Clock;
}
