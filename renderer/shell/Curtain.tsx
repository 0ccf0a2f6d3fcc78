/** The quick way to hide: Esc twice puts a blank page over the window; Esc twice again, or its one button, takes it away. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useWords } from '../words/words.ts';
import classes from './Curtain.module.css';

/** Two presses within this belong together. Milliseconds. */
const TWICE_MS = 600;

export function Curtain({ children }: { readonly children: ReactNode }) {
  const { say } = useWords();
  const [drawn, setDrawn] = useState(false);
  const lastMs = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.repeat) return;
      const twice = event.timeStamp - lastMs.current < TWICE_MS;
      lastMs.current = twice ? Number.NEGATIVE_INFINITY : event.timeStamp;
      if (twice) setDrawn((before) => !before);
    };
    // Before any dialog takes the key for itself.
    window.addEventListener('keydown', press, { capture: true });
    return () => window.removeEventListener('keydown', press, { capture: true });
  }, []);
  return (
    <>
      <div inert={drawn} className={drawn ? classes.away : undefined}>
        {children}
      </div>
      {drawn ? (
        <div className={classes.curtain}>
          <button type="button" className={classes.back} onClick={() => setDrawn(false)}>
            {say('ui.shell.unhide')}
          </button>
        </div>
      ) : null}
    </>
  );
}
