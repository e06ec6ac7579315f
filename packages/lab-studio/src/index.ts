import { aboutPlugin } from './about-plugin.ts';
import { connectionDialogPlugin } from './connection-dialog-plugin.ts';
import { connectionMonitorPlugin, serverSettingsPlugin } from './connection-plugins.ts';
import { consolePlugin } from './console-plugin.ts';
import { egressPlugin } from './egress-plugin.ts';
import { logoPlugin } from './logo-plugin.ts';
import { splashPlugin } from './splash-plugin.ts';
import { statusPlugin } from './status-plugin.ts';
import { statusRoomPlugin } from './status-room-plugin.ts';
import { studioPlugin } from './studio-plugin.ts';
import { themesPlugin } from './themes-plugin.ts';
import { unreadDocumentsPlugin } from './unread-documents-plugin.ts';
import { windowNamePlugin } from './window-name-plugin.ts';

// Lab takes an extension's plugins from its default export.
export default [
  aboutPlugin,
  connectionDialogPlugin,
  connectionMonitorPlugin,
  consolePlugin,
  egressPlugin,
  logoPlugin,
  serverSettingsPlugin,
  splashPlugin,
  statusPlugin,
  statusRoomPlugin,
  studioPlugin,
  themesPlugin,
  unreadDocumentsPlugin,
  windowNamePlugin,
];
