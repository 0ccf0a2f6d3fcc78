/** Where the page begins. */
import './theme/mantine.ts';
import './theme/theme.css';
import { createRoot } from 'react-dom/client';
import { App } from './shell/App.tsx';
import { startSession } from './state/session.ts';

startSession();
createRoot(document.getElementById('root')!).render(<App />);
