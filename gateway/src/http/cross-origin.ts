import cors from 'cors';
import type { GatewayConfig } from '../config.js';

/** A browser asks again after this time whether a page may call the graph. */
const PREFLIGHT_SECONDS = 600;
/** A front end's own server on a developer's machine; the graph takes tokens and no cookies. */
const PAGES_OF_THIS_MACHINE = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

/**
 * Lets pages of other origins call the graph: of those that are configured, else in development those of this machine.
 * Undefined where there are none.
 */
export function crossOriginOf({
  corsOrigins,
  mode,
}: Pick<GatewayConfig, 'corsOrigins' | 'mode'>): ReturnType<typeof cors> | undefined {
  const isOpen = corsOrigins.length === 0 && mode === 'development';
  const origins = isOpen ? [PAGES_OF_THIS_MACHINE] : [...corsOrigins];
  if (origins.length === 0) return undefined;
  return cors({
    origin: corsOrigins.includes('*') ? '*' : origins,
    methods: ['GET', 'POST'],
    exposedHeaders: ['x-request-id', 'retry-after'],
    maxAge: PREFLIGHT_SECONDS,
  });
}
