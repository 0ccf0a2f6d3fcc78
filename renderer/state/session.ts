/** What the host last told of itself: the session, kept up to date by its events. */
import { create } from 'zustand';
import type { AnyEvent, Fault, ItemLine, NetworkEvent, Preferences, Session, Work } from '../../main/contract/ipc.ts';
import { askBeforeLeaving, faultOf, listen, request } from '../host/bridge.ts';
import { DEFAULT_PREFERENCES } from './preferences.ts';

/** Phases of a piece of work that has not ended. */
export const RUNNING: ReadonlySet<Work['phase']> = new Set(['working', 'pausing', 'paused', 'stopping']);

interface SessionState {
  /** Null until the host has answered for the first time. */
  readonly session: Session | null;
  /** Why the host cannot be reached; null while it can. */
  readonly lost: Fault | null;
  /** Counts what changed in the case: whatever shows kept things asks anew. */
  readonly revision: number;
  /** The window is about to close while work runs, and the person is to be asked. */
  readonly closing: boolean;
  /** The last step of a connection that the user asked for. */
  readonly network: NetworkEvent | null;
  load(): Promise<void>;
  take(session: Session): void;
  stay(): void;
  prefer(change: Partial<Preferences>): Promise<void>;
}

export const useSession = create<SessionState>((set, get) => ({
  session: null,
  lost: null,
  revision: 0,
  closing: false,
  network: null,
  load: async () => {
    try {
      get().take(await request('session.state', {}));
    } catch (thrown) {
      set({ lost: faultOf(thrown) });
    }
  },
  take: (session) => set(({ revision }) => ({ session, lost: null, revision: revision + 1 })),
  stay: () => set({ closing: false }),
  prefer: async (change) => {
    const { session } = get();
    if (!session) return;
    const preferences = { ...session.preferences, ...change };
    set({ session: { ...session, preferences } });
    await request('preferences.set', preferences);
  },
}));

/** Begins to listen and asks for the session. Called once. */
export function startSession(): void {
  const { load } = useSession.getState();
  listen(heard, (reachable) => {
    if (reachable) void load();
    else useSession.setState({ lost: { code: 'HOST_UNREACHABLE', params: {} } });
  });
  askBeforeLeaving(() => useSession.getState().session?.work.phase === 'working');
  void load();
}

function heard({ name, event }: AnyEvent): void {
  const { session, load } = useSession.getState();
  switch (name) {
    case 'work':
      if (session) useSession.setState({ session: withWork(session, event) });
      break;
    case 'item':
      if (session) useSession.setState({ session: { ...session, items: withLine(session.items, event) } });
      break;
    case 'changed':
      void load();
      break;
    case 'network':
      useSession.setState({ network: event });
      break;
    case 'closing':
      useSession.setState({ closing: true });
      break;
  }
}

/** With a piece of work that begins, the lines of the one before are gone, as they are at the host. */
function withWork(session: Session, work: Work): Session {
  const begins = RUNNING.has(work.phase) && !RUNNING.has(session.work.phase);
  return { ...session, work, items: begins ? [] : session.items };
}

function withLine(lines: readonly ItemLine[], line: ItemLine): ItemLine[] {
  const at = lines.findIndex(({ entry }) => entry === line.entry);
  return at === -1 ? [...lines, line] : lines.with(at, line);
}

/** Whether something is being examined or waits to go on. */
export function useWorking(): boolean {
  return useSession(({ session }) => session !== null && RUNNING.has(session.work.phase));
}

/** The preferences of the person at the window; the machine's own before the host has answered. */
export function usePreferences(): Preferences {
  return useSession(({ session }) => session?.preferences ?? DEFAULT_PREFERENCES);
}
