import { useSyncExternalStore } from 'react';

/** The roles of the graph's contract that have pages here. */
export const ROLES = ['ENTERPRISE', 'OFFICER', 'COORDINATOR', 'AUDITOR', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/** Who works at this window. Each window has a user of its own. */
export interface Session {
  readonly token: string;
  readonly sub: string;
  readonly role: Role;
  readonly uscc: string | undefined;
  readonly department: string | undefined;
  /** The name to greet with, as the graph or the sign-in gave it. */
  readonly name: string;
}

interface State {
  readonly session: Session | undefined;
  /** The graph no longer takes the token; the page stays, so that nothing written in it is lost. */
  readonly hasExpired: boolean;
}

const KEY = 'zhitong.session';
const listeners = new Set<() => void>();
let state: State = { session: stored(), hasExpired: false };

function stored(): Session | undefined {
  const text = sessionStorage.getItem(KEY);
  return text === null ? undefined : (JSON.parse(text) as Session);
}

function become(next: State): void {
  state = next;
  for (const listener of listeners) listener();
}

const isRole = (value: unknown): value is Role => ROLES.some((role) => role === value);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/**
 * The session that a token stands for. Its claims are read for what to show; whether it is good the graph decides.
 * @throws Error when it names no role that has pages.
 */
export function sessionOf(token: string, name: string): Session {
  const [, payload = ''] = token.split('.');
  const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
  const claims = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  const role = Array.isArray(claims['roles']) ? claims['roles'].find(isRole) : undefined;
  if (role === undefined) throw new Error('The token names no role that has pages.');
  return {
    token,
    sub: textOf(claims['sub']) ?? '',
    role,
    uscc: textOf(claims['uscc']),
    department: textOf(claims['department']),
    name,
  };
}

export const currentSession = (): Session | undefined => state.session;

export function signIn(session: Session): void {
  sessionStorage.setItem(KEY, JSON.stringify(session));
  become({ session, hasExpired: false });
}

export function signOut(): void {
  sessionStorage.removeItem(KEY);
  become({ session: undefined, hasExpired: false });
}

/** Says that the graph did not take the token. */
export function sessionExpired(): void {
  if (!state.hasExpired) become({ ...state, hasExpired: true });
}

/** Leaves the sign-in for later: the page can be read on, and what the graph refuses next asks for it again. */
export function signInLater(): void {
  become({ ...state, hasExpired: false });
}

/** The session of this window, for components. */
export function useSession(): State {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}
