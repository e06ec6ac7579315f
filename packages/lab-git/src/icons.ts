import { LabIcon } from '@jupyterlab/ui-components';
import fetchSvg from '../style/icons/fetch.svg';
import gitSvg from '../style/icons/git.svg';
import mergeSvg from '../style/icons/merge.svg';
import minusSvg from '../style/icons/minus.svg';
import pullSvg from '../style/icons/pull.svg';
import pushSvg from '../style/icons/push.svg';

export const fetchIcon = new LabIcon({ name: 'strongroom:git-fetch', svgstr: fetchSvg });
export const gitIcon = new LabIcon({ name: 'strongroom:git', svgstr: gitSvg });
export const mergeIcon = new LabIcon({ name: 'strongroom:git-merge', svgstr: mergeSvg });
export const minusIcon = new LabIcon({ name: 'strongroom:git-minus', svgstr: minusSvg });
export const pullIcon = new LabIcon({ name: 'strongroom:git-pull', svgstr: pullSvg });
export const pushIcon = new LabIcon({ name: 'strongroom:git-push', svgstr: pushSvg });
