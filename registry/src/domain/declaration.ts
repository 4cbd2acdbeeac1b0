import { normalText } from '@zhitong/values';
import type { Dependant } from './judgement.js';
import { RegistryRefusal, type Words } from './registry-refusal.js';

const MOST_DEPENDANTS = 20_000;
const LONGEST_NAME = 200;
/** `Type.field`, `Type.field(argument:)`, `Input.field`, `Enum.VALUE`: coordinates of the GraphQL specification. */
const COORDINATE = /^[_A-Za-z]\w*\.[_A-Za-z]\w*(?:\([_A-Za-z]\w*:\))?$/;

/** Reads what a department declares; the same twice is said once. @throws RegistryRefusal */
export function readDependants(given: readonly Dependant[]): Dependant[] {
  if (given.length > MOST_DEPENDANTS)
    throw refused({
      en: `${given.length} dependants were declared, and at most ${MOST_DEPENDANTS} are kept.`,
      zh: `申报了 ${given.length} 项依赖，最多保存 ${MOST_DEPENDANTS} 项。`,
    });
  const read = new Map<string, Dependant>();
  for (const { coordinate, name: asGiven } of given) {
    const name = normalText(asGiven);
    if (!COORDINATE.test(coordinate))
      throw refused({
        en: `"${coordinate.slice(0, 80)}" is no field, argument or enum value as in Type.field.`,
        zh: `“${coordinate.slice(0, 80)}”不是形如 Type.field 的字段、参数或枚举值。`,
      });
    if (name === '' || name.length > LONGEST_NAME)
      throw refused({
        en: `What needs ${coordinate} must be named in 1 to ${LONGEST_NAME} characters.`,
        zh: `须用 1 至 ${LONGEST_NAME} 字写明什么依赖 ${coordinate}。`,
      });
    read.set(JSON.stringify([coordinate, name]), { coordinate, name });
  }
  return [...read.values()];
}

const refused = (words: Words): RegistryRefusal => new RegistryRefusal('BAD_USER_INPUT', words);
