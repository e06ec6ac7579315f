type ParameterValue = string | number | boolean;

/** `2026` is a number, `true` a truth value, everything else a text; `"2026"` in quotes is one, too. */
export function parameterValue(text: string): ParameterValue {
  try {
    const value: unknown = JSON.parse(text);
    if (['string', 'number', 'boolean'].includes(typeof value)) return value as ParameterValue;
  } catch {
    // A text without quotes.
  }
  return text;
}

/** As it has to be written to be read as the same. */
export function parameterText(value: ParameterValue): string {
  const text = String(value);
  return parameterValue(text) === value ? text : JSON.stringify(value);
}
