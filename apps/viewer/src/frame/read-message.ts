import type { ToViewer } from '@strongroom/contracts';
import { isRecord } from '../notebook/json-values.ts';

/**
 * What the page says, or nothing where it says something else. By hand and not by the contract's schema:
 * zod is more than all else that the first paint waits for. A test holds the two together.
 */
export function readMessage(value: unknown): ToViewer | undefined {
  if (!isRecord(value)) return undefined;
  const { type, theme, language, text, direction, cellIndex, headingId } = value;
  switch (type) {
    case 'render': {
      const { notebook, mayComment } = value;
      const commentCounts = readCounts(value.commentCounts);
      if (!isLanguage(language) || !isTheme(theme)) return undefined;
      if (typeof mayComment !== 'boolean' || commentCounts === undefined) return undefined;
      return { type, notebook, language, theme, commentCounts, mayComment };
    }
    case 'prepare':
      return { type, notebook: value.notebook };
    case 'theme':
      return isTheme(theme) ? { type, theme } : undefined;
    case 'language':
      return isLanguage(language) ? { type, language } : undefined;
    case 'comments': {
      const commentCounts = readCounts(value.commentCounts);
      return commentCounts && { type, commentCounts };
    }
    case 'scroll-to-cell':
      return isInteger(cellIndex) && cellIndex >= 0 ? { type, cellIndex } : undefined;
    case 'scroll-to-heading':
      return typeof headingId === 'string' ? { type, headingId } : undefined;
    case 'find':
      return typeof text === 'string' && text.length <= 500 ? { type, text } : undefined;
    case 'find-next':
      return direction === 'forward' || direction === 'backward' ? { type, direction } : undefined;
    case 'print':
      return { type };
    default:
      return undefined;
  }
}

function readCounts(value: unknown): { cellIndex: number; count: number }[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const counts = value.flatMap((each) =>
    isRecord(each) && isInteger(each.cellIndex) && isInteger(each.count)
      ? [{ cellIndex: each.cellIndex, count: each.count }]
      : [],
  );
  return counts.length === value.length ? counts : undefined;
}

function isLanguage(value: unknown): value is 'en' | 'ko' {
  return value === 'en' || value === 'ko';
}

function isTheme(value: unknown): value is 'light' | 'dark' {
  return value === 'light' || value === 'dark';
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
