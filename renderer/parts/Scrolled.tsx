/** A part of the page that scrolls by itself; it can be reached and scrolled by keyboard, and has a name. */
import type { CSSProperties, ReactNode, Ref } from 'react';

interface ScrolledProps {
  readonly label: string;
  readonly className?: string | undefined;
  readonly style?: CSSProperties;
  readonly frame?: Ref<HTMLElement>;
  readonly children: ReactNode;
}

export function Scrolled({ label, className, style, frame, children }: ScrolledProps) {
  return (
    <section
      ref={frame}
      className={className}
      style={style}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1).
      tabIndex={0}
    >
      {children}
    </section>
  );
}
