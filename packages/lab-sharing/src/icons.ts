import { LabIcon } from '@jupyterlab/ui-components';
import shareSvg from '../style/icons/share-notebook.svg';

export const shareNotebookIcon = new LabIcon({
  name: 'strongroom:share-notebook',
  svgstr: shareSvg,
});

export { fileUploadIcon as versionIcon, stopIcon as revokeIcon } from '@jupyterlab/ui-components';
