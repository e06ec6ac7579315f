import Textarea from '@cloudscape-design/components/textarea';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { completeMention, type Mentionable, mentionAt, whomToMention } from './mention.ts';

interface MentionFieldProps {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly people: readonly Mentionable[];
  /** Ctrl+Enter. */
  readonly submit: () => void;
}

/** A text in which `@` offers people (WAI-ARIA, combobox with a listbox). */
export function MentionField({ text, setText, people, submit }: MentionFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const field = useRef<HTMLDivElement>(null);
  const [caret, setCaret] = useState<number>();
  const [chosen, setChosen] = useState(0);
  const begun = caret === undefined ? undefined : mentionAt(text, caret);
  const offered = begun === undefined ? [] : whomToMention(people, begun.query);
  const isOpen = offered.length > 0;
  const textarea = () => field.current?.querySelector('textarea');
  const readCaret = () => setCaret(textarea()?.selectionStart);

  const take = (person: Mentionable | undefined) => {
    if (begun === undefined || person === undefined) return;
    const done = completeMention(text, begun, person.profileName);
    setText(done.text);
    setCaret(undefined);
    requestAnimationFrame(() => {
      textarea()?.focus();
      textarea()?.setSelectionRange(done.caret, done.caret);
    });
  };
  const move = (step: number) => setChosen((chosen + step + offered.length) % offered.length);
  const acts: Readonly<Record<string, () => void>> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => take(offered[chosen]),
    Tab: () => take(offered[chosen]),
    Escape: () => setCaret(undefined),
  };
  return (
    <div className="mention-field" ref={field}>
      <Textarea
        value={text}
        rows={4}
        onChange={({ detail }) => {
          setText(detail.value);
          setChosen(0);
          readCaret();
        }}
        onBlur={() => setCaret(undefined)}
        onKeyDown={(event) => {
          const { key, ctrlKey, metaKey } = event.detail;
          if (key === 'Enter' && (ctrlKey || metaKey)) submit();
          const act = isOpen ? acts[key] : undefined;
          if (act === undefined) return;
          event.preventDefault();
          act();
        }}
        nativeTextareaAttributes={{
          role: 'combobox',
          'aria-autocomplete': 'list',
          'aria-expanded': isOpen,
          'aria-controls': `${id}-people`,
          ...(isOpen ? { 'aria-activedescendant': `${id}-${chosen}` } : {}),
        }}
      />
      <div
        id={`${id}-people`}
        role="listbox"
        aria-label={t('shares.comment.mention')}
        className="mention-people"
        hidden={!isOpen}
      >
        {offered.map((person, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text
          <div
            key={person.profileName}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            onMouseDown={(event) => {
              event.preventDefault();
              take(person);
            }}
          >
            <bdi className="long-name">{person.displayName}</bdi>
            <small>@{person.profileName}</small>
          </div>
        ))}
      </div>
    </div>
  );
}
