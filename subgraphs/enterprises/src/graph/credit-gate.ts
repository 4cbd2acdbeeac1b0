import { askGraph, GraphUnreachable, type ServiceToken } from '@zhitong/kit/graph';
import { z } from 'zod';
import type { ApplicantCredit } from '../domain/projects/pledge-gate.js';

/** What is asked about an applicant. */
export interface CreditQuestion {
  readonly uscc: string;
  /** Code of the department that decides. */
  readonly department: string;
  /** Number of a signed pledge; null where none is named. */
  readonly pledge: string | null;
}

/** Whether applicants may be granted something on a pledge today. */
export interface CreditGate {
  /** @throws GraphUnreachable when the credit department does not answer */
  approval(question: CreditQuestion): Promise<ApplicantCredit>;
}

/** A grant waits for it; so long and no longer. */
const TIMEOUT_MS = 5_000;
/** What it is asked. */
export const CREDIT_GATE_QUERY =
  'query CommitmentApproval($uscc: ID!, $department: ID!, $pledge: ID) { enterprise(uscc: $uscc) { commitmentApproval(department: $department, pledge: $pledge) { bars { kind number keptBy { code } until } pledge { state } } } }';

/** What stops when it is gone from the graph, as the schema registry is told. */
export const CREDIT_GATE_NEEDS: readonly { readonly coordinate: string; readonly name: string }[] = [
  'Query.enterprise',
  'Query.enterprise(uscc:)',
  'Enterprise.commitmentApproval',
  'Enterprise.commitmentApproval(department:)',
  'Enterprise.commitmentApproval(pledge:)',
  'CommitmentApproval.bars',
  'CommitmentApproval.pledge',
  'PledgeBar.kind',
  'PledgeBar.number',
  'PledgeBar.keptBy',
  'PledgeBar.until',
  'Department.code',
  'Pledge.state',
].map((coordinate) => ({ coordinate, name: 'approvals on a pledge' }));

const shape = z.object({
  enterprise: z
    .object({
      commitmentApproval: z
        .object({
          bars: z.array(
            z.object({
              kind: z.string(),
              number: z.string().nullish(),
              keptBy: z.object({ code: z.string() }),
              until: z.string().nullish(),
            }),
          ),
          pledge: z.object({ state: z.string() }).nullish(),
        })
        .nullish(),
    })
    .nullish(),
});

/** The credit department as the graph serves it, under this department's own identity. */
export function graphCreditGate({ url, token }: { url: string; token: ServiceToken }): CreditGate {
  return {
    approval: async ({ uscc, department, pledge }) => {
      const { enterprise } = await askGraph({
        url,
        token,
        query: CREDIT_GATE_QUERY,
        variables: { uscc, department, pledge },
        shape,
        timeoutMs: TIMEOUT_MS,
      });
      const told = enterprise?.commitmentApproval;
      // Null without an error: nothing is known, which is not the same as nothing against it.
      if (!told) throw new GraphUnreachable(`The graph at ${url} tells nothing of the credit of ${uscc}`);
      return {
        bars: told.bars.map(({ kind, number, keptBy, until }) => ({
          kind,
          number: number ?? null,
          keptBy: keptBy.code,
          until: until ?? null,
        })),
        pledgeState: told.pledge?.state ?? null,
      };
    },
  };
}

/** For a process without a graph: it knows nothing of anybody's credit, so nothing is granted on a pledge. */
export const NO_CREDIT_GATE: CreditGate = {
  approval: async () => Promise.reject(new GraphUnreachable('This process reads no graph')),
};
