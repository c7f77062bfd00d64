// The frame of the window: banner and navigation above, the guide or the details below, troubles and notes between.

import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useEffect } from 'react';
import { AdvisoriesPage } from './advisories/advisories-page';
import { Announcer } from './announcer';
import { DetailsPage } from './details/details-page';
import { FirewallPage } from './firewall/firewall-page';
import { Guide } from './guide/guide';
import { outcomeTitle } from './guide/outcome-view';
import { Icon } from './parts/icons';
import { Notice } from './parts/notice';
import { useTextStyles } from './parts/text-styles';
import { shown } from './say';
import { isPage, placeOf, steps, type WindowState } from './state/window-state';
import { useWindow } from './store';
import { words } from './words';

const useStyles = makeStyles({
  frame: {
    display: 'flex',
    flexDirection: 'column',
    height: '100%',
    backgroundColor: tokens.colorNeutralBackground2,
    // Where there is little height (a small window, large text), the head scrolls away with the rest.
    '@media (max-height: 26rem)': { display: 'block', overflowY: 'auto' },
  },
  simulated: {
    backgroundColor: '#8a2be2',
    color: '#ffffff',
    fontWeight: tokens.fontWeightBold,
    textAlign: 'center',
    padding: tokens.spacingVerticalSNudge,
    letterSpacing: '0.02em',
    borderBottom: '2px dashed #ffffff',
  },
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  brand: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase400,
  },
  steps: {
    listStyleType: 'none',
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalXS,
    margin: 0,
    padding: 0,
  },
  grow: { flexGrow: 1 },
  step: {
    font: 'inherit',
    color: tokens.colorNeutralForeground1,
    backgroundColor: 'transparent',
    border: 'none',
    borderBottom: '3px solid transparent',
    padding: `${tokens.spacingVerticalSNudge} ${tokens.spacingHorizontalM}`,
    cursor: 'pointer',
    forcedColorAdjust: 'auto',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  here: {
    fontWeight: tokens.fontWeightSemibold,
    borderBottomColor: tokens.colorBrandStroke1,
    '@media (forced-colors: active)': { borderBottomColor: 'Highlight' },
  },
  elsewhere: { '@media (forced-colors: active)': { borderBottomColor: 'Canvas' } },
  main: {
    position: 'relative',
    flexGrow: 1,
    minHeight: 0,
    overflowY: 'auto',
    '@media (max-height: 26rem)': { overflowY: 'visible' },
    padding: `${tokens.spacingVerticalXL} ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalXXXL}`,
  },
  inner: {
    maxWidth: '52rem',
    margin: '0 auto',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
  },
  wide: { maxWidth: '80rem' },
});

export function Frame() {
  const styles = useStyles();
  const view = useWindow((state) => state.view);
  const simulated = useWindow((state) => state.about?.simulated ?? null);

  const Content = contents[view];

  useEffect(() => {
    document.title = words.titleOf(simulated);
  }, [simulated]);

  return (
    <div className={styles.frame}>
      <header>
        {simulated === null ? null : <div className={styles.simulated}>{words.simulated(simulated)}</div>}
        <div className={styles.bar}>
          <span className={styles.brand}>
            <Icon name="shield" size={24} />
            {words.brand}
          </span>
          <Navigation />
        </div>
      </header>
      <main className={styles.main}>
        <div className={mergeClasses(styles.inner, view !== 'guide' && styles.wide)}>
          <RuntimeNote />
          <TroubleBar />
          <EndedElsewhere />
          <Content />
        </div>
        <Announcer />
      </main>
    </div>
  );
}

const contents: Record<WindowState['view'], () => React.JSX.Element> = {
  guide: Guide,
  firewall: FirewallPage,
  advisories: AdvisoriesPage,
  details: DetailsPage,
};

function Navigation() {
  const styles = useStyles();
  const view = useWindow((state) => state.view);
  const current = useWindow((state) => state.step);
  const show = useWindow((state) => state.show);
  const showPage = useWindow((state) => state.showPage);
  const pages = [
    ['firewall', words.firewall],
    ['advisories', words.advisories],
    ['details', words.details],
  ] as const;
  const look = (isHere: boolean): string => mergeClasses(styles.step, isHere ? styles.here : styles.elsewhere);
  return (
    <>
      <nav aria-label={words.stepsLabel} className={styles.grow}>
        <ol className={styles.steps}>
          {steps.map((step, index) => {
            const isHere = view === 'guide' && step === current;
            return (
              <li key={step}>
                <button
                  type="button"
                  className={look(isHere)}
                  aria-current={isHere ? 'step' : undefined}
                  onClick={() => show(step)}
                >
                  {index + 1}. {words.step.name[step]}
                </button>
              </li>
            );
          })}
        </ol>
      </nav>
      <nav aria-label={words.pagesLabel}>
        {pages.map(([page, name]) => (
          <button
            key={page}
            type="button"
            className={look(view === page)}
            aria-current={view === page ? 'page' : undefined}
            onClick={() => showPage(page)}
          >
            {name}
          </button>
        ))}
      </nav>
    </>
  );
}

function RuntimeNote() {
  const text = useTextStyles();
  const note = useWindow((state) => (state.isNoteHidden ? null : (state.about?.runtimeNote ?? null)));
  const hideNote = useWindow((state) => state.hideNote);
  if (note === null) return null;
  return (
    <Notice tone="plain" icon="info">
      <div className={text.buttons}>
        <span className={text.grow}>{note}</span>
        <Button size="small" aria-label={words.hideNote} icon={<Icon name="cross" size={16} />} onClick={hideNote} />
      </div>
    </Notice>
  );
}

/** An act that ended while somebody looked elsewhere: one line, and the way there. */
function EndedElsewhere() {
  const text = useTextStyles();
  const act = useWindow((state) => state.act);
  const here = useWindow(placeOf);
  const show = useWindow((state) => state.show);
  const showPage = useWindow((state) => state.showPage);
  if (act.kind !== 'ended' || act.isSeen || act.place === here) return null;
  const { place } = act;
  const go = (): void => (isPage(place) ? showPage(place) : show(place));
  return (
    <Notice tone="plain" icon="info">
      <p className={text.paragraph}>
        {words.outcome.elsewhere(words.outcome.kind[act.outcome.kind], outcomeTitle(act.of, act.outcome))}
      </p>
      <div>
        <Button size="small" onClick={go}>
          {words.outcome.show}
        </Button>
      </div>
    </Notice>
  );
}

function TroubleBar() {
  const text = useTextStyles();
  const trouble = useWindow((state) => state.trouble);
  const closeTrouble = useWindow((state) => state.closeTrouble);
  if (!trouble) return null;
  return (
    <Notice tone="bad" icon="error" role="alert">
      <p className={text.paragraph}>
        <strong>{shown(trouble.title)}.</strong> {shown(trouble.what)} {shown(trouble.todo)}
      </p>
      <p className={text.quiet}>{words.trouble.said(trouble.detail)}</p>
      <div>
        <Button size="small" onClick={closeTrouble}>
          {words.dismiss}
        </Button>
      </div>
    </Notice>
  );
}
