import { COORDINATION_COMMANDS } from './coordination-commands.js';
import { DESK_COMMANDS } from './desk-commands.js';
import { ENTERPRISE_COMMANDS } from './enterprise-commands.js';
import { HANDLING_COMMANDS } from './handling-commands.js';
import type { MoveCommands } from './move-command.js';
import { SHARING_COMMANDS } from './sharing-commands.js';

/** The command of each move that a page offers. */
export const CASE_COMMANDS: MoveCommands = {
  ...ENTERPRISE_COMMANDS,
  ...DESK_COMMANDS,
  ...HANDLING_COMMANDS,
  ...COORDINATION_COMMANDS,
  ...SHARING_COMMANDS,
};
