import type { CommandBase } from '@zhitong/kit/commands';

/** What every command of the department carries: who commands what, and the moment at which it is decided. */
export interface DatedCommand extends CommandBase {
  readonly now: Date;
}
