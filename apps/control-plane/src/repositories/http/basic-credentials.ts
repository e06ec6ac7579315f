const maximumCharacters = 8_192;

/** RFC 7617; `undefined` where there are none. */
export function basicCredentials(
  header: string | undefined,
): { readonly userName: string; readonly password: string } | undefined {
  if (header === undefined || header.length > maximumCharacters) return undefined;
  const encoded = /^basic +([A-Za-z0-9+/=]+)$/i.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon === -1) return undefined;
  return { userName: text.slice(0, colon), password: text.slice(colon + 1) };
}
