/** Of how a thing looks where it stands; nothing that takes it to another place or layer. */
const allowedProperties = new Set([
  ...['color', 'background-color', 'opacity', 'visibility', 'display', 'float', 'clear'],
  ...['width', 'height', 'min-width', 'min-height', 'max-width', 'max-height', 'overflow-x'],
  ...['padding', 'padding-top', 'padding-right', 'padding-bottom', 'padding-left'],
  ...['text-align', 'text-align-last', 'text-decoration', 'text-indent', 'text-transform'],
  ...['text-decoration-line', 'text-decoration-color', 'text-decoration-style', 'vertical-align'],
  ...['font-family', 'font-size', 'font-style', 'font-variant', 'font-weight', 'font'],
  ...['letter-spacing', 'line-height', 'word-break', 'word-spacing', 'white-space'],
  ...['list-style-type', 'table-layout', 'caption-side', 'empty-cells', 'border-collapse'],
  ...['border-spacing', 'direction'],
]);
const allowedFamilies =
  /^(?:border(?:-(?:top|right|bottom|left))?(?:-(?:color|style|width|radius))?)$/;
const refusedValues = /url\(|image-set\(|expression\(|\\|var\(|[<>]/i;
/** Margins move; only to where the neighbour is not covered. */
const margin = /^margin(?:-(?:top|right|bottom|left))?$/;

/** The declarations of a `style` attribute that cannot reach beyond the element. */
export function keepHarmlessStyle(style: string): string {
  return style
    .split(';')
    .map((declaration) => {
      const colon = declaration.indexOf(':');
      const name = declaration.slice(0, colon).trim().toLowerCase();
      return { name, value: declaration.slice(colon + 1).trim() };
    })
    .filter(({ name, value }) => value !== '' && value.length <= 500 && isHarmless(name, value))
    .map(({ name, value }) => `${name}: ${value}`)
    .join('; ');
}

function isHarmless(name: string, value: string): boolean {
  if (refusedValues.test(value)) return false;
  if (margin.test(name)) return !value.includes('-');
  return allowedProperties.has(name) || allowedFamilies.test(name);
}
