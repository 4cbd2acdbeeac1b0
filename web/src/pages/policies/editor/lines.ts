import { useState } from 'react';

/** The lines of a list that its own page alone changes, each with a key of its own. */
export interface Lines<Line> {
  readonly keys: readonly string[];
  readonly add: (line: Line) => void;
  readonly replace: (at: number, line: Line) => void;
  readonly remove: (at: number) => void;
}

/** A line keeps its key, and so what was typed in it, when one before it goes. */
export function useLines<Line>(lines: readonly Line[], onChange: (lines: readonly Line[]) => void): Lines<Line> {
  const [keys, setKeys] = useState<readonly string[]>(() => lines.map(() => crypto.randomUUID()));
  return {
    keys,
    add: (line) => {
      setKeys([...keys, crypto.randomUUID()]);
      onChange([...lines, line]);
    },
    replace: (at, line) => onChange(lines.with(at, line)),
    remove: (at) => {
      setKeys(keys.toSpliced(at, 1));
      onChange(lines.toSpliced(at, 1));
    },
  };
}
