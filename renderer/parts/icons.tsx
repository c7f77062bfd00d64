// Our own few icons, drawn on a 24 by 24 grid; always beside words, so hidden from screen readers.
import type { ReactNode } from 'react';

export type IconName = keyof typeof shapes;

const shapes = {
  'door-shut': (
    <>
      <path d="M6 21V4.5C6 3.7 6.7 3 7.5 3h9c.8 0 1.5.7 1.5 1.5V21M3.5 21h17" />
      <circle cx="14.5" cy="12.5" r="1" fill="currentColor" />
    </>
  ),
  'door-open': (
    <>
      <path d="M13 3h3.5c.8 0 1.5.7 1.5 1.5V21M3.5 21H6m7 0h7.5M6 4.3 13 3v18l-7-1.3z" />
      <circle cx="10.5" cy="12.5" r="1" fill="currentColor" />
    </>
  ),
  question: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M9.3 9.5a2.7 2.7 0 1 1 4.2 2.2c-.9.6-1.5 1.2-1.5 2.3M12 17v.2" />
    </>
  ),
  shield: (
    <path d="M12 3c2.3 1.7 4.7 2.5 7.5 2.7v5.8c0 4.3-2.7 7.5-7.5 9.5-4.8-2-7.5-5.2-7.5-9.5V5.7C7.3 5.5 9.7 4.7 12 3z" />
  ),
  'shield-check': (
    <>
      <path d="M12 3c2.3 1.7 4.7 2.5 7.5 2.7v5.8c0 4.3-2.7 7.5-7.5 9.5-4.8-2-7.5-5.2-7.5-9.5V5.7C7.3 5.5 9.7 4.7 12 3z" />
      <path d="m8.5 12 2.5 2.5 4.5-5" />
    </>
  ),
  'shield-broken': (
    <>
      <path d="M12 3c2.3 1.7 4.7 2.5 7.5 2.7v5.8c0 4.3-2.7 7.5-7.5 9.5-4.8-2-7.5-5.2-7.5-9.5V5.7C7.3 5.5 9.7 4.7 12 3z" />
      <path d="m9.5 9 5 5.5m0-5.5-5 5.5" />
    </>
  ),
  check: <path d="m5 12.5 4.5 4.5L19 7" />,
  cross: <path d="m6 6 12 12M18 6 6 18" />,
  info: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 11v5.5M12 7.5v.2" />
    </>
  ),
  warning: <path d="M12 4 2.5 20h19zM12 10v4.5m0 2.5v.2" />,
  error: (
    <>
      <path d="M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3z" />
      <path d="M12 7.5v5.5m0 3v.2" />
    </>
  ),
  lock: <path d="M6 11h12v9.5H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11" />,
  waiting: <circle cx="12" cy="12" r="8" strokeDasharray="2 3" />,
  arrow: <path d="M4.5 12h14m-5-5.5 5.5 5.5-5.5 5.5" />,
  plus: <path d="M12 5v14M5 12h14" />,
  copy: <path d="M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4" />,
} satisfies Record<string, ReactNode>;

/** `size` in CSS pixels. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={size > 28 ? 1.5 : 2}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {shapes[name]}
    </svg>
  );
}
