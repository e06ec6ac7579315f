/**
 * Puts a link into the clipboard. False where the browser does not let a page do that (an address
 * without TLS, a setting of the company): the person then copies it.
 */
export async function copyLink(url: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(url);
    return true;
  } catch {
    return false;
  }
}
