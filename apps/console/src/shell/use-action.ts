import { useState } from 'react';
import { noticeSignedOut, queryClient } from '../api/queries.ts';

/** A request that a button makes: whether it is under way, how it failed, and a refresh of what is shown after it. */
export function useAction() {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const run = async (act: () => Promise<void>) => {
    setBusy(true);
    setError(undefined);
    try {
      await act();
      await Promise.all(
        ['domain', 'apps'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
      );
    } catch (caught) {
      setError(caught);
      noticeSignedOut(caught);
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, error, run };
}
