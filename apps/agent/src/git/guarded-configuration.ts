/**
 * What of a repository's own configuration has an effect here: data that git needs to read the
 * repository, and where its branches and remotes lead. All else is left out, and with it every key
 * that names a program (filters, drivers, helpers, hooks, editors, transports) or reads another file.
 */
const keptKeys: readonly RegExp[] = [
  /^core\.(?:repositoryformatversion|filemode|symlinks|ignorecase|autocrlf|eol|safecrlf)$/,
  /^core\.(?:precomposeunicode|logallrefupdates|sharedrepository|trustctime|checkstat)$/,
  /^core\.(?:sparsecheckout|sparsecheckoutcone|untrackedcache|splitindex)$/,
  // Git refuses an extension that it does not know; the one left out reads another file.
  /^extensions\.(?!worktreeconfig$)/,
  /^remote\..+\.(?:url|pushurl|fetch|tagopt|prune|promisor|partialclonefilter)$/s,
  /^branch\..+\.(?:remote|merge)$/s,
];
/** A fetch may write nothing but what it is for: a local branch or a stash is nobody else's. */
const keptFetch = /^[^:]*(?::refs\/(?:remotes|tags)\/.*)?$/s;

export interface ConfigurationEntry {
  /** Section and name in lower case, as `git config --list` writes it. */
  readonly key: string;
  /** Undefined for a key without `=`, which means true. */
  readonly value: string | undefined;
}

/** The answer of `git config --list -z`. */
export function parseConfiguration(output: Buffer): ConfigurationEntry[] {
  const entries = output.toString('utf8').split('\0').slice(0, -1);
  return entries.map((entry) => {
    const end = entry.indexOf('\n');
    return end < 0
      ? { key: entry, value: undefined }
      : { key: entry.slice(0, end), value: entry.slice(end + 1) };
  });
}

export function keepHarmless(entries: readonly ConfigurationEntry[]): ConfigurationEntry[] {
  return entries.filter(
    ({ key, value }) =>
      keptKeys.some((kept) => kept.test(key)) &&
      !(key.endsWith('.fetch') && !keptFetch.test(value ?? '')),
  );
}

/** As a configuration file (git-config(1), "Syntax"). */
export function formatConfiguration(entries: readonly ConfigurationEntry[]): string {
  return entries.map(({ key, value }) => `${headerOf(key)}${lineOf(key, value)}`).join('');
}

function headerOf(key: string): string {
  const section = key.slice(0, key.indexOf('.'));
  const subsection = key.slice(key.indexOf('.') + 1, Math.max(key.lastIndexOf('.'), 0));
  if (key.indexOf('.') === key.lastIndexOf('.')) return `[${section}]\n`;
  return `[${section} "${subsection.replaceAll(/["\\]/g, (character) => `\\${character}`)}"]\n`;
}

function lineOf(key: string, value: string | undefined): string {
  const name = key.slice(key.lastIndexOf('.') + 1);
  if (value === undefined) return `\t${name}\n`;
  const escaped = value
    .replaceAll(/["\\]/g, (character) => `\\${character}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\b', '\\b');
  return `\t${name} = "${escaped}"\n`;
}
