import type { ServerResponse } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';
import { errorIn, languageOf } from './reader-language.js';

/** Sends a value as JSON, beside the headers that are set already. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  sendText(response, status, { contentType: 'application/json; charset=utf-8', text: JSON.stringify(value) });
}

/** Sends an answer of nothing but errors, in the language that the caller reads. */
export function sendErrors(
  response: ServerResponse,
  status: number,
  { errors }: { readonly errors: readonly GraphQLFormattedError[] },
): void {
  const language = languageOf(response.req.headers);
  sendJson(response, status, { errors: errors.map((error) => errorIn(language, error)) });
}

/** Sends a text in one piece. */
export function sendText(
  response: ServerResponse,
  status: number,
  { contentType, text }: { contentType: string; text: string },
): void {
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(text) }).end(text);
}
