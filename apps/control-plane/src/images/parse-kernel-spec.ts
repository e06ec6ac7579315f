import { posix } from 'node:path';
import { visibleLinePattern } from '@strongroom/contracts';
import { z } from 'zod';

/** A kernel spec as an image has it; every word of it runs inside that image's sandboxes alone. */
export interface FoundKernel {
  readonly specName: string;
  /** Absolute, in the image. */
  readonly folder: string;
  readonly argv: readonly string[];
  readonly displayName: string;
  readonly language: string;
  readonly interruptMode: 'signal' | 'message';
  readonly environment: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** jupyter_client's rule for names, shorter by an image's; `.` and `..` would be folders, and `__` parts the two. */
const specNamePattern = /^(?!\.+$)(?!.*__)[a-z0-9._-]{1,60}$/i;
const folderPattern = /^\/[A-Za-z0-9._+/-]{1,255}$/;
const languagePattern = /^[\w+#. -]{1,32}$/;
export const maximumSpecBytes = 64 * 1024;
/** With its command, environment and metadata: all offered kernels travel in one message. */
const maximumKernelCharacters = 8 * 1024;
const maximumDisplayNameCharacters = 100;

/**
 * What a spec may not set: where programs and what they load come from, who the person is, and how the
 * platform's endpoints are reached.
 */
const reservedVariables =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|LD_.*|GCONV_PATH|BASH_ENV|ENV|IFS|NODE_.*|PYTHON(?:HOME|STARTUP|INSPECT|USERBASE)|GIT_.*|AWS_.*|STRONGROOM_.*|SSL_CERT_.*|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|.*_PROXY)$/i;

const commandSchema = z
  .array(z.string().max(4096))
  .min(1)
  .max(64)
  .refine((words) => words.every((word) => !/\p{Cc}/u.test(word)))
  // Without its connection file nobody reaches it; an option in a program's place is none.
  .refine((words) => words.some((word) => word.includes('{connection_file}')))
  .refine(([program = '']) => program !== '' && !program.startsWith('-'));
const objectSchema = z.record(z.string(), z.unknown());

/** `undefined` where it is no spec that can be offered: one that is broken must not hide the others. */
export function parseKernelSpec(
  text: string,
  place: { readonly specName: string; readonly folder: string },
): FoundKernel | undefined {
  const { specName, folder } = place;
  if (!specNamePattern.test(specName)) return undefined;
  if (!folderPattern.test(folder) || posix.normalize(folder) !== folder) return undefined;
  if (Buffer.byteLength(text) > maximumSpecBytes) return undefined;
  const read = objectSchema.safeParse(parseJson(text));
  if (!read.success) return undefined;
  const argv = commandSchema.safeParse(read.data.argv);
  if (!argv.success) return undefined;
  const { display_name: displayName, language, interrupt_mode, env, metadata } = read.data;
  const kernel: FoundKernel = {
    ...{ specName, folder, argv: argv.data },
    displayName: isShown(displayName) ? displayName.trim() : specName,
    language: typeof language === 'string' && languagePattern.test(language) ? language : '',
    interruptMode: interrupt_mode === 'message' ? 'message' : 'signal',
    environment: allowedVariables(env),
    metadata: objectSchema.safeParse(metadata).data ?? {},
  };
  return JSON.stringify(kernel).length <= maximumKernelCharacters ? kernel : undefined;
}

/** What the variables of a spec or an image's configuration may be. */
export function isAllowedVariable(name: string, value: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]{0,255}$/.test(name) && !/\p{Cc}/u.test(value);
}

function allowedVariables(value: unknown): Record<string, string> {
  const read = objectSchema.safeParse(value);
  if (!read.success) return {};
  return Object.fromEntries(
    Object.entries(read.data).filter(
      (entry): entry is [string, string] =>
        typeof entry[1] === 'string' &&
        isAllowedVariable(entry[0], entry[1]) &&
        !reservedVariables.test(entry[0]),
    ),
  );
}

function isShown(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.trim() !== '' &&
    value.length <= maximumDisplayNameCharacters &&
    visibleLinePattern.test(value)
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
