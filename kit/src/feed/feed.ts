/** One entry of a feed; texts are plain. */
export interface FeedEntry {
  /** An absolute address or name (RFC 3986) that is this entry's for ever and no other's. */
  readonly id: string;
  readonly title: string;
  readonly updated: Date;
  /** When it was published first, where that is told apart. */
  readonly published?: Date;
  readonly author?: string;
  /** A kind: its name for programs and for people. */
  readonly category?: { readonly term: string; readonly label: string };
  /** Where it is shown. */
  readonly link?: string;
  readonly content?: string;
}

/** A feed and its entries, in the order in which they are written. */
export interface Feed {
  readonly id: string;
  readonly title: string;
  readonly subtitle?: string;
  readonly updated: Date;
  /** Its own address. */
  readonly self: string;
  /** The site that it is of. */
  readonly home?: string;
  /** Who speaks where an entry does not say. */
  readonly author?: string;
  readonly entries: readonly FeedEntry[];
}
