export * from './device.js';
export * from './erasure.js';
export * from './password-rule.js';
export * from './session-life.js';
export * from './sign-in-delay.js';
export * from './organisation-role.js';
export * from './scope.js';
