import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Job } from '@strongroom/contracts';
import { useTranslation } from 'react-i18next';
import { useJobLog } from '../../api/jobs.ts';
import { Failure } from '../../shell/Failure.tsx';
import { Loading } from '../../shell/Loading.tsx';
import './jobs.css';

interface JobLogProps {
  readonly job: Job;
  readonly close: () => void;
}

/** What ran when and what the kernel wrote, as text and nothing else. */
export function JobLog({ job, close }: JobLogProps) {
  const { t, i18n } = useTranslation();
  const log = useJobLog(job.jobId);
  const lines = log.data?.lines ?? [];
  const title = t('jobs.log.named', { name: job.definition.name });
  const clock = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'short', timeStyle: 'medium' });
  return (
    <Modal
      visible
      size="max"
      header={title}
      closeAriaLabel={t('close')}
      onDismiss={close}
      footer={
        <Box float="right">
          <Button onClick={close}>{t('close')}</Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {log.error && <Failure error={log.error} retry={() => void log.refetch()} />}
        {log.isPending && <Loading label={t('loading')} />}
        {log.data && lines.length === 0 && <Box>{t('jobs.log.empty')}</Box>}
        {lines.length > 0 && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to get there
          <section className="job-log" tabIndex={0} aria-label={title}>
            <pre>
              {lines.map(({ time, text }) => `${clock.format(new Date(time))}  ${text}\n`).join('')}
            </pre>
          </section>
        )}
      </SpaceBetween>
    </Modal>
  );
}
