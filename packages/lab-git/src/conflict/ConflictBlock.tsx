import { useId, useState } from 'react';
import { TextDiff } from '../diff/TextDiff.tsx';
import type { Texts } from '../texts.ts';
import type { Decision } from './text-merge.ts';

export interface ConflictBlockProps {
  readonly title: string;
  /** Null where the side has deleted it. */
  readonly ours: string | null;
  readonly theirs: string | null;
  readonly decision: Decision | undefined;
  readonly trans: Texts;
  readonly onDecide: (decision: Decision) => void;
}

/** One conflict: what both sides have, and what is taken. */
export function ConflictBlock(props: ConflictBlockProps) {
  const { title, ours, theirs, decision, trans, onDecide } = props;
  const [draft, setDraft] = useState(ours ?? theirs ?? '');
  const headingId = useId();
  const chosen = typeof decision === 'object' ? 'edit' : decision;
  return (
    <section
      className="sr-GitConflict"
      aria-labelledby={headingId}
      data-decided={chosen !== undefined}
    >
      <h3 id={headingId}>{title}</h3>
      <div className="sr-GitConflict-names" aria-hidden="true">
        <span>{trans.__('Ours')}</span>
        <span>{trans.__('Theirs')}</span>
      </div>
      {ours !== null && theirs !== null ? (
        <TextDiff before={ours} after={theirs} layout="side-by-side" trans={trans} />
      ) : (
        <OneSided {...props} />
      )}
      <Choices {...{ title, chosen, trans }} canTakeBoth={ours !== null && theirs !== null}>
        {(choice) => onDecide(choice === 'edit' ? { text: draft } : choice)}
      </Choices>
      {chosen === 'edit' && (
        <textarea
          className="sr-GitConflict-edit"
          aria-label={trans.__('Text that is taken')}
          spellCheck={false}
          rows={Math.min(20, draft.split('\n').length + 1)}
          value={draft}
          onChange={(event) => {
            setDraft(event.target.value);
            onDecide({ text: event.target.value });
          }}
        />
      )}
    </section>
  );
}

function OneSided({ ours, theirs, trans }: ConflictBlockProps) {
  return (
    <div className="sr-GitConflict-pair">
      <pre>{ours ?? trans.__('(deleted)')}</pre>
      <pre>{theirs ?? trans.__('(deleted)')}</pre>
    </div>
  );
}

type Choice = 'ours' | 'theirs' | 'both' | 'edit';

interface ChoicesProps {
  readonly title: string;
  readonly chosen: Choice | undefined;
  readonly canTakeBoth: boolean;
  readonly trans: Texts;
  readonly children: (choice: Choice) => void;
}

function Choices({ title, chosen, canTakeBoth, trans, children: onChoose }: ChoicesProps) {
  const name = useId();
  const labels: readonly (readonly [Choice, string])[] = [
    ['ours', trans.__('Take ours')],
    ['theirs', trans.__('Take theirs')],
    ...(canTakeBoth ? [['both', trans.__('Take both')] as const] : []),
    ['edit', trans.__('Edit')],
  ];
  return (
    <fieldset className="sr-GitConflict-choices">
      <legend>{trans.__('What is taken for %1', title)}</legend>
      {labels.map(([choice, label]) => (
        <label key={choice}>
          <input
            type="radio"
            name={name}
            checked={choice === chosen}
            onChange={() => onChoose(choice)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
