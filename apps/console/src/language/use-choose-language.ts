import type { Language } from '@strongroom/contracts';
import { useCallback, useState } from 'react';
import { PageNotLoaded } from '../shell/lazy-page.ts';
import { chooseLanguage } from './start-language.ts';

/** Where a language's texts do not come, the boundary around the caller says so. */
export function useChooseLanguage(): (language: Language) => void {
  const [failure, setFailure] = useState<PageNotLoaded>();
  if (failure !== undefined) throw failure;
  return useCallback((language) => {
    chooseLanguage(language).catch((cause: unknown) => {
      setFailure(new PageNotLoaded('Cannot show the language: its texts did not come', { cause }));
    });
  }, []);
}
