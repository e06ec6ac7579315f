/** pandas writes this one beside every data frame; the frame's own stylesheet does what it asks for. */
const dataFrameStyle = /<style scoped>[\s\S]*?<\/style>/g;
const needsItsOwnDocument =
  /<(?:script|style|iframe|frame|object|embed|applet|form|button|select|textarea|input|svg|math|video|audio|canvas|link|meta|base|dialog|template|marquee)\b|\son[a-z]+\s*=|javascript:/i;
/** More than this is not parsed in the midst of the notebook. */
const maximumStaticLength = 400_000;

/**
 * Whether HTML is shown in the notebook, sanitised, or as it is in a document of its own. Where this
 * judges wrongly nothing is lost but a look: the sanitiser does not rely on it.
 */
export function judgeHtml(html: string): { isStatic: boolean; html: string } {
  const withoutKnown = html.replaceAll(dataFrameStyle, '');
  const isStatic =
    withoutKnown.length <= maximumStaticLength && !needsItsOwnDocument.test(withoutKnown);
  return { isStatic, html: isStatic ? withoutKnown : html };
}
