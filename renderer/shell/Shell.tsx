/** What stands around every screen: the name, the ways there are, the work in hand, the network's state, and what must be said first. */
import { Anchor, AppShell, Burger, Button, Group, SegmentedControl, Text, UnstyledButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { FaultNote } from '../parts/Fault.tsx';
import { usePreferences, useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import { CaseFault, DEFAULT_CASE } from './CaseFault.tsx';
import { ClosingDialog } from './ClosingDialog.tsx';
import { Curtain } from './Curtain.tsx';
import { useFocusOnNewScreen } from './focus.ts';
import { Recovered } from './Recovered.tsx';
import { type Route, type ScreenName, useRoute } from './route.ts';
import classes from './Shell.module.css';
import { SCREENS } from './screens.ts';
import { WorkStrip } from './WorkStrip.tsx';

const CONTENT = 'content';
const HEADER_PX = 56;
const NAV_PX = 208;

/** Screens that are entered without an item, by mode, in order. What has no screen, or needs a capability the host lacks, is left out. */
const WAYS: Readonly<Record<'victim' | 'examiner', readonly ScreenName[]>> = {
  victim: ['start', 'mine', 'people', 'report', 'case', 'settings'],
  examiner: ['items', 'start', 'persons', 'people', 'queue', 'report', 'cases', 'case', 'models', 'settings'],
};

/** The way that leads back to a screen without one of its own. */
const BELONGS: Readonly<Partial<Record<ScreenName, ScreenName>>> = {
  work: 'start',
  answer: 'mine',
  item: 'items',
  compare: 'items',
};

/** The screen that each mode begins with. */
const HOME = { victim: { screen: 'start' }, examiner: { screen: 'items' } } as const satisfies Record<string, Route>;

export function Shell({ children }: { readonly children: ReactNode }) {
  const { say } = useWords();
  const session = useSession((state) => state.session);
  const lost = useSession((state) => state.lost);
  const load = useSession((state) => state.load);
  const goTo = useRoute((state) => state.go);
  useFocusOnNewScreen(CONTENT);
  /** In a narrow window the ways are behind a button. */
  const [menu, setMenu] = useState(false);
  const go = (to: Route) => {
    setMenu(false);
    goTo(to);
  };
  return (
    <Curtain>
      <AppShell
        header={{ height: HEADER_PX }}
        navbar={{ width: NAV_PX, breakpoint: 'sm', collapsed: { mobile: !menu } }}
        padding={{ base: 'lg', sm: 'xl' }}
      >
        <Anchor href={`#${CONTENT}`} className="skip">
          {say('ui.shell.skip')}
        </Anchor>
        <AppShell.Header px={{ base: 'sm', sm: 'lg' }} className={classes.header}>
          <Header menu={menu} turnMenu={() => setMenu(!menu)} go={go} />
        </AppShell.Header>
        <AppShell.Navbar p="md" className={classes.nav}>
          <Ways go={go} />
        </AppShell.Navbar>
        <AppShell.Main id={CONTENT} tabIndex={-1}>
          <div className={classes.notices}>
            {lost ? <FaultNote fault={lost} act={{ words: say('ui.again'), run: () => void load() }} /> : null}
            {session?.fault ? <CaseFault fault={session.fault} /> : null}
            {session && session.unfinished.length > 0 ? <Recovered unfinished={session.unfinished} /> : null}
          </div>
          {children}
        </AppShell.Main>
        <ClosingDialog />
      </AppShell>
    </Curtain>
  );
}

interface HeaderProps {
  /** Whether the ways are shown in a narrow window. */
  readonly menu: boolean;
  turnMenu(): void;
  go(to: Route): void;
}

function Header({ menu, turnMenu, go }: HeaderProps) {
  const { say, language } = useWords();
  const session = useSession((state) => state.session);
  const prefer = useSession((state) => state.prefer);
  const mode = usePreferences().mode ?? 'victim';
  return (
    <Group h="100%" justify="space-between" wrap="nowrap">
      <Group gap="sm" wrap="nowrap">
        <Burger
          hiddenFrom="sm"
          size="sm"
          opened={menu}
          aria-expanded={menu}
          aria-label={say('ui.shell.ways')}
          onClick={turnMenu}
        />
        <UnstyledButton onClick={() => go(HOME[mode])}>
          <Text component="span" size="md" fw={600}>
            {say('ui.name')}
          </Text>
        </UnstyledButton>
        {session?.case ? (
          <Text size="xs" c="dimmed" truncate maw={260} visibleFrom="sm" ml="sm">
            {session.case.name === DEFAULT_CASE
              ? say('ui.shell.case.default')
              : say('ui.shell.case', { name: session.case.name })}
          </Text>
        ) : null}
      </Group>
      <Group gap="md" wrap="nowrap">
        <WorkStrip />
        <Text size="xs" c="dimmed" role="status">
          {say(session?.network === 'fetching' ? 'ui.network.fetching' : 'ui.network.off')}
        </Text>
        <SegmentedControl
          visibleFrom="xs"
          size="xs"
          aria-label={say('ui.shell.language')}
          value={language}
          onChange={(chosen) => void prefer({ language: chosen as 'zh' | 'en' })}
          data={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
        />
      </Group>
    </Group>
  );
}

/** The screens of the mode, and the way to the other mode. */
function Ways({ go }: Pick<HeaderProps, 'go'>) {
  const { say } = useWords();
  const capabilities = useSession((state) => state.session?.capabilities) ?? [];
  const prefer = useSession((state) => state.prefer);
  const mode = usePreferences().mode ?? 'victim';
  const other = mode === 'victim' ? 'examiner' : 'victim';
  const { screen } = useRoute((state) => state.route);
  const here = BELONGS[screen] ?? screen;
  const ways = WAYS[mode].filter(
    (name) =>
      SCREENS[name] !== undefined &&
      (name !== 'report' || capabilities.includes('report')) &&
      (name !== 'persons' || capabilities.includes('persons')),
  );
  const change = () => {
    void prefer({ mode: other });
    go(HOME[other]);
  };
  return (
    <>
      <nav aria-label={say('ui.shell.ways')} className={classes.ways}>
        {ways.map((name) => (
          <UnstyledButton
            key={name}
            className={classes.way}
            aria-current={name === here ? 'page' : undefined}
            onClick={() => go({ screen: name } as Route)}
          >
            {say(mode === 'examiner' && name === 'people' ? 'ui.people.title' : `ui.way.${name}`)}
          </UnstyledButton>
        ))}
      </nav>
      <div className={classes.foot}>
        <Button variant="subtle" size="compact-sm" onClick={change}>
          {say(`ui.shell.to-${other}`)}
        </Button>
        <Text size="xs" c="dimmed">
          {say('ui.shell.hide')}
        </Text>
      </div>
    </>
  );
}
