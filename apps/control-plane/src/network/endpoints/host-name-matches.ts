/** RFC 6125, section 6.4.3: `*.` stands for exactly one label. `name` is in lower case. */
export function hostNameMatches(name: string, hostNames: readonly string[]): boolean {
  return hostNames.some((pattern) => {
    if (!pattern.startsWith('*.')) return pattern === name;
    const suffix = pattern.slice(1);
    const label = name.slice(0, -suffix.length);
    return name.endsWith(suffix) && /^[a-z0-9_-]+$/.test(label);
  });
}
