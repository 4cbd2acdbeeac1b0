import { z } from 'zod';
import type { ServiceToken } from './service-token.js';

/** The graph could not be read; the message says why. */
export class GraphUnreachable extends Error {
  override readonly name = 'GraphUnreachable';
}

interface GraphQuestion {
  readonly url: string;
  readonly token: ServiceToken;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly timeoutMs: number;
}

const unreachable = (url: string, why: string): GraphUnreachable => new GraphUnreachable(`The graph at ${url} cannot be read: ${why}`);

/**
 * Sends one query and gives the body of the answer as it came, for whoever reads partial answers by itself.
 * @throws GraphUnreachable when there is no JSON in time, or no token
 */
export async function graphAnswer({ url, token, query, variables = {}, timeoutMs }: GraphQuestion): Promise<unknown> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await token()}` },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return await response.json();
  } catch (error) {
    throw unreachable(url, error instanceof Error ? error.message : String(error));
  }
}

const answerSchema = z.object({ data: z.unknown(), errors: z.array(z.object({ message: z.string() })).optional() });

/**
 * Asks the graph one query and checks the answer's form. An answer with errors counts as none.
 * @param shape form that `data` must have.
 * @throws GraphUnreachable when there is no answer in time, no token, an error in the answer, or another form
 */
export async function askGraph<Shape extends z.ZodType>({ shape, ...question }: GraphQuestion & { readonly shape: Shape }): Promise<z.infer<Shape>> {
  const { url } = question;
  const answer = answerSchema.safeParse(await graphAnswer(question));
  if (!answer.success) throw unreachable(url, 'it gave no GraphQL answer');
  const { data, errors = [] } = answer.data;
  if (errors.length > 0) throw unreachable(url, errors.map(({ message }) => message).join('; '));
  const read = shape.safeParse(data);
  if (!read.success) throw unreachable(url, `its answer has another form: ${read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}`);
  return read.data;
}
