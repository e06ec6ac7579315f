import { useTranslation } from 'react-i18next';

/** What happened in the reader's language, with the trail's own word for it. */
export function AuditEventName({ event }: { event: string }) {
  const { t, i18n } = useTranslation();
  const key = `audit.names.${event}`;
  if (!i18n.exists(key)) return <>{event}</>;
  return (
    <>
      {t(key)}
      <br />
      <small>{event}</small>
    </>
  );
}
