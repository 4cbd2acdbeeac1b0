/** What an officer can do with an objection to a grant. */
export type GrantObjectionMove = 'DECIDE';

/** Nobody decides on an objection of his or her own. */
export const isOwnObjection = ({ raisedBy }: { readonly raisedBy: string }, sub: string): boolean => raisedBy === sub;

/**
 * What a person can do with an objection.
 * @param mayDecide whether the person decides for the grant's department
 */
export const objectionMoves = (
  objection: { readonly state: string; readonly raisedBy: string },
  { sub, mayDecide }: { readonly sub: string; readonly mayDecide: boolean },
): GrantObjectionMove[] =>
  mayDecide && objection.state === 'OPEN' && !isOwnObjection(objection, sub) ? ['DECIDE'] : [];

/** What the department to which a pledge was given can do with it: check it, once. */
export const applicationPledgeMoves = (
  { state }: { readonly state: string },
  { mayCheck }: { readonly mayCheck: boolean },
): 'CHECK'[] => (mayCheck && state === 'SIGNED' ? ['CHECK'] : []);
