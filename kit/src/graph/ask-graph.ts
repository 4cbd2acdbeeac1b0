import { z } from 'zod';
import { PURPOSE_HEADER } from '../identity/stated-purpose.js';
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
  /** What personal data is asked for, which is recorded. */
  readonly purpose?: string;
}

const unreachable = (url: string, why: string): GraphUnreachable =>
  new GraphUnreachable(`The graph at ${url} cannot be read: ${why}`);

const UNAUTHORIZED = 401;

/**
 * Sends one query and returns the body of the response as it came, for callers that read partial responses themselves.
 * When the graph does not accept the token, the query is sent once more with another one, where there is another one.
 * @throws GraphUnreachable when there is no JSON in time, or no token
 */
export async function graphAnswer({
  url,
  token,
  query,
  variables = {},
  timeoutMs,
  purpose,
}: GraphQuestion): Promise<unknown> {
  const body = JSON.stringify({ query, variables });
  const signal = AbortSignal.timeout(timeoutMs);
  const ask = (bearer: string): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${bearer}`,
        ...(purpose === undefined ? {} : { [PURPOSE_HEADER]: encodeURIComponent(purpose) }),
      },
      body,
      signal,
    });
  try {
    const first = await token();
    const response = await ask(first);
    if (response.status !== UNAUTHORIZED) return await response.json();
    const other = await token(first);
    if (other === first) return await response.json();
    await response.body?.cancel();
    return await (await ask(other)).json();
  } catch (error) {
    throw unreachable(url, error instanceof Error ? error.message : String(error));
  }
}

const answerSchema = z.object({ data: z.unknown(), errors: z.array(z.object({ message: z.string() })).optional() });

/**
 * Asks the graph one query and checks the form of the response. A response with errors counts as none.
 * @param shape form that `data` must have.
 * @throws GraphUnreachable when there is no response in time, no token, an error in the response, or another form
 */
export async function askGraph<Shape extends z.ZodType>({
  shape,
  ...question
}: GraphQuestion & { readonly shape: Shape }): Promise<z.infer<Shape>> {
  const { url } = question;
  const answer = answerSchema.safeParse(await graphAnswer(question));
  if (!answer.success) throw unreachable(url, 'it gave no GraphQL answer');
  const { data, errors = [] } = answer.data;
  if (errors.length > 0) throw unreachable(url, errors.map(({ message }) => message).join('; '));
  const read = shape.safeParse(data);
  if (!read.success)
    throw unreachable(
      url,
      `its answer has another form: ${read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}`,
    );
  return read.data;
}
