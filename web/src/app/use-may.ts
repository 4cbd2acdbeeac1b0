import { ROLES_OF } from '../generated/roles.js';
import { useSession } from './session.js';

/**
 * Whether the graph lets the reader's role give a command, or ask a question, as its schema says; what this very person
 * may do with a thing are the thing's `legalMoves`.
 */
export function useMay(root: keyof typeof ROLES_OF): boolean {
  const role = useSession().session?.role;
  return ROLES_OF[root].some((one) => one === role);
}
