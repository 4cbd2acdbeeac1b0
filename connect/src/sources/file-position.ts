import { SourceRefused, type Position } from '../source-record.js';

/**
 * Requires that a position is one of these contents.
 * @throws SourceRefused when the file has changed since
 */
export function requirePosition(after: Position, digest: string): void {
  if (after['digest'] !== digest) throw new SourceRefused('FILE_CHANGED');
}

/**
 * A whole number of a position.
 * @throws SourceRefused for a position of another kind of source
 */
export function fileIndexOf(after: Position, name: string): number {
  const value = after[name];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new SourceRefused('OTHER_POSITION', { name });
}
