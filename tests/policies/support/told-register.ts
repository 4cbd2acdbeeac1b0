import { createHash } from 'node:crypto';
import {
  GraphUnreachable,
  type ToldSheet,
  type VersionsSource,
} from '../../../subgraphs/policies/src/graph/facts-source.js';
import { usccOf } from './policies-under-test.js';

/** A register that tells the sheets which a test gave it, by the version of the newest. */
export interface ToldRegister {
  readonly source: Pick<VersionsSource, 'sheets'>;
  /** The codes of each query. */
  readonly asked: string[][];
  /** Gives an enterprise another sheet; answers its version. */
  tell(
    number: number,
    values: Readonly<Record<string, unknown>>,
    days?: { readonly asOf?: string; readonly dates?: Readonly<Record<string, string>> },
  ): string;
  /** The same with the whole sheet as it is sent. */
  tellSheet(number: number, sheet: unknown): string;
  /** Whether it answers. */
  down: boolean;
}

export function toldRegister(): ToldRegister {
  const sheets = new Map<string, ToldSheet>();
  const tellSheet = (number: number, sheet: unknown): string => {
    const factsVersion = createHash('sha256').update(JSON.stringify(sheet)).digest('base64url').slice(0, 16);
    sheets.set(usccOf(number), { uscc: usccOf(number), factsVersion, sheet });
    return factsVersion;
  };
  const register: ToldRegister = {
    asked: [],
    down: false,
    source: {
      sheets: async (usccs) => {
        register.asked.push([...usccs]);
        if (register.down) throw new GraphUnreachable('the register is down');
        return usccs.flatMap((uscc) => sheets.get(uscc) ?? []);
      },
    },
    tell: (number, values, { asOf = '2025-12-31', dates = {} } = {}) => tellSheet(number, { asOf, values, dates }),
    tellSheet,
  };
  return register;
}
