export { refuse as refuseSaid, faultPayload as saidPayload } from '@zhitong/kit/commands';
