/**
 * A command that could not do what it was asked, for a reason that its user can act on. Printed as one line; exit code
 * 1.
 */
export class CommandFailed extends Error {}
