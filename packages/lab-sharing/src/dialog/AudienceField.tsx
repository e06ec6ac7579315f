import type { ShareAudience, ShareChoices } from '@strongroom/contracts';
import { useId, useState } from 'react';
import { type Choosable, choosables, isChosen, matching, toggled } from '../model/audience.ts';
import { useDialog } from './dialog-context.ts';

interface AudienceFieldProps {
  readonly audience: ShareAudience;
  readonly choices: ShareChoices;
}

/** Everyone, or some of the teams and people, who can be searched for. */
export function AudienceField({ audience, choices }: AudienceFieldProps) {
  const { model, trans } = useDialog();
  const name = useId();
  const [isChosenOnly, setChosenOnly] = useState(!audience.everyone);
  const choose = (everyone: boolean) => {
    setChosenOnly(!everyone);
    model.change({ audience: { ...audience, everyone } });
  };
  return (
    <fieldset>
      <legend>{trans.__('Who may see it')}</legend>
      <label className="sr-Share-option">
        <input type="radio" name={name} checked={isChosenOnly} onChange={() => choose(false)} />
        {trans.__('Teams and people')}
      </label>
      {isChosenOnly && <Search audience={audience} choices={choices} />}
      <label className="sr-Share-option">
        <input type="radio" name={name} checked={!isChosenOnly} onChange={() => choose(true)} />
        {trans.__('Everyone in the domain')}
      </label>
    </fieldset>
  );
}

function Search({ audience, choices }: AudienceFieldProps) {
  const { model, trans } = useDialog();
  const [text, setText] = useState('');
  const all = choosables(choices);
  const found = matching(all, text);
  const toggle = (each: Choosable) => model.change({ audience: toggled(audience, each) });
  const nameOf = (each: Choosable) =>
    each.kind === 'team' ? trans.__('Team %1', each.name) : each.displayName;
  return (
    <div className="sr-Share-search">
      <ul className="sr-Share-chosen" aria-label={trans.__('Chosen')}>
        {all
          .filter((each) => isChosen(audience, each))
          .map((each) => (
            <li key={each.key}>
              {nameOf(each)}
              <button
                type="button"
                title={trans.__('Remove %1', nameOf(each))}
                aria-label={trans.__('Remove %1', nameOf(each))}
                onClick={() => toggle(each)}
              >
                ×
              </button>
            </li>
          ))}
      </ul>
      <input
        type="search"
        className="jp-mod-styled"
        placeholder={trans.__('Find a team or a person')}
        aria-label={trans.__('Find a team or a person')}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          // The only one that is left is meant; the form is not sent from here.
          event.preventDefault();
          const [only, ...others] = found;
          if (only === undefined || others.length > 0 || text === '') return;
          if (!isChosen(audience, only)) toggle(only);
          setText('');
        }}
      />
      <ul className="sr-Share-found">
        {found.map((each) => (
          <li key={each.key}>
            <label className="sr-Share-option">
              <input
                type="checkbox"
                checked={isChosen(audience, each)}
                onChange={() => toggle(each)}
              />
              <span>
                {nameOf(each)}
                {each.kind === 'person' && <small>{`${each.name} · ${each.team}`}</small>}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <p className="sr-Share-hint" role="status">
          {all.length === 0
            ? trans.__('There is nobody else in this domain yet.')
            : trans.__('No team and no person matches “%1”.', text)}
        </p>
      )}
    </div>
  );
}
