/** Looks a text up and fills `%1`, `%2` … in. */
export interface Texts {
  __(text: string, ...values: string[]): string;
}
