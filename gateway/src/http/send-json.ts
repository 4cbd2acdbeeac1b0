import type { ServerResponse } from 'node:http';

/** Sends a value as JSON, beside the headers that are set already. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  sendText(response, status, { contentType: 'application/json; charset=utf-8', text: JSON.stringify(value) });
}

/** Sends a text in one piece. */
export function sendText(
  response: ServerResponse,
  status: number,
  { contentType, text }: { contentType: string; text: string },
): void {
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(text) }).end(text);
}
