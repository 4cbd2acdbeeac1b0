/** The departments of the hub and the ports on which they listen unless the environment says otherwise. */
export const DEPARTMENT_PORTS: Readonly<Record<string, number>> = { enterprises: 4001, cases: 4002, policies: 4003, credit: 4004 };

/** Where a department's graph is found by default; it stands in the supergraph, and `<NAME>_URL` or `<NAME>_PORT` overrides it. */
export function defaultDepartmentUrl(name: string): string | undefined {
  const port = DEPARTMENT_PORTS[name];
  return port === undefined ? undefined : `http://127.0.0.1:${port}/graphql`;
}
