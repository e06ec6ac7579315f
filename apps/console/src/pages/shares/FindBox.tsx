import Button from '@cloudscape-design/components/button';
import Input from '@cloudscape-design/components/input';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotebookView } from './use-notebook-view.ts';

const pauseMilliseconds = 150;
const maximumLength = 500;

/** Finds in the frame, which the browser's own field would not reach as a whole. Ctrl+F leads here. */
export function FindBox({ view }: { view: NotebookView }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const { frame, findField, focusFind, found, isPanelOpen, setPanelOpen } = view;
  useFindKey(findField, focusFind);
  useEffect(() => {
    const timer = setTimeout(() => frame.current?.tell({ type: 'find', text }), pauseMilliseconds);
    return () => clearTimeout(timer);
  }, [frame, text]);
  const go = (direction: 'forward' | 'backward') =>
    frame.current?.tell({ type: 'find-next', direction });
  const panelText = t(isPanelOpen ? 'shares.view.hidePanel' : 'shares.view.showPanel');
  const isFound = text !== '' && found.matchCount > 0;
  return (
    <div className="share-find">
      <div ref={findField} className="share-find-field">
        <Input
          type="search"
          value={text}
          placeholder={t('shares.search.label')}
          ariaLabel={t('shares.search.label')}
          clearAriaLabel={t('shares.search.clear')}
          onChange={({ detail }) => setText(detail.value.slice(0, maximumLength))}
          onKeyDown={({ detail }) => {
            if (detail.key === 'Enter') go(detail.shiftKey ? 'backward' : 'forward');
            if (detail.key === 'Escape') setText('');
          }}
        />
      </div>
      <span className="share-find-count" aria-live="polite">
        {text !== '' &&
          t(isFound ? 'shares.search.count' : 'shares.search.none', {
            ...{ current: found.current, count: found.matchCount },
          })}
      </span>
      <Button
        variant="icon"
        iconName="angle-up"
        disabled={!isFound}
        ariaLabel={t('shares.search.previous')}
        onClick={() => go('backward')}
      />
      <Button
        variant="icon"
        iconName="angle-down"
        disabled={!isFound}
        ariaLabel={t('shares.search.next')}
        onClick={() => go('forward')}
      />
      <span className="share-find-end" title={panelText}>
        <Button
          variant="icon"
          iconName={isPanelOpen ? 'angle-right-double' : 'angle-left-double'}
          ariaExpanded={isPanelOpen}
          ariaLabel={panelText}
          onClick={() => setPanelOpen(!isPanelOpen)}
        />
      </span>
    </div>
  );
}

/** Pressed again while the field has the focus, it is the browser's own. */
function useFindKey(field: NotebookView['findField'], focusFind: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isFind = (event.ctrlKey || event.metaKey) && !event.altKey && event.key === 'f';
      if (!isFind || field.current?.contains(document.activeElement)) return;
      event.preventDefault();
      focusFind();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [field, focusFind]);
}
