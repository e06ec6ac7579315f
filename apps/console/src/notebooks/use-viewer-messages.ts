import { type FromViewer, fromViewerSchema, type ToViewer } from '@strongroom/contracts';
import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react';

/**
 * Listens to the frame and to nobody else; answers how to speak to it. Its origin is opaque, so no
 * message can be addressed to it by origin (HTML, section 9.3.3): the window itself is what counts, and
 * the page's content security policy keeps that window from showing anything but the viewer.
 */
export function useViewerMessages(
  frame: RefObject<HTMLIFrameElement>,
  hear: (message: FromViewer) => void,
): (message: ToViewer) => void {
  const listener = useRef(hear);
  listener.current = hear;
  // Before the frame can say anything, which it may do as soon as it is in the page.
  useLayoutEffect(() => {
    const read = ({ source, data }: MessageEvent<unknown>) => {
      if (source === null || source !== frame.current?.contentWindow) return;
      const message = fromViewerSchema.safeParse(data);
      if (message.success) listener.current(message.data);
    };
    window.addEventListener('message', read);
    return () => window.removeEventListener('message', read);
  }, [frame]);
  return useCallback((message) => frame.current?.contentWindow?.postMessage(message, '*'), [frame]);
}
