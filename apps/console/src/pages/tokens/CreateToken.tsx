import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import {
  type NewPersonalToken,
  personalTokenRequestSchema,
  type RepositoryPermission,
  repositoryPermissionSchema,
} from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createToken } from '../../api/tokens.ts';
import { AskFirst } from '../../shell/AskFirst.tsx';

interface CreateTokenProps {
  readonly created: (token: NewPersonalToken) => void;
  readonly close: () => void;
}

const lifetimes = [7, 30, 90, 180, 365];
const dayMilliseconds = 24 * 60 * 60 * 1000;

export function CreateToken({ created, close }: CreateTokenProps) {
  const { t, i18n } = useTranslation();
  const [name, setName] = useState('');
  const [permission, setPermission] = useState<RepositoryPermission>('read');
  const [lifetimeDays, setLifetimeDays] = useState(30);
  const isName = personalTokenRequestSchema.shape.name.safeParse(name).success;
  const describeDays = (days: number) => ({
    ...{ value: String(days), label: t('tokens.days', { count: days }) },
  });
  const end = new Date(Date.now() + lifetimeDays * dayMilliseconds);
  const date = end.toLocaleDateString(i18n.language, { dateStyle: 'long' });
  return (
    <AskFirst
      title={t('tokens.createTitle')}
      confirm={t('tokens.submit')}
      isReady={isName}
      close={close}
      act={async () => created(await createToken({ name, permission, lifetimeDays }))}
    >
      <SpaceBetween size="m">
        <FormField
          label={t('tokens.name')}
          constraintText={t('tokens.nameRule')}
          errorText={name.trim() !== '' && !isName && t('tokens.nameProblem')}
        >
          <Input
            value={name}
            autoComplete={false}
            onChange={({ detail }) => setName(detail.value)}
          />
        </FormField>
        <FormField label={t('tokens.permission')}>
          <RadioGroup
            value={permission}
            items={repositoryPermissionSchema.options.map((value) => ({
              ...{ value, label: t(`tokens.permissions.${value}`) },
              description: t(`tokens.permissionTexts.${value}`),
            }))}
            onChange={({ detail }) => setPermission(repositoryPermissionSchema.parse(detail.value))}
          />
        </FormField>
        <FormField label={t('tokens.lifetime')} constraintText={t('tokens.lifetimeRule', { date })}>
          <Select
            options={lifetimes.map(describeDays)}
            selectedOption={describeDays(lifetimeDays)}
            expandToViewport
            onChange={({ detail }) => setLifetimeDays(Number(detail.selectedOption.value))}
          />
        </FormField>
      </SpaceBetween>
    </AskFirst>
  );
}
