// @ts-check
const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

/** The rules of the sixteen colours, as foreground and background. */
export function ansiStyles() {
  return names
    .flatMap((name) => [name, `${name}-intense`])
    .flatMap((name) => [
      `.ansi-${name}-foreground{color:var(--ansi-${name})}`,
      `.ansi-${name}-background{background:var(--ansi-${name});color:var(--background)}`,
    ])
    .join('\n');
}
