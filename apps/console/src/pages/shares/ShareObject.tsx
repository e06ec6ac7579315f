import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Multiselect from '@cloudscape-design/components/multiselect';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ApiError } from '../../api/request.ts';
import { shareObject, useShareChoices } from '../../api/shares.ts';
import { AskFirst } from '../../shell/AskFirst.tsx';

interface ShareObjectProps {
  readonly bucket: string;
  readonly objectKey: string;
  readonly close: () => void;
}

const dayMilliseconds = 24 * 60 * 60 * 1000;
const everyone = 'everyone';

/** Shares a notebook that is in a bucket, and shows the share, which has the link: with whom, how long, with or without what its cells printed. */
export function ShareObject({ bucket, objectKey, close }: ShareObjectProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const choices = useShareChoices().data;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [days, setDays] = useState<string>();
  const [includesOutputs, setIncludesOutputs] = useState(true);
  const [acceptsWarnings, setAcceptsWarnings] = useState(false);
  const [hasWarnings, setHasWarnings] = useState(false);
  const options = [
    { value: everyone, label: t('shareObject.everyone') },
    ...(choices?.teams ?? []).map((team) => ({
      ...{ value: `team/${team}`, label: team, description: t('shareObject.team') },
    })),
    ...(choices?.people ?? []).map(({ profileName, displayName }) => ({
      ...{ value: `person/${profileName}`, label: displayName, description: profileName },
    })),
  ];
  const named = (kind: string) =>
    chosen.filter((each) => each.startsWith(`${kind}/`)).map((each) => each.slice(kind.length + 1));
  const dayCount = Number(days ?? choices?.defaultDays);
  const share = async () => {
    try {
      const made = await shareObject({
        ...{ path: `s3://${bucket}/${objectKey}`, includesOutputs, acceptsWarnings, note: '' },
        audience: {
          everyone: chosen.includes(everyone),
          teams: named('team'),
          people: named('person'),
        },
        expiresAt: new Date(Date.now() + dayCount * dayMilliseconds).toISOString(),
      });
      void navigate(`/shares/${made.shareId}`);
    } catch (error) {
      const isAsked = error instanceof ApiError && error.code === 'ShareNeedsConfirmation';
      if (isAsked) setHasWarnings(true);
      throw error;
    }
  };
  return (
    <AskFirst
      title={t('shareObject.title', { name: objectKey.split('/').at(-1) ?? '' })}
      confirm={t('shareObject.submit')}
      isReady={chosen.length > 0 && dayCount > 0}
      close={close}
      act={share}
    >
      <SpaceBetween size="m">
        <FormField label={t('shareObject.with')} description={t('shareObject.withHint')}>
          <Multiselect
            expandToViewport
            filteringType="auto"
            options={options}
            selectedOptions={options.filter(({ value }) => chosen.includes(value))}
            placeholder={t('shareObject.choose')}
            onChange={({ detail }) =>
              setChosen(detail.selectedOptions.flatMap(({ value }) => value ?? []))
            }
          />
        </FormField>
        <FormField
          label={t('shareObject.days')}
          constraintText={t('shareObject.daysRule', { days: choices?.maximumDays ?? '' })}
        >
          <Input
            type="number"
            inputMode="numeric"
            value={days ?? String(choices?.defaultDays ?? '')}
            onChange={({ detail }) => setDays(detail.value)}
          />
        </FormField>
        <Checkbox
          checked={includesOutputs}
          onChange={({ detail }) => setIncludesOutputs(detail.checked)}
        >
          {t('shareObject.outputs')}
        </Checkbox>
        {hasWarnings && (
          <Checkbox
            checked={acceptsWarnings}
            onChange={({ detail }) => setAcceptsWarnings(detail.checked)}
          >
            {t('shareObject.accept')}
          </Checkbox>
        )}
      </SpaceBetween>
    </AskFirst>
  );
}
