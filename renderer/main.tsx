// Entry of the window: opens the doorway, starts the store, and draws the frame into the page.
import { createDOMRenderer, RendererProvider } from '@fluentui/react-components';
import { createRoot } from 'react-dom/client';
import { openDoorway, reasonOf } from './doorway';
import { Frame } from './frame';
import { Broken, ErrorBoundary } from './parts/error-boundary';
import { createWindowStore, StoreContext } from './store';
import { SystemTheme } from './system-theme';

const place = document.getElementById('window');
if (!place) throw new Error('index.html has no place for the window.');
const root = createRoot(place);

try {
  const store = createWindowStore(openDoorway());
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';
  const renderer = createDOMRenderer(document, { styleElementAttributes: { nonce } });
  root.render(
    <ErrorBoundary>
      <RendererProvider renderer={renderer}>
        <SystemTheme>
          <StoreContext value={store}>
            <Frame />
          </StoreContext>
        </SystemTheme>
      </RendererProvider>
    </ErrorBoundary>,
  );
  // Closing the page ends the listening with it; nothing has to be undone here.
  store.getState().open();
} catch (error) {
  root.render(<Broken reason={reasonOf(error)} />);
}
