import type { UserManager } from 'oidc-client-ts';
import { sessionOf, signIn } from './session.js';

/** Where users sign in by OpenID Connect, as the gateway names it. */
export interface Provider {
  readonly authority: string;
  readonly clientId: string;
  readonly scope: string;
}

/** How this gateway lets users sign in; see its `web-app.ts`. */
export interface SignInWays {
  readonly development: { readonly uscc: string | null } | null;
  readonly provider: Provider | null;
}

/** Asks the gateway how users sign in. @throws Error when it does not answer. */
export async function signInWays(): Promise<SignInWays> {
  const response = await fetch('/app/session.json');
  return (await response.json()) as SignInWays;
}

/** The library is loaded where there is a provider only. */
async function manager({ authority, clientId, scope }: Provider): Promise<UserManager> {
  const { UserManager: Manager, WebStorageStateStore } = await import('oidc-client-ts');
  return new Manager({
    authority,
    client_id: clientId,
    redirect_uri: `${location.origin}/`,
    scope,
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
    automaticSilentRenew: false,
  });
}

/** Marks the way back of a sign-in that happens in a window of its own. */
const ELSEWHERE = 'again';

/** Leads to the provider: authorization code with PKCE. The address to come back to is kept. */
export async function beginSignIn(provider: Provider): Promise<void> {
  await (await manager(provider)).signinRedirect({ state: location.pathname + location.search });
}

/**
 * Signs in again in a window of its own, so that the page and what is written in it stay.
 * @throws Error when the provider refused it, when the window was closed, or when the token is for no role with pages.
 */
export async function signInAgain(provider: Provider): Promise<void> {
  const user = await (await manager(provider)).signinPopup({ url_state: ELSEWHERE });
  signIn(sessionOf(user.access_token, user.profile.name ?? user.profile.sub));
}

/**
 * Ends the sign-in when this is the way back from the provider; false when it is not.
 * @throws Error when the provider refused it, or when its token is for no role that has pages.
 */
export async function endSignIn(provider: Provider): Promise<boolean> {
  const query = new URLSearchParams(location.search);
  if (!query.has('state') || !(query.has('code') || query.has('error'))) return false;
  const user = await (await manager(provider)).signinRedirectCallback();
  signIn(sessionOf(user.access_token, user.profile.name ?? user.profile.sub));
  location.replace(typeof user.state === 'string' ? user.state : '/');
  return true;
}

/**
 * In the window of `signInAgain`: hands the provider's answer to the window that opened it, which closes this one.
 * False in any other window.
 */
export async function handBackSignIn(): Promise<boolean> {
  const state = new URLSearchParams(location.search).get('state');
  if (state?.endsWith(`;${ELSEWHERE}`) !== true || window.opener === null) return false;
  const { provider } = await signInWays();
  if (provider === null) return false;
  await (await manager(provider)).signinPopupCallback();
  return true;
}
