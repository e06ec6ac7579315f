import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type ShareVersion, shareCommentRequestSchema } from '@strongroom/contracts';
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addComment } from '../../api/shares.ts';
import { Failure } from '../../shell/Failure.tsx';
import { useAction } from '../../shell/use-action.ts';
import { MentionField } from './MentionField.tsx';
import type { Mentionable } from './mention.ts';
import type { NotebookView } from './use-notebook-view.ts';

interface WriteCommentProps {
  readonly shareId: string;
  readonly shown: ShareVersion;
  readonly target: NotebookView['target'];
  readonly people: readonly Mentionable[];
}

const maximumLength = 4_000;
const textSchema = shareCommentRequestSchema.shape.text;

export function WriteComment({ shareId, shown, target, people }: WriteCommentProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [cellIndex, setCellIndex] = useState<number | null>(null);
  const { isBusy, error, run } = useAction();
  const field = useRef<HTMLDivElement>(null);
  const options = useCells(shown.cellCount);
  useEffect(() => {
    if (target.times === 0) return;
    setCellIndex(target.cellIndex);
    field.current?.querySelector('textarea')?.focus();
  }, [target]);

  const isEmpty = text.trim() === '';
  const isReady = textSchema.safeParse(text).success;
  const why = text.length > maximumLength ? 'tooLong' : 'invisible';
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (!isReady || isBusy) return;
    void run(async () => {
      await addComment(shareId, { version: shown.version, cellIndex, text });
      setText('');
    });
  };
  return (
    <form onSubmit={submit}>
      <SpaceBetween size="s">
        <FormField label={t('shares.comment.on')}>
          <Select
            options={options}
            filteringType={options.length > 12 ? 'auto' : 'none'}
            virtualScroll
            selectedOption={options[cellIndex === null ? 0 : cellIndex + 1] ?? null}
            onChange={({ detail: { selectedOption } }) =>
              setCellIndex(selectedOption.value === '' ? null : Number(selectedOption.value))
            }
          />
        </FormField>
        <FormField
          label={t('shares.comment.write')}
          constraintText={t('shares.comment.writeRule')}
          {...(isEmpty || isReady
            ? {}
            : { errorText: t(`shares.comment.${why}`, { count: maximumLength }) })}
        >
          <div ref={field}>
            <MentionField {...{ text, setText, people, submit }} />
          </div>
        </FormField>
        {error !== undefined && <Failure error={error} />}
        <Button loading={isBusy} disabled={!isReady}>
          {t('shares.comment.submit')}
        </Button>
      </SpaceBetween>
    </form>
  );
}

function useCells(cellCount: number) {
  const { t } = useTranslation();
  return useMemo(
    () => [
      { value: '', label: t('shares.comment.whole') },
      ...Array.from({ length: cellCount }, (_, index) => ({
        value: String(index),
        label: t('notebooks.cell', { number: index + 1 }),
      })),
    ],
    [t, cellCount],
  );
}
