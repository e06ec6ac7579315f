/** A kernel spec as its `kernel.json` gives it ("Kernel specs", jupyter_client). */
export interface KernelSpec {
  /** What notebooks and the Jupyter server API call it. */
  readonly name: string;
  /** Its name in its image. */
  readonly specName: string;
  /** The image that it starts in. */
  readonly imageName: string;
  /** The folder that holds `kernel.json` and its logos. */
  readonly folder: string;
  readonly argv: readonly string[];
  readonly displayName: string;
  readonly language: string;
  readonly interruptMode: 'signal' | 'message';
  readonly environment: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

const namePattern = /^[a-z0-9._-]{1,128}$/i;

/** Names are limited as jupyter_client limits them; `.` and `..` would be folders. */
export function isKernelSpecName(name: string): boolean {
  return namePattern.test(name) && !/^\.+$/.test(name);
}

/** `undefined` where the text is no usable spec: one broken folder must not hide the others. */
export function parseKernelSpec(
  text: string,
  place: { name: string; folder: string; imageName: string },
): KernelSpec | undefined {
  const value = parseObject(text);
  const argv = value?.argv;
  if (value === undefined || !Array.isArray(argv) || argv.length === 0) return undefined;
  if (!argv.every((part): part is string => typeof part === 'string')) return undefined;
  return {
    ...place,
    specName: place.name,
    argv,
    displayName: typeof value.display_name === 'string' ? value.display_name : place.name,
    language: typeof value.language === 'string' ? value.language : '',
    interruptMode: value.interrupt_mode === 'message' ? 'message' : 'signal',
    environment: onlyTexts(value.env),
    metadata: isObject(value.metadata) ? value.metadata : {},
  };
}

/** Replaces jupyter_client's placeholders; none is expanded by a shell. */
export function formatKernelCommand(spec: KernelSpec, connectionFile: string): string[] {
  return spec.argv.map((part) =>
    part
      .replaceAll('{connection_file}', connectionFile)
      .replaceAll('{resource_dir}', spec.folder)
      .replaceAll('{kernel_name}', spec.specName),
  );
}

/**
 * The environment a spec adds, with jupyter_client's `${NAME}` filled in from what the kernel
 * inherits. Names that no shell could export are left out: one of them would stop the kernel.
 */
export function formatKernelEnvironment(
  spec: KernelSpec,
  inherited: Readonly<Record<string, string>>,
): Record<string, string> {
  const isName = ([name]: [string, string]) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
  const fill = (value: string) =>
    value.replace(/\$\{(\w+)\}/g, (placeholder, name: string) => inherited[name] ?? placeholder);
  return Object.fromEntries(
    Object.entries(spec.environment)
      .filter(isName)
      .map(([name, value]) => [name, fill(value)]),
  );
}

function onlyTexts(value: unknown): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
