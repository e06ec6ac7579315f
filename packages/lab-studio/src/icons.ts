import { LabIcon } from '@jupyterlab/ui-components';
import strongroomSvg from '../style/icons/strongroom.svg';

export const strongroomIcon = new LabIcon({ name: 'strongroom:logo', svgstr: strongroomSvg });
