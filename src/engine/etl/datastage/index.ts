import { notYetSupported } from '../not-yet.ts';

export const datastageTool = notYetSupported('datastage');
