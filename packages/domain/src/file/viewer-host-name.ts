/** Where the domain file names none: `viewer` in place of the first label, `viewer.localhost`. */
export function viewerBeside(consoleHostName: string): string {
  const [, ...parentLabels] = consoleHostName.split('.');
  return ['viewer', ...(parentLabels.length === 0 ? [consoleHostName] : parentLabels)].join('.');
}
