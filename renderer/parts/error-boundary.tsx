// The last resort: where drawing the window fails, it says so and offers to load again, instead of going blank.
import { Component, type ReactNode } from 'react';
import { reasonOf } from '../doorway';
import { words } from '../words';

interface Failed {
  readonly reason: string | null;
}

/** Uses plain HTML only: what failed may be the styles themselves. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, Failed> {
  override state: Failed = { reason: null };

  static getDerivedStateFromError(error: unknown): Failed {
    return { reason: reasonOf(error) };
  }

  override render(): ReactNode {
    return this.state.reason === null ? this.props.children : <Broken reason={this.state.reason} />;
  }
}

export function Broken({ reason }: { readonly reason: string }) {
  return (
    <main>
      <h1>{words.trouble.broken}</h1>
      <p role="alert">{words.trouble.brokenWhat}</p>
      <p>{words.trouble.said(reason)}</p>
      <button type="button" onClick={() => location.reload()}>
        {words.trouble.reload}
      </button>
    </main>
  );
}
