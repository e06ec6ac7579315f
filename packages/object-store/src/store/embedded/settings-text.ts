import type { BucketSettings, LifecycleRule } from '../bucket-settings.ts';

/** JSON of our own writing. The one date in it is written as ISO 8601 by JSON itself. */
export function settingsToText(settings: Partial<BucketSettings>): string {
  return JSON.stringify(settings);
}

export function settingsFromText(text: string): Partial<BucketSettings> {
  const settings: Partial<BucketSettings> = JSON.parse(text);
  if (settings.lifecycle === undefined) return settings;
  return { ...settings, lifecycle: settings.lifecycle.map(withDate) };
}

function withDate(rule: LifecycleRule): LifecycleRule {
  if (rule.expirationDate === undefined) return rule;
  return { ...rule, expirationDate: new Date(rule.expirationDate) };
}
