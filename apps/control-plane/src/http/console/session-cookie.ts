/**
 * `__Host-` binds the cookie to exactly this host, path `/` and a trustworthy origin (RFC 6265bis,
 * section 4.1.3.2). Browsers take `http://*.localhost` for trustworthy; elsewhere TLS is required.
 */
export const sessionCookieName = '__Host-strongroom-session';

const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax';

export function sessionCookie(token: string): string {
  return `${sessionCookieName}=${token}; ${attributes}`;
}

export function clearedSessionCookie(): string {
  return `${sessionCookieName}=; Max-Age=0; ${attributes}`;
}

/** The token a browser sent; none where it sent two, since it is unclear who set which. */
export function readSessionToken(cookieHeader: string | undefined): string | undefined {
  const values = (cookieHeader ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${sessionCookieName}=`))
    .map((pair) => pair.slice(sessionCookieName.length + 1));
  const [token] = values;
  return values.length === 1 && token !== undefined && /^[\w-]{43}$/.test(token)
    ? token
    : undefined;
}
