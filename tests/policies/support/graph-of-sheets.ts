import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { usccOf } from './policies-under-test.js';

interface Sheet {
  readonly asOf: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly dates: Readonly<Record<string, string>>;
}

/** A graph over HTTP that tells the sheets of a register, each under the version that the test gives it. */
export interface GraphOfSheets {
  readonly url: string;
  /** How many enterprises each query asked for. */
  readonly asked: number[];
  put(number: number, told: { readonly version: string; readonly sheet: Sheet }): void;
  /** Answers as a gateway does whose register is down. */
  down: boolean;
  close(): Promise<void>;
}

export async function graphOfSheets(): Promise<GraphOfSheets> {
  const sheets = new Map<string, { uscc: string; factsVersion: string; facts: Sheet }>();
  const state = { down: false, asked: [] as number[] };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      const { usccs } = (JSON.parse(body) as { variables: { usccs: string[] } }).variables;
      state.asked.push(usccs.length);
      const answer = state.down
        ? { data: { enterprises: null }, errors: [{ message: 'The department "enterprises" does not answer.' }] }
        : { data: { enterprises: { nodes: usccs.flatMap((uscc) => sheets.get(uscc) ?? []) } } };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/graphql`,
    put: (number: number, { version, sheet }: { version: string; sheet: Sheet }) =>
      void sheets.set(usccOf(number), { uscc: usccOf(number), factsVersion: version, facts: sheet }),
    close: async () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}
