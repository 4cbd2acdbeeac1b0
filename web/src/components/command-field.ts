/** One value of a command's input, by its name there; its label is `field.<name>` of the message files. */
export interface Field {
  readonly name: string;
  readonly kind:
    | 'line'
    | 'text'
    | 'lines'
    | 'files'
    | 'number'
    | 'date'
    | 'moment'
    | 'grade'
    | 'yesNo'
    | 'choice'
    | 'choices'
    | 'official'
    | 'officials'
    | 'rows'
    | 'group';
  readonly options?: readonly { readonly value: string | number; readonly label: string }[];
  /** Code of the department of which alone officials are offered. */
  readonly department?: string;
  /** Where its label is another than its name: `field.<label>`. */
  readonly label?: string;
  /** Where it is called by a word of the graph and not of the message files: a column of somebody's file. */
  readonly title?: string;
  /** A note below it: `field.<note>`. */
  readonly note?: string;
  readonly isOptional?: boolean;
  /** What each row of a list holds, or the one value of several parts that a group is. */
  readonly columns?: readonly Field[];
}
