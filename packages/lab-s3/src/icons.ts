import { LabIcon } from '@jupyterlab/ui-components';
import bucketSvg from '../style/icons/bucket.svg';

export const bucketIcon = new LabIcon({ name: 'strongroom:bucket', svgstr: bucketSvg });
