export { completeConfig, config, ConfigurationInvalid, localAddress, readConfig } from './config.js';
export type { Config, LogLevel, ProcessRole } from './config.types.js';
export { VARIABLES } from './variables.js';
