/** `<imageName>__<spec>` (`imageKernelSchema`): a kernel of another image than the domain's default one. */
const ofAnotherImage = /^[a-zA-Z0-9-]+__/;

/** Whether a card of Lab's launcher starts a kernel of another image than the default one. */
export function isOfAnotherImage(args: unknown): boolean {
  const name = property(args, 'kernelName') ?? property(property(args, 'kernelPreference'), 'name');
  return typeof name === 'string' && ofAnotherImage.test(name);
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
