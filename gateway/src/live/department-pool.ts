import type { DepartmentHealth, DepartmentReadiness } from '../exchanges/subgraph-health.js';
import type { DepartmentSource } from '../exchanges/subgraph-source.js';

/** A department as a supergraph names it. */
export interface DepartmentDefinition {
  readonly name: string;
  readonly url: string;
  /** Whether it is asked at this very address, whatever is configured for the department: so a draft is. */
  readonly isAsGiven: boolean;
}

interface Connection {
  readonly source: DepartmentSource;
  readonly health: DepartmentHealth;
  readonly isDraft: boolean;
  /** Graphs that use it. */
  holders: number;
}

/** What one graph uses of the departments. */
export interface GraphDepartments {
  readonly department: (definition: { name: string; url?: string | undefined }) => DepartmentSource;
  /** How the departments stand to which only this graph has a connection. */
  readonly probes: () => Promise<readonly { readonly name: string; readonly readiness: DepartmentReadiness }[]>;
  /** Closes what no other graph uses; calling it again does nothing. */
  readonly release: () => Promise<void>;
}

/**
 * The connections to the departments, shared by the graphs that are served one after another: a department whose
 * address stays keeps its connections and what is known of its health.
 */
export class DepartmentPool {
  readonly #connect: (definition: DepartmentDefinition) => Pick<Connection, 'source' | 'health'>;
  readonly #connections = new Map<string, Connection>();

  constructor(connect: (definition: DepartmentDefinition) => Pick<Connection, 'source' | 'health'>) {
    this.#connect = connect;
  }

  /**
   * For one graph.
   * @param draft the department of which that graph has a draft.
   */
  open(draft?: string): GraphDepartments {
    const held = new Map<string, Connection>();
    return {
      department: ({ name, url = '' }) => {
        const isAsGiven = name === draft;
        const key = JSON.stringify([name, url, isAsGiven]);
        const own = held.get(key);
        if (own !== undefined) return own.source;
        const connection = this.#connections.get(key) ?? {
          ...this.#connect({ name, url, isAsGiven }),
          isDraft: isAsGiven,
          holders: 0,
        };
        this.#connections.set(key, connection);
        connection.holders += 1;
        held.set(key, connection);
        return connection.source;
      },
      probes: async () =>
        Promise.all(
          [...held.values()]
            .filter(({ holders }) => holders === 1)
            .map(async ({ health }) => ({ name: health.name, readiness: await health.readiness() })),
        ),
      release: async () => {
        const unused = [...held].filter(([, connection]) => (connection.holders -= 1) === 0);
        held.clear();
        for (const [key] of unused) this.#connections.delete(key);
        await Promise.all(unused.flatMap(([, { source, health }]) => [source.close(), health.close()]));
      },
    };
  }

  /** The departments of the graphs that everybody is served; how a draft's stands is its department's business. */
  healths(): readonly DepartmentHealth[] {
    return [...this.#connections.values()].filter(({ isDraft }) => !isDraft).map(({ health }) => health);
  }

  /** Closes everything. */
  async close(): Promise<void> {
    const all = [...this.#connections.values()];
    this.#connections.clear();
    await Promise.all(all.flatMap(({ source, health }) => [source.close(), health.close()]));
  }
}
