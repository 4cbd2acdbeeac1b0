import { z } from 'zod';
import type { ServiceToken } from './service-token.js';

/** The graph could not be read; the message says why. */
export class GraphUnreachable extends Error {
  override readonly name = 'GraphUnreachable';
}

const answerSchema = z.object({ data: z.unknown(), errors: z.array(z.object({ message: z.string() })).optional() });

/**
 * Asks the graph one query and checks the answer's form. An answer with errors counts as none: whoever needs partial
 * answers reads them by itself.
 * @param shape form that `data` must have.
 * @throws GraphUnreachable when there is no answer in time, no token, an error in the answer, or another form
 */
export async function askGraph<Shape extends z.ZodType>({ url, token, query, variables = {}, shape, timeoutMs }: {
  url: string;
  token: ServiceToken;
  query: string;
  variables?: Readonly<Record<string, unknown>>;
  shape: Shape;
  timeoutMs: number;
}): Promise<z.infer<Shape>> {
  const fail = (why: string): GraphUnreachable => new GraphUnreachable(`The graph at ${url} cannot be read: ${why}`);
  let body: unknown;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await token()}` },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    body = await response.json();
  } catch (error) {
    throw fail(error instanceof Error ? error.message : String(error));
  }
  const answer = answerSchema.safeParse(body);
  if (!answer.success) throw fail('it gave no GraphQL answer');
  const { data, errors = [] } = answer.data;
  if (errors.length > 0) throw fail(errors.map(({ message }) => message).join('; '));
  const read = shape.safeParse(data);
  if (!read.success) throw fail(`its answer has another form: ${read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}`);
  return read.data;
}
