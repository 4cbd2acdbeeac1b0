/**
 * Where a secret is: the name of a variable of the environment, or a file that only the process may read. Never the
 * mapping itself.
 */
export type SecretPlace = { readonly environment: string } | { readonly file: string };

export interface CsvSection {
  readonly kind: 'csv';
  readonly path: string;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly headerRow?: number;
  readonly headerRows?: number;
  readonly quotes?: boolean;
  readonly longestRecord?: number;
}

export interface WorkbookSection {
  readonly kind: 'xlsx' | 'xls';
  readonly path: string;
  readonly sheet?: string | number;
  readonly headerRow?: number;
  readonly headerRows?: number;
}

export interface JsonSection {
  readonly kind: 'json';
  readonly path: string;
  readonly encoding?: string;
  readonly form?: 'lines' | 'array';
  readonly records?: string;
  readonly longestRecord?: number;
}

export interface SqlSection {
  readonly kind: 'sql';
  readonly database: 'postgresql' | 'mysql' | 'mssql' | 'sqlite';
  /** Address of the database, with user and password: a URL. For SQLite the file is `path`. */
  readonly connection?: SecretPlace;
  readonly path?: string;
  /** One of both. */
  readonly table?: string;
  readonly query?: string;
  /** Column with a different value in each row: what a run goes on after. */
  readonly key?: string;
  readonly timeoutSeconds?: number;
}

export interface MongoSection {
  readonly kind: 'mongodb';
  /** Address with user and password: `mongodb://…` or `mongodb+srv://…`. */
  readonly connection: SecretPlace;
  readonly database: string;
  readonly collection: string;
}

export type Paging =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'page';
      readonly parameter: string;
      readonly first?: number;
      readonly sizeParameter?: string;
      readonly size?: number;
    }
  | { readonly kind: 'offset'; readonly parameter: string; readonly sizeParameter?: string; readonly size: number }
  | {
      readonly kind: 'cursor';
      readonly parameter: string;
      readonly next: string;
      readonly sizeParameter?: string;
      readonly size?: number;
    }
  /** The next page's address: of the `Link` header, or at a path of the body. */
  | { readonly kind: 'link'; readonly next?: string; readonly otherOrigins?: readonly string[] };

export type HttpAuthentication =
  | { readonly kind: 'api-key'; readonly header: string; readonly key: SecretPlace; readonly prefix?: string }
  | {
      readonly kind: 'oauth2';
      readonly tokenUrl: string;
      readonly clientId: string;
      readonly clientSecret: SecretPlace;
      readonly scope?: string;
    };

export interface HttpSection {
  readonly kind: 'http';
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Where the list stands in the body: `data.items`. */
  readonly records?: string;
  readonly paging?: Paging;
  readonly authentication?: HttpAuthentication;
  readonly requestsPerSecond?: number;
  readonly timeoutSeconds?: number;
  readonly mostBytes?: number;
  readonly mostPages?: number;
  readonly retries?: number;
  /** Parameter that takes the watermark, where the interface gives what has changed since. */
  readonly sinceParameter?: string;
}

/** What a mapping says of its source. Paths are relative to the mapping's folder. */
export type SourceSection = CsvSection | WorkbookSection | JsonSection | SqlSection | MongoSection | HttpSection;
