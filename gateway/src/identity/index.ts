/** How bearer tokens are verified, for whatever stands beside the gateway and trusts the same issuer. */
export { gatewayConfig, type TokenAuthority } from '../config.js';
export { tokenVerifier, type TokenVerifier } from './token-verifier.js';
