/** The window as a whole: theme and language of the person around the screen that is shown. */
import { Loader, MantineProvider } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Suspense, useLayoutEffect, useMemo } from 'react';
import type { Preferences } from '../../main/contract/ipc.ts';
import { usePreferences } from '../state/session.ts';
import { themeOf, variables } from '../theme/theme.ts';
import { useFollowedLanguage, useWords } from '../words/words.ts';
import { type Route, useRoute } from './route.ts';
import { Shell } from './Shell.tsx';
import { SCREENS, type Screen } from './screens.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';

export function App() {
  const preferences = usePreferences();
  const { scheme, contrast } = useScheme(preferences.theme);
  useFollowedLanguage(preferences.language);
  const showSecret = useWords().say('ui.secret.show');
  const theme = useMemo(() => themeOf(showSecret), [showSecret]);
  useLayoutEffect(() => {
    document.documentElement.toggleAttribute('data-contrast', contrast);
  }, [contrast]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      forceColorScheme={scheme}
      getStyleNonce={() => nonce}
    >
      <Shell>
        <Suspense fallback={<Loader m="xl" type="dots" />}>
          <CurrentScreen />
        </Suspense>
      </Shell>
    </MantineProvider>
  );
}

function CurrentScreen() {
  const route = useRoute((state) => state.route);
  const Shown = SCREENS[route.screen] as Screen<Route['screen']> | undefined;
  return Shown ? <Shown route={route} /> : null;
}

function useScheme(chosen: Preferences['theme']): { scheme: 'light' | 'dark'; contrast: boolean } {
  const dark = useMediaQuery('(prefers-color-scheme: dark)', false, { getInitialValueInEffect: false });
  const moreContrast = useMediaQuery('(prefers-contrast: more)', false, { getInitialValueInEffect: false });
  if (chosen === 'system') return { scheme: dark && !moreContrast ? 'dark' : 'light', contrast: Boolean(moreContrast) };
  return { scheme: chosen === 'dark' ? 'dark' : 'light', contrast: chosen === 'contrast' };
}
