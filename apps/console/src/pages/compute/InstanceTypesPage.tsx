import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useTranslation } from 'react-i18next';
import { useInstanceTypes } from '../../api/compute.ts';
import { Failure } from '../../shell/Failure.tsx';
import { Loading } from '../../shell/Loading.tsx';
import { useTitle } from '../../shell/use-title.ts';
import { GpusTable } from './GpusTable.tsx';
import { instanceTypeColumns } from './instance-type-columns.tsx';

/** The sizes that may be chosen, what they cost and whether this machine has them. */
export function InstanceTypesPage() {
  const { t, i18n } = useTranslation();
  const answer = useInstanceTypes();
  useTitle(t('instanceTypes.title'));
  const { data } = answer;
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={t('instanceTypes.explain')}>
        {t('instanceTypes.title')}
      </Header>
      {answer.error && <Failure error={answer.error} retry={() => void answer.refetch()} />}
      {answer.isPending && <Loading label={t('loading')} />}
      {data && (
        <>
          <Table
            wrapLines
            items={data.instanceTypes}
            trackBy="instanceType"
            header={
              <Header
                counter={`(${data.instanceTypes.length})`}
                description={t('cost.pricesOf', data.prices)}
              >
                {t('instanceTypes.title')}
              </Header>
            }
            columnDefinitions={instanceTypeColumns({
              ...{ t, language: i18n.language, prices: data.prices },
            })}
            empty={
              <Box textAlign="center">
                <b>{t('instanceTypes.empty')}</b>
                <Box variant="p">{t('instanceTypes.emptyHint')}</Box>
              </Box>
            }
          />
          <GpusTable gpus={data.gpus} />
        </>
      )}
    </SpaceBetween>
  );
}
