import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IThemeManager } from '@jupyterlab/apputils';
import { ITranslator } from '@jupyterlab/translation';

/**
 * Lab's three themes in our colours. They keep upstream's names, under which a person's settings
 * from elsewhere know them, and carry ours where people read them.
 */
export const themesPlugin: JupyterFrontEndPlugin<void> = {
  id: '@strongroom/lab-studio:themes',
  description: 'Light, dark and high contrast.',
  autoStart: true,
  requires: [IThemeManager, ITranslator],
  activate: (app: JupyterFrontEnd, manager: IThemeManager, translator: ITranslator) => {
    const trans = translator.load('strongroom');
    const themes = [
      { name: 'JupyterLab Light', displayName: trans.__('Light'), file: 'light', isLight: true },
      { name: 'JupyterLab Dark', displayName: trans.__('Dark'), file: 'dark', isLight: false },
      {
        name: 'JupyterLab Dark High Contrast',
        displayName: trans.__('Dark, High Contrast'),
        file: 'dark-high-contrast',
        isLight: false,
      },
    ];
    for (const { name, displayName, file, isLight } of themes) {
      manager.register({
        name,
        displayName,
        isLight,
        themeScrollbars: !isLight,
        load: () => manager.loadCSS(`@strongroom/lab-studio/${file}/index.css`),
        unload: () => Promise.resolve(undefined),
      });
    }
    applyChosenTheme(app, manager);
  },
};

/**
 * While Lab follows the system (our default), upstream's command only ends that and leaves the
 * theme at its default, whichever one the person chose. This sets what they chose.
 */
function applyChosenTheme({ commands }: JupyterFrontEnd, manager: IThemeManager): void {
  commands.commandExecuted.connect((_, { id, args, result }) => {
    const { theme } = args;
    if (id !== 'apputils:change-theme' || typeof theme !== 'string') return;
    void result.then(async () => {
      if (manager.theme !== theme) await manager.setTheme(theme);
    });
  });
}
