import { useTranslation } from 'react-i18next';
import { auditDetail, auditRepeatedCount } from './audit-detail.ts';

/** What belongs to the event, and how often it happened where it is counted. */
export function AuditDetail({ fields }: { fields: Readonly<Record<string, unknown>> }) {
  const { t } = useTranslation();
  const repeatedCount = auditRepeatedCount(fields);
  return (
    <>
      {auditDetail(fields) || '–'}
      {repeatedCount > 0 && (
        <>
          <br />
          <small>{t('audit.repeated', { times: repeatedCount })}</small>
        </>
      )}
    </>
  );
}
