import { COORDINATION_COMMANDS } from './coordination-commands.js';
import { ENTERPRISE_COMMANDS } from './enterprise-commands.js';
import { HANDLING_COMMANDS } from './handling-commands.js';
import type { MoveCommands } from './move-command.js';

/** The command of each move that a page offers. */
export const CASE_COMMANDS: MoveCommands = { ...ENTERPRISE_COMMANDS, ...HANDLING_COMMANDS, ...COORDINATION_COMMANDS };
