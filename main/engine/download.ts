// Fetches one text over https: no other protocol, few redirects, within limits of size and time.
import { get } from 'node:https';

/** The address itself can't be used, whatever the network says. */
export class NoAddress extends Error {}

const mostRedirects = 5;
const patienceMs = 60_000;

/** Rejects with an Error whose message is for people. `most` in bytes. */
export async function download(address: string, most: number, signal?: AbortSignal): Promise<string> {
  let url = httpsAddress(address);
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const answer = await ask(url, most, signal);
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

function ask(url: URL, most: number, signal?: AbortSignal): Promise<string | { readonly location: string }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { ...(signal ? { signal } : {}), headers: { accept: 'application/json' } }, (response) => {
      const { statusCode = 0, headers } = response;
      if (statusCode >= 300 && statusCode < 400 && headers.location) {
        response.resume();
        return resolve({ location: headers.location });
      }
      if (statusCode !== 200) {
        response.resume();
        return reject(new Error(`the server answers ${statusCode}`));
      }
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > most) request.destroy(new Error(`it is larger than ${Math.floor(most / 1024 / 1024)} MB`));
        else chunks.push(chunk);
      });
      response.on('end', () => resolve(new TextDecoder().decode(Buffer.concat(chunks))));
      response.on('error', reject);
    });
    request.setTimeout(patienceMs, () => request.destroy(new Error(`nothing came for ${patienceMs / 1000} seconds`)));
    request.on('error', reject);
  });
}
