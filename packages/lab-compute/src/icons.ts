import { LabIcon } from '@jupyterlab/ui-components';
import jobsSvg from '../style/icons/jobs.svg';

export const jobsIcon = new LabIcon({ name: 'strongroom:jobs', svgstr: jobsSvg });
