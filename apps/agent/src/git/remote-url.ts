import { AgentError } from '../http/agent-error.ts';

/** `user@host:path`; a host with two colons after it would be a remote helper (`ext::sh -c …`). */
const shortSshPattern = /^(?:[\w.+-]+@)?[\w][\w.-]*:(?!:)[^:\s]\S*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const unprintable = /[\u0000-\u0020\u007f]/;

/**
 * https and ssh, without a password: what is in a URL is in the repository's configuration, in error
 * messages and in lists of processes. Throws `UrlRefused`, without repeating the URL.
 */
export function checkRemoteUrl(url: string): void {
  if (unprintable.test(url) || url.startsWith('-')) throw refused('it is not a URL');
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    if (!shortSshPattern.test(url)) throw refused('only https:// and ssh URLs are possible');
    return;
  }
  if (scheme !== 'https' && scheme !== 'ssh') {
    throw refused(`"${scheme}://" is not possible, only https:// and ssh://`);
  }
  checkParts(parse(url), scheme);
}

function checkParts(url: URL, scheme: 'https' | 'ssh'): void {
  if (url.hostname === '' || url.hostname.startsWith('-')) throw refused('it names no host');
  if (url.password !== '') {
    throw refused('it holds a password. Leave it out: it would be kept in the repository');
  }
  // A token is often written where the name stands.
  if (scheme === 'https' && url.username !== '') {
    throw refused('it holds a name or a token before the "@". Leave it out');
  }
  if (url.username.startsWith('-')) throw refused('it names no person');
}

function parse(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw refused('it is not a URL');
  }
}

function refused(state: string): AgentError {
  return new AgentError('UrlRefused', `Cannot use this address of a repository: ${state}`);
}

/** `https://host/team/model.git/` is cloned into `model`. */
export function folderNameOf(url: string): string {
  const last =
    url
      .replace(/[?#].*$/, '')
      .replace(/\/+$/, '')
      .split(/[/:]/)
      .at(-1) ?? '';
  return decode(last.replace(/\.git$/, ''));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
