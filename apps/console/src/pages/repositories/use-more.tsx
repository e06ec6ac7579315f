import Button from '@cloudscape-design/components/button';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** The beginning of something long, and a button that shows as much again. */
export function useMore<Item>(
  items: readonly Item[],
  atOnce: number,
): { readonly shown: readonly Item[]; readonly button: ReactNode } {
  const { t } = useTranslation();
  const [count, setCount] = useState(atOnce);
  return {
    shown: items.slice(0, count),
    button: items.length > count && (
      <div className="show-more">
        <Button onClick={() => setCount(count + atOnce)}>
          {t('repositories.showMore', { shown: count, count: items.length })}
        </Button>
      </div>
    ),
  };
}
