/** Where the focus goes when the screen that held it is gone: to the heading of the next, so that it is read and Tab goes on from there. */
import { useEffect } from 'react';

/** `id` is the element that every screen is shown in. A focus that is not lost stays where it is, and so does that of the first screen. */
export function useFocusOnNewScreen(id: string): void {
  useEffect(() => {
    const content = document.getElementById(id);
    if (!content) return;
    let shown: HTMLElement | null = null;
    const look = () => {
      const heading = content.querySelector('h1');
      if (heading === null || heading === shown) return;
      const first = shown === null;
      shown = heading;
      if (first || document.activeElement !== document.body) return;
      heading.tabIndex = -1;
      heading.focus();
    };
    look();
    const observer = new MutationObserver(look);
    observer.observe(content, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [id]);
}
