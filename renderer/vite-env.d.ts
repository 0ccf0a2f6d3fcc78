/// <reference types="vite/client" />

// Packages whose styles are imported for their effect.
declare module '@mantine/core/styles/*.css';

// What vite.config.ts makes of main/strings, in one order.
declare module 'virtual:sentence-ids' {
  const ids: readonly string[];
  export default ids;
}
declare module 'virtual:sentences/*' {
  const texts: readonly string[];
  export default texts;
}
