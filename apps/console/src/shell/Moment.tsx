import { useTranslation } from 'react-i18next';

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/** How long ago or ahead, with the exact time as a tooltip and for programs. `at`: ISO 8601. */
export function Moment({ at }: { at: string }) {
  const { i18n } = useTranslation();
  const seconds = Math.round((Date.parse(at) - Date.now()) / 1000);
  const [unit, size] = steps.find(([, each]) => Math.abs(seconds) >= each) ?? ['second', 1];
  const text = new Intl.RelativeTimeFormat(i18n.language, { numeric: 'auto' });
  return (
    <time dateTime={at} title={new Date(at).toLocaleString(i18n.language)}>
      {text.format(Math.round(seconds / size), unit)}
    </time>
  );
}
