import DOMPurify from 'dompurify';
import { keepHarmlessStyle } from './harmless-style.ts';

/**
 * What JupyterLab's sanitiser lets through, less what would need a network. Scripts could not run past
 * the frame's content security policy either; this keeps HTML from covering or imitating what is not its
 * own: no stylesheets, no classes of ours, no ids but under a prefix, no forms.
 */
const allowedTags = [
  ...[
    'a',
    'abbr',
    'acronym',
    'address',
    'article',
    'aside',
    'b',
    'bdi',
    'bdo',
    'big',
    'blockquote',
  ],
  ...['br', 'caption', 'center', 'cite', 'code', 'col', 'colgroup', 'dd', 'del', 'details', 'dfn'],
  ...['div', 'dl', 'dt', 'em', 'figcaption', 'figure', 'font', 'footer', 'h1', 'h2', 'h3', 'h4'],
  ...['h5', 'h6', 'header', 'hgroup', 'hr', 'i', 'img', 'input', 'ins', 'kbd', 'li', 'map', 'mark'],
  ...[
    'meter',
    'ol',
    'p',
    'pre',
    'progress',
    'q',
    'rp',
    'rt',
    'ruby',
    's',
    'samp',
    'section',
    'small',
  ],
  ...['span', 'strike', 'strong', 'sub', 'summary', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th'],
  ...['thead', 'time', 'tr', 'tt', 'u', 'ul', 'var', 'wbr'],
];
const allowedAttributes = [
  ...['abbr', 'align', 'alt', 'bgcolor', 'border', 'cellpadding', 'cellspacing', 'checked', 'cite'],
  ...['class', 'color', 'colspan', 'datetime', 'dir', 'disabled', 'headers', 'height', 'high'],
  ...['href', 'id', 'lang', 'low', 'max', 'min', 'name', 'open', 'optimum', 'reversed', 'rowspan'],
  ...[
    'scope',
    'size',
    'span',
    'src',
    'start',
    'style',
    'title',
    'type',
    'valign',
    'value',
    'width',
  ],
];
const allowedClass = /^(?:dataframe|language-[\w+#.-]{1,40})$/;

let purifier: ReturnType<typeof DOMPurify> | undefined;

/** Harmless markup of somebody else's HTML, in a fragment that belongs to nothing yet. */
export function sanitise(html: string): DocumentFragment {
  purifier ??= preparePurifier();
  return purifier.sanitize(html, {
    ALLOWED_TAGS: allowedTags,
    ALLOWED_ATTR: allowedAttributes,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    SANITIZE_NAMED_PROPS: true,
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|#|data:image\/|attachment:|[^:]*$)/i,
    RETURN_DOM_FRAGMENT: true,
  });
}

function preparePurifier() {
  const made = DOMPurify(window);
  made.addHook('uponSanitizeAttribute', (_node, data) => {
    if (data.attrName === 'style') data.attrValue = keepHarmlessStyle(data.attrValue);
    if (data.attrName !== 'class') return;
    const classes = data.attrValue.split(/\s+/).filter((name) => allowedClass.test(name));
    data.attrValue = classes.join(' ');
    data.keepAttr = classes.length > 0;
  });
  made.addHook('afterSanitizeAttributes', (node) => {
    // The box of a task list, and nothing that could be typed into.
    if (node.tagName === 'INPUT') {
      if (node.getAttribute('type') !== 'checkbox') node.remove();
      node.setAttribute('disabled', '');
    }
    if (node.tagName !== 'A') return;
    if (!/^(?:https?:|mailto:)/i.test(node.getAttribute('href') ?? '')) return;
    node.setAttribute('target', '_blank');
    node.setAttribute('rel', 'noopener noreferrer nofollow');
  });
  return made;
}
