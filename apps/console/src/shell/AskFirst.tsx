import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal, { type ModalProps } from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from './Failure.tsx';
import { useAction } from './use-action.ts';

interface AskFirstProps {
  readonly title: string;
  readonly confirm: string;
  readonly children: ReactNode;
  readonly isReady?: boolean;
  readonly size?: ModalProps.Size;
  readonly act: () => Promise<void>;
  readonly close: () => void;
}

/** A question before something that cannot be taken back; stays open and says why when it failed. */
export function AskFirst(props: AskFirstProps) {
  const { title, confirm, children, isReady = true, size = 'medium', act, close } = props;
  const { t } = useTranslation();
  const { isBusy, error, run } = useAction();
  const submit = () =>
    run(async () => {
      await act();
      close();
    });
  return (
    <Modal
      visible
      size={size}
      header={title}
      closeAriaLabel={t('close')}
      onDismiss={close}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={close}>
              {t('cancel')}
            </Button>
            <Button
              variant="primary"
              loading={isBusy}
              disabled={!isReady}
              onClick={() => void submit()}
            >
              {confirm}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <form
          ref={focusFirstField}
          onSubmit={(event) => {
            event.preventDefault();
            if (isReady && !isBusy) void submit();
          }}
        >
          {children}
          <button type="submit" hidden />
        </form>
        {error !== undefined && <Failure error={error} />}
      </SpaceBetween>
    </Modal>
  );
}

/** After the dialog itself has taken the focus to its close button. */
function focusFirstField(form: HTMLFormElement | null): void {
  const field = form?.querySelector<HTMLInputElement>('input:not([type=checkbox], [type=radio])');
  if (field) requestAnimationFrame(() => field.focus());
}
