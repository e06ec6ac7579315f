/** Text as HTML: a logical id or a tag may hold any character. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Long names may break after any of their joints. */
export function code(text: string): string {
  const escaped = escapeHtml(text);
  return `<code>${escaped.replace(/(?<=[/:.,])(?!$)/g, '<wbr>')}</code>`;
}
