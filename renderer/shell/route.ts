/** Which screen is shown, and the way back. Kept in the page alone: no address ever carries a file's name or digest. */
import { create } from 'zustand';

/** What can be made of a case. */
export type ReportPart = 'record' | 'letters' | 'facts' | 'package' | 'hashes' | 'cover' | 'check';

export type Route =
  /** Victim mode: drop, progress, and the three cards of one item. */
  | { readonly screen: 'start' }
  | { readonly screen: 'work' }
  | { readonly screen: 'mine' }
  | { readonly screen: 'answer'; readonly item: string }
  /** Examiner mode. */
  | { readonly screen: 'items' }
  | { readonly screen: 'item'; readonly item: string; readonly atS?: number }
  | { readonly screen: 'compare'; readonly left: string; readonly right: string }
  | { readonly screen: 'persons' }
  | { readonly screen: 'queue' }
  /** Both. */
  | { readonly screen: 'cases' }
  | { readonly screen: 'case' }
  | { readonly screen: 'people' }
  | { readonly screen: 'report'; readonly part?: ReportPart; readonly item?: string }
  | { readonly screen: 'models' }
  | { readonly screen: 'settings' };

export type ScreenName = Route['screen'];

interface RouteState {
  readonly route: Route;
  readonly before: readonly Route[];
  go(route: Route): void;
  /** In the place of the present screen: there is no way back to it. */
  replace(route: Route): void;
  back(): void;
}

/** Screens that the way back remembers. */
const MAX_BEFORE = 50;

export const useRoute = create<RouteState>((set) => ({
  route: { screen: 'start' },
  before: [],
  go: (route) => set((state) => ({ route, before: [...state.before, state.route].slice(-MAX_BEFORE) })),
  replace: (route) => set({ route }),
  back: () => set(({ route, before }) => ({ route: before.at(-1) ?? route, before: before.slice(0, -1) })),
}));
