import type { ConfigurationEntry } from './guarded-configuration.ts';

/** What the operations need to know of a repository's configuration. */
export interface RepositoryConfiguration {
  readonly remotes: readonly {
    name: string;
    urls: readonly string[];
    pushUrls: readonly string[];
  }[];
  /** By branch: the remote's name, or '.', and the full reference there. */
  readonly upstreams: ReadonlyMap<string, { remote: string; reference: string }>;
  readonly stripsOutputs: boolean;
}

export function readConfiguration(entries: readonly ConfigurationEntry[]): RepositoryConfiguration {
  const remotes = new Map<string, { name: string; urls: string[]; pushUrls: string[] }>();
  const branches = new Map<string, { remote?: string; reference?: string }>();
  let stripsOutputs = false;
  for (const { key, value } of entries) {
    const [, section, name = '', variable] = /^([^.]+)\.(?:(.+)\.)?([^.]+)$/s.exec(key) ?? [];
    if (section === 'remote' && (variable === 'url' || variable === 'pushurl')) {
      const remote = remotes.get(name) ?? { name, urls: [], pushUrls: [] };
      remote[variable === 'url' ? 'urls' : 'pushUrls'].push(value ?? '');
      remotes.set(name, remote);
    }
    if (section === 'branch' && (variable === 'remote' || variable === 'merge')) {
      const field = variable === 'remote' ? 'remote' : 'reference';
      branches.set(name, { ...branches.get(name), [field]: value });
    }
    if (key === 'strongroom.stripsoutputs') stripsOutputs = value === undefined || value === 'true';
  }
  const upstreams = new Map<string, { remote: string; reference: string }>();
  for (const [name, { remote, reference }] of branches) {
    if (remote !== undefined && reference !== undefined) upstreams.set(name, { remote, reference });
  }
  return { remotes: [...remotes.values()], upstreams, stripsOutputs };
}
