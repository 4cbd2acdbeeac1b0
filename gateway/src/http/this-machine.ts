import type { Request } from 'express';

/**
 * The address and the name asked for are this machine's, and no proxy stands between: a page elsewhere cannot borrow
 * what is given to this machine alone.
 */
export function isFromThisMachine(request: Request): boolean {
  const address = request.socket.remoteAddress ?? '';
  const isLoopback = address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
  return (
    isLoopback &&
    ['localhost', '127.0.0.1', '[::1]'].includes(request.hostname) &&
    request.get('x-forwarded-for') === undefined &&
    request.get('forwarded') === undefined
  );
}
