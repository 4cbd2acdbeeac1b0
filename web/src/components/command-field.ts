/** One value of a command's input, by its name there; its label is `field.<name>` of the message files. */
export interface Field {
  readonly name: string;
  readonly kind: 'line' | 'text' | 'lines' | 'number' | 'date' | 'grade' | 'yesNo' | 'choice' | 'choices' | 'rows';
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly isOptional?: boolean;
  /** What each row of a list holds. */
  readonly columns?: readonly Field[];
}
