import type { UserManager } from 'oidc-client-ts';
import { sessionOf, signIn } from './session.js';

/** Where users sign in by OpenID Connect, as the gateway names it. */
export interface Provider {
  readonly authority: string;
  readonly clientId: string;
  readonly scope: string;
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

/** Leads to the provider: authorization code with PKCE. The address to come back to is kept. */
export async function beginSignIn(provider: Provider): Promise<void> {
  await (await manager(provider)).signinRedirect({ state: location.pathname + location.search });
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
