type Fields = Readonly<Record<string, unknown>>;

/** What says most about an event beside who and whom, in the order it is shown. */
const tellingFields = [
  ...['action', 'endpoint', 'state', 'mode', 'log', 'file', 'method', 'path', 'code'],
  ...['imageName', 'instanceType', 'reason', 'problem'],
] as const;
const shownCharacters = 80;

/** One line of an event's own fields, in the trail's words. */
export function auditDetail(fields: Fields): string {
  const told = tellingFields.flatMap((name) => {
    const value = fields[name];
    return typeof value === 'string' && value !== '' ? [shorten(value)] : [];
  });
  return told.join(' · ');
}

/** Whom or what it was about; `undefined`: nobody, `'*'`: everybody. */
export function auditTarget({ target, subject }: Fields): string | undefined {
  if (typeof target === 'string') return target;
  if (typeof subject !== 'object' || subject === null) return undefined;
  const { profileName, team } = subject as Fields;
  if (typeof profileName === 'string') return profileName;
  return typeof team === 'string' ? team : '*';
}

/** How often it happened again in the same minutes; 0 for what is written once for each time. */
export function auditRepeatedCount({ repeatedCount }: Fields): number {
  return typeof repeatedCount === 'number' ? repeatedCount : 0;
}

function shorten(text: string): string {
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}
