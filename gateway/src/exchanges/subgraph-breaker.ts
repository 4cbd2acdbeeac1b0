import { circuitBreaker, CircuitState, ConsecutiveBreaker, handleType, type CircuitBreakerPolicy } from 'cockatiel';

/** After this many silences in a row a department is left alone. */
const SILENCES_TO_OPEN = 5;

/** An exchange failed, and the department did not respond to a query of its type name either. */
export class DepartmentSilent extends Error {
  constructor(reason: string, cause?: unknown) {
    super(reason, { cause });
    this.name = 'DepartmentSilent';
  }
}

export interface BreakerOptions {
  /** A department that was left alone is probed again after this time. */
  readonly pauseMs: number;
  /**
   * True for a failure that says something about the question only: nobody needs to look whether the department is
   * well.
   */
  readonly isOfTheQuestion: (error: unknown) => boolean;
}

/**
 * Decides when a department is left alone, so that its absence costs nothing.
 *
 * What one caller can provoke is no evidence against a department: a heavy operation runs into the deadline, a large
 * body or answer is refused, an odd operation breaks a connection, while everybody else is served. So a failed exchange
 * only raises the question, and a probe (`{ __typename }` over a connection of its own, with a short limit) decides it.
 * One probe counts once, however many exchanges failed while it ran. Five silences in a row, without any response
 * between them, open the breaker; it closes by a probe and never at the cost of a caller's operation.
 */
export class DepartmentBreaker {
  readonly #policy: CircuitBreakerPolicy;
  readonly #isOfTheQuestion: BreakerOptions['isOfTheQuestion'];
  #probing: Promise<boolean> | undefined;

  constructor({ pauseMs, isOfTheQuestion }: BreakerOptions) {
    this.#isOfTheQuestion = isOfTheQuestion;
    this.#policy = circuitBreaker(handleType(DepartmentSilent), {
      halfOpenAfter: pauseMs,
      breaker: new ConsecutiveBreaker(SILENCES_TO_OPEN),
    });
  }

  /**
   * Runs an exchange, unless the department is being left alone.
   * @param probe true when the department responds at all; never throws.
   * @throws what the exchange threw, DepartmentSilent in its place when the probe failed too, BrokenCircuitError when
   *   not asked.
   */
  async run<Result>(exchange: () => Promise<Result>, probe: () => Promise<boolean>): Promise<Result> {
    if (this.#policy.state !== CircuitState.Closed) {
      await this.#policy.execute(async () => {
        if (!(await probe())) throw new DepartmentSilent('it is still silent');
      });
    }
    return this.#policy.execute(async () => {
      try {
        return await exchange();
      } catch (error) {
        if (this.#isOfTheQuestion(error) || !(await this.#isFirstToFindSilence(probe))) throw error;
        throw new DepartmentSilent(
          `${error instanceof Error ? error.message : String(error)}; nor does it answer a probe`,
          error,
        );
      }
    });
  }

  /** Several failures at one moment are one silence: only whoever began the probe reports it. */
  async #isFirstToFindSilence(probe: () => Promise<boolean>): Promise<boolean> {
    if (this.#probing !== undefined) {
      await this.#probing;
      return false;
    }
    this.#probing = probe();
    const isAnswering = await this.#probing;
    this.#probing = undefined;
    return !isAnswering;
  }
}
