import { hash } from 'node:crypto';

/** Where a key stood first in a run, and what its row said. */
export interface FirstRow {
  /** Line, or the record's number where records have no lines. */
  readonly line: number;
  /** 32 bits of the row's content: equal ones count as the same row. */
  readonly content: number;
}

/** A key of a batch with its first row. */
export interface SeenKey extends FirstRow {
  readonly key: string;
}

/** 64 bits of the key, its line, 32 bits of its content. */
const WORDS = 4;
const BYTES = WORDS * 4;
const FIRST_SLOTS = 1 << 12;
/**
 * Keys that one generation holds: of 32 MB when it is full. Two are kept, so that memory stays flat whatever the size
 * of a source.
 */
const MOST_KEYS = 1_500_000;
const FULL = 0.75;

/** A table of keys by open addressing: fixed width, no objects, and so no work for the collector of garbage. */
class Generation {
  private slots = new Uint32Array(FIRST_SLOTS * WORDS);
  size = 0;

  find(high: number, low: number): FirstRow | undefined {
    const at = this.placeOf(high, low);
    const line = this.slots[at + 2] ?? 0;
    return line === 0 ? undefined : { line, content: this.slots[at + 3] ?? 0 };
  }

  add(high: number, low: number, { line, content }: FirstRow): void {
    if ((this.size + 1) * WORDS > this.slots.length * FULL) this.grow();
    const at = this.placeOf(high, low);
    if (this.slots[at + 2] !== 0) return;
    this.slots.set([high, low, line, content], at);
    this.size += 1;
  }

  private placeOf(high: number, low: number): number {
    const slots = this.slots.length / WORDS;
    let at = low % slots;
    while (this.slots[at * WORDS + 2] !== 0 && !(this.slots[at * WORDS] === high && this.slots[at * WORDS + 1] === low))
      at = (at + 1) % slots;
    return at * WORDS;
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Uint32Array(old.length * 2);
    for (let at = 0; at < old.length; at += WORDS)
      if (old[at + 2] !== 0) this.slots.set(old.subarray(at, at + WORDS), this.placeOf(old[at] ?? 0, old[at + 1] ?? 0));
  }
}

/**
 * The keys that a run has met, so that a second row with one key is found however far from the first. It holds the
 * newest one and a half to three million; a repeat that is further away lands as a later delivery would, and `isWhole`
 * says so.
 */
export class SeenKeys {
  private young = new Generation();
  private old = new Generation();
  /** False once keys had to be forgotten: then nobody may conclude that a key was not met. */
  isWhole = true;

  constructor(private readonly mostKeys = MOST_KEYS) {}

  find(key: string): FirstRow | undefined {
    const [high, low] = digestOf(key);
    return this.young.find(high, low) ?? this.old.find(high, low);
  }

  /** Takes the keys of a batch that is stored. */
  addAll(keys: readonly SeenKey[]): void {
    for (const { key, line, content } of keys) this.add(...digestOf(key), { line, content });
  }

  /** Takes the keys of a page, which a batch stored. */
  load(page: Uint8Array): void {
    const words = new DataView(page.buffer, page.byteOffset, page.byteLength);
    for (let at = 0; at + BYTES <= page.byteLength; at += BYTES)
      this.add(words.getUint32(at), words.getUint32(at + 4), {
        line: words.getUint32(at + 8),
        content: words.getUint32(at + 12),
      });
  }

  private add(high: number, low: number, first: FirstRow): void {
    if (this.young.size >= this.mostKeys) {
      if (this.old.size > 0) this.isWhole = false;
      this.old = this.young;
      this.young = new Generation();
    }
    this.young.add(high, low, first);
  }
}

/** The keys of a batch as they are stored with it, for a run that goes on after its process died. */
export function pageOf(keys: readonly SeenKey[]): Buffer {
  const page = Buffer.alloc(keys.length * BYTES);
  for (const [index, { key, line, content }] of keys.entries()) {
    const [high, low] = digestOf(key);
    page.writeUInt32BE(high, index * BYTES);
    page.writeUInt32BE(low, index * BYTES + 4);
    page.writeUInt32BE(line, index * BYTES + 8);
    page.writeUInt32BE(content, index * BYTES + 12);
  }
  return page;
}

function digestOf(key: string): [high: number, low: number] {
  const digest = hash('sha1', key, 'buffer');
  return [digest.readUInt32BE(0), digest.readUInt32BE(4)];
}
