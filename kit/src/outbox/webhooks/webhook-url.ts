import { isIPv4 } from 'node:net';
import { OutboxError } from '../outbox-error.js';
import { isInnerHost, type AllowedHosts } from './receiver-guard.js';

const LONGEST_URL = 2048;

/**
 * Checks where events may be sent: https anywhere, http to this machine only unless `allowHttp`; no user name, password
 * or fragment, since the address is shown in lists; no host inside the city's own networks that is not allowed by name.
 * Where a name leads is judged when the connection is opened.
 * @returns the address in normal form.
 * @throws OutboxError INVALID
 */
export function checkWebhookUrl(
  text: string,
  { allowHttp, allowed }: { allowHttp: boolean; allowed: AllowedHosts },
): string {
  const refuse = (why: string): never => {
    throw new OutboxError('INVALID', `The webhook's url ${JSON.stringify(text.slice(0, 200))} cannot be used: ${why}.`);
  };
  if (text.length > LONGEST_URL) refuse(`it has ${text.length} characters, ${LONGEST_URL} are allowed`);
  if (!URL.canParse(text)) refuse('it is not an absolute URL');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    refuse(`its scheme is ${url.protocol.slice(0, -1)}, not https`);
  if (url.username !== '' || url.password !== '')
    refuse('it holds a user name or password; receivers recognise us by the signature');
  if (url.hash !== '') refuse('it holds a fragment');
  if (isInnerHost(url.hostname) && !allowed.includes(url))
    refuse('its host is no address of the public internet and not among the allowed hosts');
  if (url.protocol === 'http:' && !allowHttp && !isLoopback(url.hostname))
    refuse('plain http is allowed to this machine only');
  return url.href;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'));
}
