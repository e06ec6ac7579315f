/**
 * Chromium and Firefox count `http://*.localhost` as trustworthy, so `Secure` and the `__Host-`
 * prefix hold there too: no other host and no plain page can set or overwrite it (RFC 6265bis,
 * section 4.1.3.2).
 */
const cookieName = '__Host-strongroom-studio';

export function studioCookie(token: string): string {
  return `${cookieName}=${token}; Path=/; Secure; HttpOnly; SameSite=Lax`;
}

/** `undefined` where there is none, or more than one: which is meant cannot be told. */
export function readStudioCookie(header: string | undefined): string | undefined {
  const values = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${cookieName}=`))
    .map((pair) => pair.slice(cookieName.length + 1));
  return values.length === 1 ? values[0] : undefined;
}
