import { useTranslation } from 'react-i18next';

const shownNames = 6;

/** Names as a person can take them in; of many only how many more there are. */
export function NameList({ names }: { names: readonly string[] }) {
  const { t } = useTranslation();
  const rest = names.length - shownNames;
  return (
    <ul>
      {names.slice(0, shownNames).map((name) => (
        <li key={name} className="long-name">
          {name}
        </li>
      ))}
      {rest > 0 && <li>{t('objects.more', { count: rest })}</li>}
    </ul>
  );
}
