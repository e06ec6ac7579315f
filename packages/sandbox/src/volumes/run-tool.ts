import { execFile } from 'node:child_process';
import { VolumeError } from './volume-error.ts';
import { type VolumeTool, type VolumeTools, volumeToolPackages } from './volume-tools.ts';

/** gocryptfs looks for fusermount3 by name. */
export const toolEnvironment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8' };

/** @throws {VolumeError} `VolumeUnavailable` */
export function requireTool(tools: VolumeTools, name: VolumeTool): string {
  const path = tools[name];
  if (path !== undefined) return path;
  throw new VolumeError(
    'VolumeUnavailable',
    `Cannot keep homes: ${name} is not installed (Debian package ${volumeToolPackages[name]})`,
  );
}

/** What a program printed, when it has ended. @throws {VolumeError} `MountFailed` */
export function runTool(
  program: string,
  words: readonly string[],
  options: { readonly input?: string; readonly allowedCodes?: readonly number[] } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const settings = { env: toolEnvironment, cwd: '/', maxBuffer: 1024 * 1024 };
    const child = execFile(program, words, settings, (error, output, standardError) => {
      if (error === null || options.allowedCodes?.includes(Number(error.code)))
        return resolve(output);
      const said = standardError.trim().split('\n').at(-1) ?? '';
      reject(
        new VolumeError('MountFailed', `Cannot run ${program}: ${said || `exit ${error.code}`}`, {
          cause: error,
          standardError,
        }),
      );
    });
    // It may end before it has read everything; its exit says why.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input ?? '');
  });
}
