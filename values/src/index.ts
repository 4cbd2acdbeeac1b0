export { isIdentityNumber } from './identity-number.js';
export { normalText } from './normal-text.js';
export { normalReference } from './payment-reference.js';
export { checkUscc, organisationCheckCharacter, usccCheckCharacter, type UsccCheck, type UsccProblem, type UsccRemark } from './uscc.js';
