// Fetches one text over https: no other protocol, few redirects, within limits of size and time.
import { get } from 'node:https';

/** The address itself can't be used, whatever the network says. */
export class NoAddress extends Error {}

const mostRedirects = 5;
/** How long a download may take, in milliseconds. */
export interface Patience {
  /** Without a byte. */
  readonly silence: number;
  /** In all, redirects and a server that sends a byte a second included. */
  readonly whole: number;
}

const ordinary: Patience = { silence: 60_000, whole: 300_000 };

interface Ask {
  readonly most: number;
  readonly patience: Patience;
  /** By performance.now(). */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
}

/** Rejects with an Error whose message is for people. `most` in bytes. */
export async function download(
  address: string,
  most: number,
  signal?: AbortSignal,
  patience: Patience = ordinary,
): Promise<string> {
  const asked: Ask = { most, patience, deadline: performance.now() + patience.whole, signal };
  let url = httpsAddress(address);
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const answer = await ask(url, asked);
    if (typeof answer === 'string') return answer;
    url = httpsAddress(answer.location, url);
  }
  throw new Error(`it is redirected more than ${mostRedirects} times`);
}

function httpsAddress(address: string, base?: URL): URL {
  let url: URL;
  try {
    url = new URL(address, base);
  } catch {
    throw new NoAddress('it is not an address');
  }
  if (url.protocol !== 'https:') throw new NoAddress("only https is taken: what came otherwise could be anybody's");
  return url;
}

function ask(url: URL, { most, patience, deadline, signal }: Ask): Promise<string | { readonly location: string }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { ...(signal ? { signal } : {}), headers: { accept: 'application/json' } }, (response) => {
      const { statusCode = 0, headers } = response;
      response.on('error', reject);
      // A body that is of no use may have no end: it is not waited for.
      if (statusCode >= 300 && statusCode < 400 && headers.location) {
        resolve({ location: headers.location });
        request.destroy();
        return;
      }
      if (statusCode !== 200) return stop(`the server answers ${statusCode}`);
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > most) stop(`it is larger than ${Math.floor(most / 1024 / 1024)} MB`);
        else chunks.push(chunk);
      });
      response.on('end', () => resolve(new TextDecoder().decode(Buffer.concat(chunks))));
    });
    const stop = (why: string): void => {
      reject(new Error(why));
      request.destroy();
    };
    const tooLong = setTimeout(
      () => stop(`it took longer than ${patience.whole / 1000} seconds`),
      deadline - performance.now(),
    );
    request.setTimeout(patience.silence, () => stop(`nothing came for ${patience.silence / 1000} seconds`));
    request.on('error', reject);
    request.on('close', () => clearTimeout(tooLong));
  });
}
