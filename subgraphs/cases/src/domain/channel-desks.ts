import type { Channel } from './taxonomy.js';

/** Whose desk takes in what comes by a channel, departments by code; a channel without an entry is every desk's. */
export type ChannelDesks = Readonly<Partial<Record<Channel, readonly string[]>>>;

/** The departments whose desk a channel is, when the desk of this department is none of them; null otherwise. */
export function desksInstead(
  desks: ChannelDesks,
  channel: Channel,
  department: string | null,
): readonly string[] | null {
  const owners = desks[channel];
  return owners === undefined || (department !== null && owners.includes(department)) ? null : owners;
}
