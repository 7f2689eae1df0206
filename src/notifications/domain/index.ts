export * from './breaker.js';
export * from './notification.js';
export * from './plan-notifications.js';
export * from './retry.js';
export * from './why-not-to-send.js';
export * from './when-to-remind.js';
export * from './when-to-send.js';
