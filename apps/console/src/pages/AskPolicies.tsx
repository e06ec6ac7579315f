import Alert from '@cloudscape-design/components/alert';
import Autosuggest from '@cloudscape-design/components/autosuggest';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { actingAsSchema, type Simulation, simulationSchema } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDomain } from '../api/queries.ts';
import { request } from '../api/request.ts';
import { Failure } from '../shell/Failure.tsx';
import { useAction } from '../shell/use-action.ts';

const commonActions = [
  ...['sagemaker:CreatePresignedDomainUrl', 'sagemaker:CreateApp', 'sagemaker:DeleteApp'],
  ...['sagemaker:DescribeUserProfile', 'sagemaker:UpdateUserProfile', 'sts:GetCallerIdentity'],
  ...['strongroom:ReadHomeFile', 'strongroom:RequestEgress', 'strongroom:DecideEgress'],
  ...['strongroom:ReadAuditTrail', 'strongroom:ReadFlowLogs'],
];

const endpoints = ['sts', 'api', 's3'] as const;
type Endpoint = (typeof endpoints)[number];
const noEndpoint = 'none';

/** "Who can do what": asks the policies without doing anything. */
export function AskPolicies() {
  const { t } = useTranslation();
  const domain = useDomain();
  const profiles = domain.data?.profiles ?? [];
  const names = profiles.map(({ profileName }) => profileName);
  const [profileName, setProfileName] = useState<string>();
  const [actingAs, setActingAs] = useState<'person' | 'notebook'>('person');
  const [endpoint, setEndpoint] = useState<Endpoint>();
  const [action, setAction] = useState(commonActions[0] ?? '');
  const [resource, setResource] = useState('');
  const [context, setContext] = useState('');
  const [answer, setAnswer] = useState<Simulation>();
  const { isBusy, error, run } = useAction();
  const who = profileName ?? names[0] ?? '';
  const describeEndpoint = (value: string) => ({
    ...{ value, label: value === noEndpoint ? t('policies.noEndpoint') : value },
  });
  const ask = () =>
    run(async () => {
      setAnswer(undefined);
      const body = {
        ...{ profileName: who, actingAs, action, resource, context: readContext(context) },
        ...(actingAs === 'notebook' && endpoint !== undefined ? { endpoint } : {}),
      };
      setAnswer(
        await request(simulationSchema, '/api/policies/simulate', { method: 'POST', body }),
      );
    });
  return (
    <SpaceBetween size="l">
      <Container>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void ask();
          }}
        >
          <SpaceBetween size="m">
            <ColumnLayout columns={2}>
              <FormField label={t('policies.who')}>
                <Select
                  options={profiles.map(({ profileName: value, displayName, status }) => ({
                    ...{ value, label: value, description: displayName },
                    ...(status === 'Disabled' ? { labelTag: t('policies.disabled') } : {}),
                  }))}
                  selectedOption={{ value: who, label: who }}
                  onChange={({ detail }) => setProfileName(detail.selectedOption.value)}
                />
              </FormField>
              <FormField label={t('policies.actingAs')}>
                <RadioGroup
                  value={actingAs}
                  items={actingAsSchema.options.map((value) => ({
                    value,
                    label: t(`policies.acting.${value}`),
                  }))}
                  onChange={({ detail }) => setActingAs(actingAsSchema.parse(detail.value))}
                />
              </FormField>
              {actingAs === 'notebook' && (
                <FormField
                  label={t('policies.through')}
                  constraintText={t('policies.throughRule')}
                  stretch
                >
                  <Select
                    options={[noEndpoint, ...endpoints].map(describeEndpoint)}
                    selectedOption={describeEndpoint(endpoint ?? noEndpoint)}
                    onChange={({ detail }) =>
                      setEndpoint(endpoints.find((name) => name === detail.selectedOption.value))
                    }
                  />
                </FormField>
              )}
              <FormField label={t('policies.action')}>
                <Autosuggest
                  value={action}
                  enteredTextLabel={(value) => value}
                  options={commonActions.map((value) => ({ value }))}
                  onChange={({ detail }) => setAction(detail.value)}
                />
              </FormField>
              <FormField label={t('policies.resource')} constraintText={t('policies.resourceRule')}>
                <Autosuggest
                  value={resource}
                  enteredTextLabel={(value) => value}
                  options={[...names, '*'].map((value) => ({ value }))}
                  onChange={({ detail }) => setResource(detail.value)}
                />
              </FormField>
            </ColumnLayout>
            <FormField label={t('policies.context')} constraintText={t('policies.contextRule')}>
              <Input
                value={context}
                spellcheck={false}
                placeholder="sagemaker:InstanceTypes=ml.p4d.24xlarge"
                onChange={({ detail }) => setContext(detail.value)}
              />
            </FormField>
            <Button
              variant="primary"
              loading={isBusy}
              disabled={resource === ''}
              formAction="submit"
            >
              {t('policies.submit')}
            </Button>
          </SpaceBetween>
        </form>
      </Container>
      {error !== undefined && <Failure error={error} />}
      {answer && <Answer {...answer} />}
    </SpaceBetween>
  );
}

/** A key that is given twice has both values. */
function readContext(text: string): Record<string, string[]> {
  const context: Record<string, string[]> = {};
  for (const pair of text.split(/[\s,]+/)) {
    const at = pair.indexOf('=');
    if (at < 1) continue;
    const key = pair.slice(0, at);
    context[key] = [...(context[key] ?? []), pair.slice(at + 1)];
  }
  return context;
}

function Answer({ allowed, sentence, rule, principalArn, resourceArn, statements }: Simulation) {
  const { t, i18n } = useTranslation();
  return (
    <Alert
      type={allowed ? 'success' : 'error'}
      header={t(allowed ? 'policies.allowed' : 'policies.refused')}
    >
      <SpaceBetween size="xs">
        <div>{i18n.language === 'ko' ? sentence.korean : sentence.english}</div>
        <Box variant="small">
          {t('logs.rule')}: {rule}
          <br />
          {principalArn}
          <br />
          {resourceArn}
        </Box>
        <ul>
          {statements.map(({ policy, statement, effect, applied, conditions }) => (
            <li key={`${policy}/${statement}/${applied}`}>
              {effect} {policy}/{statement} – {t(applied ? 'policies.applied' : 'policies.missed')}
              {conditions.map(({ operator, key, wanted, seen }) => (
                <div key={`${operator} ${key}`}>
                  <small>
                    {operator} {key}: {wanted.join(', ')} ↔ {seen === null ? '–' : seen.join(', ')}
                  </small>
                </div>
              ))}
            </li>
          ))}
        </ul>
      </SpaceBetween>
    </Alert>
  );
}
