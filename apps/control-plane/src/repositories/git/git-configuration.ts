export interface GitConfigurationOptions {
  readonly maximumPushBytes: number;
  /** Inside the sandbox; `undefined`: no hook runs. */
  readonly hooksFolder: string | undefined;
}

/**
 * All the configuration there is besides the repository's own file, which only we write. It goes before
 * that file too (git-config(1), GIT_CONFIG_COUNT).
 */
export function gitConfiguration(options: GitConfigurationOptions): Record<string, string> {
  const settings: readonly (readonly [string, string])[] = [
    // Nothing but the one repository is there.
    ['safe.directory', '*'],
    ['core.hooksPath', options.hooksFolder ?? '/dev/null'],
    ['core.fsmonitor', 'false'],
    ['core.logAllRefUpdates', 'false'],
    ['protocol.version', '2'],
    ['gc.auto', '0'],
    ['receive.autogc', 'false'],
    ...checks(options),
    ...bounds,
    ['uploadpack.allowFilter', 'true'],
    ['uploadpack.allowAnySHA1InWant', 'false'],
  ];
  return {
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}

/** What comes in is looked at whole; what old histories of honest projects have wrong is let be. */
function checks({ maximumPushBytes }: GitConfigurationOptions) {
  return [
    ['transfer.fsckObjects', 'true'],
    ['receive.fsck.zeroPaddedFilemode', 'ignore'],
    ['receive.fsck.missingSpaceBeforeDate', 'ignore'],
    ['receive.fsck.badTimezone', 'ignore'],
    ['receive.maxInputSize', String(maximumPushBytes)],
    // One file for a push, and no small objects, of which each would be a file of the volume.
    ['receive.unpackLimit', '1'],
  ] as const;
}

/** So that one repository cannot take what a sandbox has, whatever deltas it holds. */
const bounds = [
  ['core.bigFileThreshold', '32m'],
  ['core.deltaBaseCacheLimit', '64m'],
  ['core.packedGitLimit', '256m'],
  ['core.packedGitWindowSize', '32m'],
  ['pack.threads', '2'],
  ['pack.windowMemory', '96m'],
  ['pack.deltaCacheSize', '64m'],
] as const;
