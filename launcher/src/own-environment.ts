/** What the gateway needs of a department's variables: where it is asked. The rest is the department's own business. */
const ADDRESS = ['URL', 'PORT', 'SOCKET'];
/** What only the gateway reads. Its private keys are named here, and no department gets their place. */
const GATEWAY_ONLY = /^(GATEWAY_|JWT_|REGISTRY_)/;

type Variables = Readonly<Record<string, string>>;

/**
 * A department's share of the hub's environment: its own variables and those of everybody. What belongs to another
 * department (database, event secrets, tokens) or to the gateway is left out, so that whoever runs one department can
 * speak for no other.
 */
export function departmentEnvironment(
  environment: Variables,
  name: string,
  names: readonly string[],
): Record<string, string> {
  const others = names.filter((other) => other !== name).map(prefixOf);
  return only(
    environment,
    (variable) => !GATEWAY_ONLY.test(variable) && !others.some((prefix) => variable.startsWith(prefix)),
  );
}

/** The gateway's share: everything but what departments keep to themselves. Its database is the schema registry's. */
export function gatewayEnvironment(environment: Variables, names: readonly string[]): Record<string, string> {
  const isAddress = (variable: string, prefix: string): boolean => ADDRESS.includes(variable.slice(prefix.length));
  return only(
    environment,
    (variable) =>
      variable !== 'MONGODB_URI' &&
      names.map(prefixOf).every((prefix) => !variable.startsWith(prefix) || isAddress(variable, prefix)),
  );
}

const prefixOf = (name: string): string => `${name.toUpperCase().replaceAll('-', '_')}_`;

function only(environment: Variables, isWanted: (variable: string) => boolean): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([variable]) => isWanted(variable)));
}
