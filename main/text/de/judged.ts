import type { JudgedMessages } from '../../model/messages/judged';
import { textsOf } from '../texts';

export const judged = textsOf<JudgedMessages>()({
  'judged.list': '{names:commas}',
  'judged.list-more': '{names:commas} und weitere',
  'judged.build': 'Build {build}',
  'judged.other-products': 'Es ist eine Sicherheitslücke in {products}; das prüft Breakwater nicht.',
  'judged.not-windows': 'Es ist keine Sicherheitslücke in Windows.',
  'judged.maybe-windows':
    'Es ist kein Eintrag bekannt, der alle betroffenen Produkte nennt; Windows kann also auch betroffen sein.',
  'judged.not-counted': 'Der Eintrag zählt {build} nicht zu den betroffenen.',
  'judged.only-domain-controllers': 'Nur Domänencontroller sind betroffen, und dieses Windows kann keiner sein.',
  'judged.more-than-read':
    'Der Eintrag sagt über {build} mehr, als sich auswerten lässt; daher behebt kein Update die Lücke sicher.',
  'judged.preview':
    'Das ist eine Vorschauversion von Windows: Kein Eintrag sagt, welche davon nicht mehr betroffen sind.',
  'judged.newer-build':
    'Build {build} ist eine Vorschauversion von Windows oder neuer als diese Version von Breakwater.',
  'judged.update-installed': '{update} ist installiert.',
  'judged.old.not-read':
    'Vor Windows 10 beweist die Build-Nummer nichts, und die installierten Updates wurden nicht gelesen.',
  'judged.old.not-listed':
    'Vor Windows 10 beweist die Build-Nummer nichts; die Updates, die die Lücke schließen, sind nicht namentlich aufgeführt, und ein späteres kann sie enthalten.',
  'judged.unversioned': 'Der Eintrag nennt {products}, aber keine Versionen, die sich vollständig auswerten lassen.',
  'judged.no-fixed-version': 'Der Eintrag nennt keine Version von Windows 10 oder neuer, die die Lücke schließt.',
  'judged.misnamed': 'Der Eintrag nennt {product} mit Versionen von {other}, nicht von {build}.',
  'judged.not-served':
    'Der Eintrag nennt {build} nicht, aber Microsoft versorgte das damals nicht mehr mit Updates: Dass es fehlt, beweist nichts.',
  'judged.previews-then':
    'Der Eintrag nennt {build} nicht, von dem es damals Vorschauversionen gab: Die erste freigegebene ist {first}, und der Update-Stand dieses PCs ist älter oder nicht bekannt.',
  'judged.twin-unfixed':
    'Der Eintrag nennt nicht {build}, sondern {other} mit denselben Updates, aber nicht, ab wann die Lücke geschlossen ist.',
  'judged.twin':
    'Der Eintrag nennt nicht {build}, sondern {other} mit denselben Updates, wo die Lücke ab {version} geschlossen ist; der Update-Stand dieses PCs ist älter oder nicht bekannt.',
  'judged.not-among': 'Der Eintrag nennt die betroffenen Builds, und {build} ist nicht darunter.',
  'judged.no-update-confirmed': 'Welches Update von {build} die Lücke schließt, ließ sich nicht bestätigen.',
  'judged.fixed.none': 'es ist kein Update bekannt, das die Lücke schließt',
  'judged.fixed.from': 'ab {version} ist die Lücke geschlossen',
  'judged.number-not-told': 'Die Nummer des installierten Updates ist nicht bekannt; {fixed}.',
  'judged.installed-and': '{here} ist installiert, und {fixed}.',
  'judged.kinds-only': 'Der Eintrag nennt diesen Build nur für {kinds}.',
  'judged.not-told-of': '{here} ist installiert; davon sagt der Eintrag nichts; {fixed}.',
  'judged.two-numbers':
    '{here} ist installiert; der Eintrag nennt für diesen Build mehrere Nummern, und nach einer davon ist die Lücke ab {version} geschlossen.',
  'judged.installed-fixed-from': '{here} ist installiert; geschlossen ab {version}.',
  'judged.restart-may-finish': '{said} Ein Neustart steht aus und schließt möglicherweise ein Update ab.',
  'judged.hotpatched':
    '{said} Dieser PC kann Hotpatches erhalten und ist dann schon mit einer kleineren Nummer geschützt.',
  'judged.hotpatched-unclear':
    '{said} Dieser PC kann Hotpatches erhalten ({why}) und ist dann schon mit einer kleineren Nummer geschützt.',
  'judged.hotpatch.azure': 'seine Edition ist nicht bekannt, und Azure Edition kann das',
  'judged.hotpatch.enterprise': 'seine Edition ist nicht bekannt, und Enterprise kann das',
  'judged.restart-may-undo':
    '{said} Aber ein Neustart steht aus, der Updates zurücknehmen kann: Starten Sie neu und prüfen Sie dann erneut.',
  'judged.but': '{said} Aber {why:clause}.',
  'judged.runs-as-before.one':
    'Das Update ist installiert, aber {servers:each} läuft noch in der Fassung davor: Starten Sie den Dateiserver (systemctl restart smbd) oder den PC neu.',
  'judged.runs-as-before.other':
    'Das Update ist installiert, aber {servers:each} laufen noch in der Fassung davor: Starten Sie den Dateiserver (systemctl restart smbd) oder den PC neu.',
  'judged.running-unknown.one': '{said} Aber ob {servers:each} das Installierte ist, ließ sich nicht feststellen.',
  'judged.running-unknown.other': '{said} Aber ob {servers:each} das Installierte sind, ließ sich nicht feststellen.',
  'judged.foreign-module':
    '{said} Aber das Modul {module} gehört nicht zu diesem Kernel, daher ist seine Version nicht bekannt.',
  'judged.another-runs': '{said} Aber {running}',
  'judged.another-runs.patched': 'Das Update ist installiert, aber {running}',
  'judged.running-other.one':
    '{servers:each} ist nicht das Installierte: selbst gebaut, in einem Container oder aus der Zeit vor einem Update, also von unbekannter Version.',
  'judged.running-other.other':
    '{servers:each} sind nicht das Installierte: selbst gebaut, in einem Container oder aus der Zeit vor einem Update, also von unbekannter Version.',
  'judged.entry-closed': '{said} {closed} Das versperrt diesen Weg, behebt die Lücke aber nicht.',
  'judged.software-unknown': 'Was auf diesem PC installiert ist, ist nicht bekannt: {why:clause}.',
  'judged.software-not-read': 'es wurde nicht gelesen',
  'judged.no-package': 'Die Einträge nennen kein Paket.',
  'judged.packages-unknown': 'Was installiert ist, ist nicht bekannt: {why:clause}.',
  'judged.here.installed': '{name} {version} ist installiert',
  'judged.here.runs': '{name} {version} läuft',
  'judged.here.kernel': 'Kernel {release} läuft',
  'judged.other-line':
    '{here}; das ist keiner der eigenen Builds von {title}, und kein Eintrag sagt etwas über solche Builds. Behandeln Sie es als angreifbar.',
  'judged.not-installed-here': 'Es ist nicht installiert.',
  'judged.not-linux': 'Es ist keine Sicherheitslücke in Linux.',
  'judged.windows-only': 'Der Eintrag nennt nur Windows, ohne Versionen.',
  'judged.kin': '{name} {version} ist installiert; davon sagen die Einträge nichts.',
  'judged.not-installed': '{names:commas} ist nicht installiert.',
  'judged.not-told-installed': 'Ob {names:commas} installiert ist, ist nicht bekannt.',
  'judged.no-package-here': 'Die Einträge nennen kein Paket, das installiert ist.',
  'judged.unclear': '{here}, aber {why}.',
  'judged.never': '{name} aus {title} war nie betroffen.',
  'judged.older': '{here}; das ist älter als die Sicherheitslücke.',
  'judged.fixed-in': '{here}, und in {title} ist die Lücke ab {version} geschlossen.',
  'judged.past': '{here}; das ist neuer als {last}, die letzte betroffene Version in {title}.',
  'judged.no-fix': '{here}, und {why}.',
  'judged.no-fix-yet': 'für {title} gibt es noch keine Version, die die Lücke schließt',
  'judged.no-fix-on': 'für {title} gab es am {day} laut {record} keine Version, die die Lücke schließt',
  'judged.fixed-from': '{here}; in {title} geschlossen ab {version}.',
  'judged.kernel-unknown': 'Welcher Kernel läuft, ist nicht bekannt: {why:clause}.',
  'judged.kernel-of-no-package':
    'Ob der laufende Kernel ({release}) aus einem Paket der Distribution stammt, ist nicht bekannt.',
  'judged.kernel-not-told': 'Die Einträge zu {title} sagen nichts über dessen Kernel "{name}".',
  'judged.kernel-never': 'Der Kernel von {title} war nie betroffen.',
  'judged.kernel-fixed': '{here}; in {title} ist die Lücke ab {version} geschlossen.',
  'judged.fix-waits': '{said} Ein Kernel ohne die Lücke ist installiert und wartet auf einen Neustart.',
  'judged.made-from': '{said} Es beruht auf {version} des ursprünglichen Projekts.',
  'judged.maker-unknown':
    '{said} Ob der Hersteller die Korrektur übernommen hat, ist nicht bekannt: Behandeln Sie es als angreifbar.',
  'judged.upstream-fixed': '{here}, und das ursprüngliche Projekt hat die Lücke in {version} geschlossen.',
  'judged.upstream-fixed-later': '{here}; das ursprüngliche Projekt hat die Lücke in {version} geschlossen.',
  'judged.release-not-told':
    'Welche Version von {distribution} das ist, ist nicht bekannt; daher betrifft sie kein Eintrag.',
  'judged.no-record': 'Kein Eintrag sagt etwas über {title}.',
  'judged.no-record-but': 'Kein Eintrag sagt etwas über {title}; es gibt welche zu {names}.',
  'judged.this-linux': 'dieses Linux {release}',
  'judged.why.partial': 'was der Eintrag darüber sagt, lässt sich nicht vollständig auswerten',
  'judged.why.listed-outside': 'der Eintrag führt es als betroffen auf, aber außerhalb seiner eigenen Bereiche',
  'judged.why.not-listed': 'der Eintrag führt betroffene Versionen einzeln auf, und diese ist nicht dabei',
  'judged.why.no-epoch-here':
    'es und die Version {version} des Eintrags sind nicht vergleichbar: Die installierte hat keine Epoche',
  'judged.why.no-epoch-there':
    'es und die Version {version} des Eintrags sind nicht vergleichbar: Der Eintrag hat keine Epoche',
  'judged.why.which-release': 'welche Ausgabe von {version} es ist, ist nicht bekannt, und {decides} entscheidet',
  'judged.why.contradiction': 'der Eintrag widerspricht sich bei {version}',
  'judged.why.older-branches':
    'der Eintrag nennt Korrekturen für Zweige, die älter als {version} sind, womit die Lücke begann',
  'judged.why.no-fixed-release': 'der Eintrag nennt keine Version, die die Lücke schließt',
  'judged.why.later-branches': 'der Eintrag nennt keine Korrektur für Zweige nach {branch}',
  'judged.why.one-branch': 'der Eintrag nennt nur {version} und nicht, ob {branch} die Korrektur erhielt',
  'judged.why.branch-not-told': 'der Eintrag sagt nicht, in welchen Versionen von {branch} die Lücke geschlossen ist',
  'judged.why.longer': 'es ist keiner der Builds, mit denen {title} länger versorgt wird',
  'judged.why.no-dpkg-version': '{text} ist keine Version, wie dpkg sie kennt',
  'judged.why.no-rpm-version': '{text} ist keine Version, wie rpm sie kennt',
  'judged.why.no-windows-version': '{text} ist keine Windows-Version wie 10.0.19045.3086',
  'remedy.list': '{items:commas}',
  'remedy.updates': '{updates:either} oder ein späteres Rollup',
  'remedy.windows-build': 'Windows-Build {build} oder neuer',
  'remedy.restart-server': 'ein Neustart des Dateiservers',
  'remedy.version': '{name} {version} oder neuer',
  'remedy.version-pro': '{name} {version} oder neuer (aus Ubuntu Pro)',
  'remedy.kernel': 'Kernel {version} oder neuer und ein Neustart',
  'remedy.restart': 'ein Neustart',
});
