/// <reference types="vite/client" />

// Packages whose styles are imported for their effect.
declare module '@mantine/core/styles/*.css';
