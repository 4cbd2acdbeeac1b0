import { askGraph, GraphUnreachable, type ServiceToken } from '@zhitong/kit/graph';
import { z } from 'zod';

const DEPARTMENT = 'query PoliciesKnownDepartment($code: ID!) { department(code: $code) { code } }';
const shape = z.object({ department: z.object({ code: z.string() }).nullable() });
/** Somebody waits for the answer. */
const TIMEOUT_MS = 5_000;

/** Whether the city has a department, as the graph says now; undefined when it cannot be asked. Purposes are stated seldom, so nothing is kept. */
export function departmentsInGraph({ url, token }: { url: string; token: ServiceToken }): (code: string) => Promise<boolean | undefined> {
  return async (code) => {
    try {
      return (await askGraph({ url, token, query: DEPARTMENT, variables: { code }, shape, timeoutMs: TIMEOUT_MS })).department !== null;
    } catch (error) {
      if (error instanceof GraphUnreachable) return undefined;
      throw error;
    }
  };
}
