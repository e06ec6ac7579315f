import { z } from 'zod';

/**
 * What a page of the console and the frame that renders a notebook say to each other
 * (`window.postMessage`). The frame has an opaque origin, no cookies and no network; whatever it says
 * may have been said by the notebook's own outputs, so it can only ask for what harms nobody.
 */
export const toViewerSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('render'),
    /**
     * nbformat 4, as it is stored: JSON text, or an ArrayBuffer with it, which the frame parses, or what was
     * parsed of it. Undefined:
     * what was prepared.
     */
    notebook: z.unknown(),
    language: z.enum(['en', 'ko']),
    theme: z.enum(['light', 'dark']),
    /** Unresolved comments by cell, from 0. */
    commentCounts: z.array(z.object({ cellIndex: z.int(), count: z.int() })),
    mayComment: z.boolean(),
  }),
  /** Read ahead, while there is no place to show it yet. */
  z.object({ type: z.literal('prepare'), notebook: z.unknown() }),
  z.object({ type: z.literal('theme'), theme: z.enum(['light', 'dark']) }),
  z.object({ type: z.literal('language'), language: z.enum(['en', 'ko']) }),
  z.object({
    type: z.literal('comments'),
    commentCounts: z.array(z.object({ cellIndex: z.int(), count: z.int() })),
  }),
  z.object({ type: z.literal('scroll-to-cell'), cellIndex: z.int().min(0) }),
  z.object({ type: z.literal('scroll-to-heading'), headingId: z.string() }),
  /** Empty: the marks go. */
  z.object({ type: z.literal('find'), text: z.string().max(500) }),
  z.object({ type: z.literal('find-next'), direction: z.enum(['forward', 'backward']) }),
  z.object({ type: z.literal('print') }),
]);
export type ToViewer = z.infer<typeof toViewerSchema>;

export const fromViewerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** The first cells can be seen. */
  z.object({ type: z.literal('painted') }),
  z.object({
    type: z.literal('rendered'),
    outline: z
      .array(
        z.object({
          headingId: z.string().max(500),
          level: z.int().min(1).max(6),
          text: z.string().max(500),
          cellIndex: z.int().min(0),
        }),
      )
      .max(5_000),
  }),
  z.object({ type: z.literal('failed'), reason: z.string().max(500) }),
  z.object({ type: z.literal('height'), pixels: z.number().min(0).max(10_000_000) }),
  z.object({
    type: z.literal('found'),
    matchCount: z.int().min(0),
    /** From 1; 0 where nothing matches. */
    current: z.int().min(0),
  }),
  /** Ctrl+F or Cmd+F was pressed in the frame: the page has a field for it. */
  z.object({ type: z.literal('find-asked') }),
  /** Somebody pressed a cell's comment button. */
  z.object({ type: z.literal('comment'), cellIndex: z.int().min(0) }),
]);
export type FromViewer = z.infer<typeof fromViewerSchema>;
