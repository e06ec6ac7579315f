import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import type { ShareSummary } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { extendShare } from '../../api/shares.ts';
import { AskFirst } from '../../shell/AskFirst.tsx';
import { dayOf, endOfDay } from './days.ts';
import { isolate } from './isolate.ts';

interface ExtendShareProps {
  readonly share: ShareSummary;
  readonly close: () => void;
}

/** Until the end of a day of the reader's, and no longer than the domain lets a share be open. */
export function ExtendShare({ share, close }: ExtendShareProps) {
  const { t, i18n } = useTranslation();
  const latest = share.extendableUntil ?? undefined;
  const [day, setDay] = useState(dayOf(new Date(share.expiresAt)));
  const isPossible = (date: Date) =>
    dayOf(date) >= dayOf(new Date()) && (latest === undefined || date <= new Date(latest));
  const isReady = day !== '' && isPossible(new Date(`${day}T00:00:00`));
  const latestText = latest && new Date(latest).toLocaleDateString(i18n.language);
  return (
    <AskFirst
      title={t('shares.extend.title', { title: isolate(share.title) })}
      confirm={t('shares.extend.submit')}
      isReady={isReady}
      close={close}
      act={() => extendShare(share.shareId, endOfDay(day, latest))}
    >
      <FormField
        label={t('shares.extend.day')}
        constraintText={
          latestText
            ? t('shares.extend.rule', { date: latestText })
            : t('shares.extend.ruleNoMaximum')
        }
        {...(isReady ? {} : { errorText: t('shares.extend.invalid') })}
      >
        <DatePicker
          value={day}
          placeholder="YYYY/MM/DD"
          expandToViewport
          ariaLabel={t('shares.extend.day')}
          isDateEnabled={isPossible}
          onChange={({ detail }) => setDay(detail.value)}
        />
      </FormField>
    </AskFirst>
  );
}
