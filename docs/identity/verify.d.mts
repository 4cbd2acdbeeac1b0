/** The types of `verify.mjs`, for the test that runs it. */
export function verifyAssertion(request: {
  token: string;
  body: Uint8Array;
  keySet: object;
  department: string;
  now: number;
}): unknown;
