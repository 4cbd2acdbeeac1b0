import { z } from 'zod';
import { OutboxError } from './outbox-error.js';

/** JSON as it travels. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** An event in CloudEvents 1.0 JSON form, with the `sequence` extension once its place is fixed. */
export interface CloudEvent {
  readonly specversion: '1.0';
  /** ULID. Unique for the source; the same on every delivery. */
  readonly id: string;
  /** `urn:zhitong:<subgraph>` */
  readonly source: string;
  /** Reverse-DNS name such as `cn.example.thing.changed`. */
  readonly type: string;
  /** Key of the thing that changed. Events of one subject arrive in order. */
  readonly subject: string;
  /** RFC 3339, when it happened. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: Json;
  /**
   * Place among all events of the source, of one that is sent to a webhook among those that it is sent; 20 digits, so
   * that it sorts as text (CloudEvents extension "sequence").
   */
  readonly sequence?: string;
}

/** What a department hands over; the outbox adds the rest. `data` is anything that JSON can hold. */
export interface NewEvent {
  readonly type: string;
  readonly subject: string;
  readonly data: unknown;
  /** When it happened; the moment of the append when absent. */
  readonly time?: Date;
}

/** True of a stored event with the names by which it is ordered and sent; one that somebody damaged may have none. */
export const hasNames = (event: unknown): event is CloudEvent =>
  typeof event === 'object' &&
  event !== null &&
  ['id', 'type', 'subject'].every((name) => typeof Reflect.get(event, name) === 'string');

const SEQUENCE_DIGITS = 20;
const LONGEST_NAME = 256;
/** BSON holds 100, and the event stands in records of its own. */
const MOST_LEVELS = 90;

/** The `sequence` attribute for a place in the order: fixed width, so that text order is number order. */
export const sequenceText = (sequence: number): string => String(sequence).padStart(SEQUENCE_DIGITS, '0');

export const eventTypeSchema = z
  .string()
  .max(LONGEST_NAME)
  .regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)+$/i, 'must be a reverse-DNS name such as cn.example.thing.changed');

// Subjects travel in logs and indexes, so control characters have no business there.
const subjectSchema = z
  .string()
  .min(1, 'must not be empty')
  .max(LONGEST_NAME)
  .regex(/^\P{Cc}*$/u, 'must hold no control character');

export const sourceSchema = z
  .string()
  .regex(/^urn:[a-z0-9][a-z0-9-]{0,31}:[\w.:-]+$/i, 'must be a URN such as urn:zhitong:registry');

const newEventSchema = z.object({
  type: eventTypeSchema,
  subject: subjectSchema,
  time: z.date().optional(),
  data: z.unknown(),
});

// CloudEvents 1.0.2, section 3: required attributes; unknown extensions are allowed and not read.
const receivedSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(LONGEST_NAME),
  source: z.string().min(1).max(LONGEST_NAME),
  type: z.string().min(1).max(LONGEST_NAME),
  subject: subjectSchema,
  time: z.iso.datetime({ offset: true }),
  datacontenttype: z.literal('application/json').default('application/json'),
  data: z.custom<Json>((value) => value !== undefined, 'is missing'), // Whatever JSON.parse gave is JSON.
  sequence: z.string().min(1).max(LONGEST_NAME).optional(),
});

/**
 * Completes a department's event.
 * @throws OutboxError INVALID when a name is malformed, the data is not JSON, or the event is longer than `maxBytes`
 *   (UTF-8).
 */
export function completeEvent({
  event,
  id,
  source,
  now,
  maxBytes,
}: {
  event: NewEvent;
  id: string;
  source: string;
  now: Date;
  maxBytes: number;
}): CloudEvent {
  const parsed = newEventSchema.safeParse(event);
  if (!parsed.success)
    throw new OutboxError('INVALID', `The event cannot be appended: ${describeIssues(parsed.error)}.`);
  const { type, subject } = parsed.data;
  const complete: CloudEvent = {
    specversion: '1.0',
    id,
    source,
    type,
    subject,
    time: (parsed.data.time ?? now).toISOString(),
    datacontenttype: 'application/json',
    data: jsonCopy(event, `${type} of ${subject}`),
  };
  const bytes = Buffer.byteLength(JSON.stringify(complete));
  if (bytes > maxBytes)
    throw new OutboxError('INVALID', `The event ${type} of ${subject} has ${bytes} bytes; ${maxBytes} are allowed.`);
  return complete;
}

/**
 * Reads a received CloudEvent.
 * @throws OutboxError INVALID naming each attribute that is missing or malformed.
 */
export function parseCloudEvent(body: string): CloudEvent {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new OutboxError('INVALID', 'The body is not JSON.');
  }
  const parsed = receivedSchema.safeParse(json);
  if (!parsed.success)
    throw new OutboxError('INVALID', `The body is not a CloudEvent 1.0: ${describeIssues(parsed.error)}.`);
  return parsed.data;
}

function describeIssues(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'event'}: ${issue.message}`).join('; ');
}

/** What is signed and sent must be what was appended: dates and the like become their JSON form here, once. */
function jsonCopy({ data }: NewEvent, name: string): Json {
  const stringify: (value: unknown) => string | undefined = JSON.stringify; // Undefined for undefined and for functions.
  let text: string | undefined;
  try {
    text = stringify(data);
  } catch (error) {
    throw new OutboxError(
      'INVALID',
      `The data of the event ${name} is not JSON: ${error instanceof Error ? error.message : 'unknown'}.`,
    );
  }
  if (text === undefined)
    throw new OutboxError('INVALID', `The event ${name} has no data; use null where there is none.`);
  const copy = JSON.parse(text) as Json; // JSON.parse yields nothing else.
  if (isDeeperThan(MOST_LEVELS, copy))
    throw new OutboxError('INVALID', `The data of the event ${name} is nested deeper than ${MOST_LEVELS} levels.`);
  return copy;
}

function isDeeperThan(levels: number, data: Json): boolean {
  let level: unknown[] = [data];
  for (let depth = 0; depth <= levels && level.length > 0; depth += 1) {
    level = level.flatMap((value): unknown[] =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  return level.length > 0;
}
