/** Every screen by name, each in a file of its own that is loaded when it is first shown. What is not here has no way to it. */
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Route, ScreenName } from './route.ts';

export type Screen<Name extends ScreenName> = ComponentType<{ readonly route: Extract<Route, { screen: Name }> }>;

export const SCREENS: { readonly [Name in ScreenName]?: LazyExoticComponent<Screen<Name>> } = {
  start: lazy(() => import('../victim/StartScreen.tsx')),
  work: lazy(() => import('../victim/WorkScreen.tsx')),
  mine: lazy(() => import('../victim/MineScreen.tsx')),
  answer: lazy(() => import('../victim/AnswerScreen.tsx')),
  persons: lazy(() => import('../examiner/PersonsScreen.tsx')),
  people: lazy(() => import('../people/PeopleScreen.tsx')),
  queue: lazy(() => import('../queue/QueueScreen.tsx')),
  cases: lazy(() => import('../cases/CasesScreen.tsx')),
  case: lazy(() => import('../cases/CaseScreen.tsx')),
  report: lazy(() => import('../report/ReportScreen.tsx')),
  models: lazy(() => import('../settings/ModelsScreen.tsx')),
  settings: lazy(() => import('../settings/SettingsScreen.tsx')),
  items: lazy(() => import('../examiner/ItemsScreen.tsx')),
  item: lazy(() => import('../examiner/ItemScreen.tsx')),
  compare: lazy(() => import('../examiner/CompareScreen.tsx')),
};
