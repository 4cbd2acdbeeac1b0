export { askGraph, graphAnswer, GraphUnreachable } from './ask-graph.js';
export { serviceToken, type ServiceIdentity, type ServiceToken } from './service-token.js';
