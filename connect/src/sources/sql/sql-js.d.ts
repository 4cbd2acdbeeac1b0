/** What is used of sql.js, which has no types of its own. */
declare module 'sql.js' {
  export interface Statement {
    bind(values: readonly unknown[]): boolean;
    step(): boolean;
    get(values: null, options: { readonly useBigInt: boolean }): unknown[];
    getColumnNames(): string[];
    free(): boolean;
  }
  export interface Database {
    prepare(sql: string): Statement;
    close(): void;
  }
  export default function initSqlJs(): Promise<{ readonly Database: new (bytes: Uint8Array) => Database }>;
}
