// Order matters: Lab reads the page configuration while its modules are evaluated.
import './page-defaults.ts';
import '#styles';
import { bootstrap } from './bootstrap.ts';

bootstrap().catch((error: unknown) => {
  console.error(error);
  // The page's stylesheet shows what to do.
  document.documentElement.dataset.labFailed = 'true';
});
