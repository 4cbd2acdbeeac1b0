import { casesUnderTest, people, type CasesUnderTest } from './cases-under-test.js';
import { aSubmission, mutate, type Outcome } from './mutations.js';

type Actor = Parameters<CasesUnderTest['ask']>[2];

/** Moves of a case that must be done, and what is stored of them. @param cases the department, once it is open. */
export function caseMoves(cases: () => CasesUnderTest) {
  return {
    /** Runs a mutation on the case as it stands. */
    done: async (
      name: string,
      at: Outcome['case'],
      input: Record<string, unknown>,
      actor: Actor,
      fields = '',
    ): Promise<NonNullable<Outcome['case']>> => {
      const { outcome, message } = await mutate(
        cases(),
        name,
        { caseNumber: at?.caseNumber, expectedVersion: at?.version, ...input },
        actor ?? null,
        fields,
      );
      if (!outcome?.case) throw new Error(`${name} was not done: ${message ?? outcome?.refusal?.message ?? 'nothing'}`);
      return outcome.case;
    },
    submitted: async (
      part: Record<string, unknown> = {},
      actor: Actor = people.owner,
    ): Promise<NonNullable<Outcome['case']>> => {
      const { outcome, message } = await mutate(cases(), 'submitCase', aSubmission(part), actor ?? null);
      if (!outcome?.case) throw new Error(message ?? outcome?.refusal?.message);
      return outcome.case;
    },
    outboxTypes: async (): Promise<string[]> =>
      (await cases().connection.collection('outbox').find().sort({ _id: 1 }).toArray()).map(
        (entry) => (entry['event'] as { type: string }).type,
      ),
  };
}

/**
 * The department for a file of tests of which each begins on Monday, 2 March 2026, without a case, with the moves that
 * tests make. Opened before the first and closed after the last.
 */
export function eachFromTheBeginning(file: string): ReturnType<typeof caseMoves> & { readonly cases: CasesUnderTest } {
  let cases: CasesUnderTest;
  beforeAll(async () => void (cases = await casesUnderTest(file)));
  beforeEach(async () => {
    await cases.empty();
    cases.at('2026-03-02');
  });
  afterAll(async () => cases.close());
  return {
    get cases() {
      return cases;
    },
    ...caseMoves(() => cases),
  };
}
