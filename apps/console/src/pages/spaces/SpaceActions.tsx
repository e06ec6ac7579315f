import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import type { Space } from '@strongroom/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeSpace, deleteSpace, stopSpace } from '../../api/spaces.ts';
import { AskFirst } from '../../shell/AskFirst.tsx';
import { ChooseType } from './ChooseType.tsx';

/** Opens a space, stops what runs in it, gives it another size, and deletes it. */
export function SpaceActions({ space }: { readonly space: Space }) {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<string>();
  const close = () => setDialog(undefined);
  const { spaceName, profileName, app, status } = space;
  const isRunning = app !== null && ['Pending', 'InService', 'Deleting'].includes(app.status);
  const mayStop = app !== null && ['Pending', 'InService'].includes(app.status);
  const only = isRunning ? { disabled: true, disabledReason: t('spaces.isRunning') } : {};
  return (
    <>
      <span className="space-actions">
        <Button
          href={`/launch/${profileName}?space=${spaceName}`}
          target="_blank"
          iconName="external"
          iconAlign="right"
          disabled={status === 'Failed' || status === 'Deleting'}
          ariaLabel={t('spaces.openNamed', { spaceName })}
        >
          {t('spaces.open')}
        </Button>{' '}
        <ButtonDropdown
          variant="inline-icon"
          expandToViewport
          ariaLabel={t('spaces.more', { spaceName })}
          onItemClick={({ detail }) => setDialog(detail.id)}
          items={[
            { id: 'stop', text: t('spaces.stop'), disabled: !mayStop },
            { id: 'type', text: t('spaces.changeType'), ...only },
            { id: 'delete', text: t('spaces.delete'), ...only },
          ]}
        />
      </span>
      {dialog === 'stop' && app && (
        <AskFirst
          title={t('spaces.stopTitle', { spaceName })}
          confirm={t('spaces.stop')}
          close={close}
          act={() => stopSpace(space, app.appId)}
        >
          {t('spaces.stopText')}
        </AskFirst>
      )}
      {dialog === 'type' && (
        <ChooseType
          title={t('spaces.changeTypeTitle', { spaceName })}
          confirm={t('spaces.save')}
          current={space.instanceType}
          close={close}
          act={(instanceType) => changeSpace(space, instanceType)}
        >
          {t('spaces.changeTypeText')}
        </ChooseType>
      )}
      {dialog === 'delete' && (
        <AskFirst
          title={t('spaces.deleteTitle', { spaceName })}
          confirm={t('spaces.delete')}
          close={close}
          act={() => deleteSpace(space)}
        >
          {t('spaces.deleteText')}
        </AskFirst>
      )}
    </>
  );
}
