/** Quiet paper and ink: colours, type scale and space of the window, as Mantine's theme and as variables for our own styles. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** Deep teal, the one accent: buttons have step 6 below white words in both schemes, words have step 6 on light and 4 on dark ground. */
const teal: MantineColorsTuple = [
  '#e9f4f4',
  '#d3e7e7',
  '#a9d0d0',
  '#7cb8b8',
  '#57a3a4',
  '#2f8587',
  '#0f6b6e',
  '#0b5658',
  '#084445',
  '#053233',
];

/** Ochre: needs your attention. Never for findings. */
const ochre: MantineColorsTuple = [
  '#fbf3e2',
  '#f4e4c1',
  '#e9cc8d',
  '#ddb257',
  '#d39c2f',
  '#b98013',
  '#8f6107',
  '#744e05',
  '#5b3d04',
  '#402b03',
];

/** Grounds and borders of the dark theme, in the hue of its ink. */
const dark: MantineColorsTuple = [
  '#eceae4',
  '#c9cbcf',
  '#a9adb3',
  '#7d838c',
  '#4b525c',
  '#363b43',
  '#22262d',
  '#1c1f25',
  '#14161a',
  '#0e1013',
];

/** `showSecret`: what a button that shows a typed passphrase is called; of Mantine's own words this one alone reaches a person. */
export const themeOf = (showSecret: string) =>
  createTheme({
    primaryColor: 'teal',
    primaryShade: 6,
    autoContrast: true,
    colors: { teal, ochre, dark },
    white: '#fbfaf7',
    black: '#14161a',
    fontFamily: '"Noto Sans SC", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif',
    fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "Noto Sans Mono", monospace',
    fontSizes: { xs: '13px', sm: '15px', md: '17px', lg: '22px', xl: '28px' },
    lineHeights: { xs: '1.5', sm: '1.5', md: '1.5', lg: '1.35', xl: '1.3' },
    spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '40px' },
    defaultRadius: '6px',
    focusRing: 'always',
    cursorType: 'pointer',
    respectReducedMotion: true,
    components: { PasswordInput: { defaultProps: { visibilityToggleButtonProps: { 'aria-label': showSecret } } } },
    headings: {
      fontWeight: '600',
      sizes: {
        h1: { fontSize: '28px', lineHeight: '1.3' },
        h2: { fontSize: '22px', lineHeight: '1.35' },
        h3: { fontSize: '17px', lineHeight: '1.5' },
        h4: { fontSize: '15px', lineHeight: '1.5' },
      },
    },
  });

/**
 * `--ground` the window, `--sheet` what lies on it, `--line` rules and borders, `--ink` text, `--quiet` text of second rank
 * (AA on both grounds), `--attention` its mark. High contrast is told from light by `data-contrast` on the root (theme.css).
 */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#fbfaf7',
    '--mantine-color-text': '#14161a',
    '--mantine-color-dimmed': '#55595f',
    '--ground': '#fbfaf7',
    '--sheet': '#ffffff',
    '--line': '#d9d6cd',
    '--ink': '#14161a',
    '--quiet': '#55595f',
    '--accent': '#0f6b6e',
    '--attention': '#8f6107',
  },
  dark: {
    '--mantine-color-body': '#14161a',
    '--mantine-color-text': '#eceae4',
    '--mantine-color-dimmed': '#a9adb3',
    '--ground': '#14161a',
    '--sheet': '#1c1f25',
    '--line': '#363b43',
    '--ink': '#eceae4',
    '--quiet': '#a9adb3',
    '--accent': '#57a3a4',
    '--attention': '#ddb257',
  },
});
