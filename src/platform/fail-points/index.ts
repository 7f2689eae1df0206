export { FAIL_POINTS, dice, failPoint, type FailPoint } from './fail-points.js';
