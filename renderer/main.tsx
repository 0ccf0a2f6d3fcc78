/** Where the page begins. */
import './theme/mantine.ts';
import './theme/theme.css';
import { createRoot } from 'react-dom/client';
import { App } from './shell/App.tsx';
import { startSession } from './state/session.ts';
import { startWords } from './words/words.ts';

// An await at the top would have the bundler put what this shares with the screens in many small files, which compress worse.
void startWords().then(() => {
  startSession();
  createRoot(document.getElementById('root')!).render(<App />);
});
