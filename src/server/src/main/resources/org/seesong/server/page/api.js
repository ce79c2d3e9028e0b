// The server's HTTP interface. Addresses are relative, so that the page also works under a proxy's path.

const TOKEN = 'seesong.token';
const LONGEST_WAIT_SECONDS = 5;

/** An answer that is no success: `code` is the server's, or 'offline' where none came. */
export class ApiError extends Error {
  constructor(status, code, message, request = '') {
    super(message);
    this.status = status;
    this.code = code;
    this.request = request;
  }
}

export const token = {
  get: () => sessionStorage.getItem(TOKEN) || '',
  set: (value) => sessionStorage.setItem(TOKEN, value),
};

function headers(more = {}) {
  return token.get() ? { ...more, Authorization: `Bearer ${token.get()}` } : more;
}

async function once(path, options) {
  let response;
  try {
    response = await fetch(path, { ...options, headers: headers(options.headers) });
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new ApiError(0, 'offline', failure.message);
  }
  if (response.ok) return response;
  const body = await response.json().catch(() => ({}));
  const { code = String(response.status), message = response.statusText, request = '' } = body.error || {};
  const error = new ApiError(response.status, code, message, request);
  error.retryAfter = Number(response.headers.get('Retry-After')) || 0;
  throw error;
}

/** A successful response. A server that is busy is asked twice more, after the time that it names. */
async function send(path, options = {}) {
  for (let left = 2; ; left--) {
    try {
      return await once(path, options);
    } catch (error) {
      const busy = error.status === 429 || error.status === 503;
      if (!busy || !left || !error.retryAfter || error.retryAfter > LONGEST_WAIT_SECONDS) throw error;
      await new Promise((resolve) => setTimeout(resolve, error.retryAfter * 1000));
      options.signal?.throwIfAborted();
    }
  }
}

const json = async (path, options) => (await send(path, options)).json();

export const info = () => json('api/info');
export const keywords = () => json('api/keywords');
export const samples = (count) => json(`api/pictures?sample=${count}`);
export const picture = (id) => json(`api/pictures/${encodeURIComponent(id)}`);
export const song = (id) => json(`api/songs/${encodeURIComponent(id)}`);

export const map = () => json('api/map');
export const mapPoints = async () => new Uint16Array(await (await send('api/map/points')).arrayBuffer());
export const mapPoint = (number, of) => json(`api/map/points/${number}?map=${of}`);

/** Where a query stands by what it found: pairs of 'picture' or 'song' and an id, the first counting most. */
export const mapPlace = (found) => json(`api/map/place?${found.map(([kind, id]) => `${kind}=${encodeURIComponent(id)}`).join('&')}`);

/** Asks for songs; the blobs are the request's new pictures, in order. Files' names are not sent. */
export function search(request, blobs, signal) {
  if (!blobs.length) {
    return json('api/search', { method: 'POST', body: JSON.stringify(request), headers: { 'Content-Type': 'application/json' }, signal });
  }
  const body = new FormData();
  for (const blob of blobs) body.append('picture', blob, 'picture');
  body.append('request', JSON.stringify(request));
  return json('api/search', { method: 'POST', body, signal });
}

export function vote(songId, value, query) {
  const body = JSON.stringify({ song: songId, vote: value, query });
  return send('api/votes', { method: 'POST', body, headers: { 'Content-Type': 'application/json' } });
}

/** Address of a picture's thumbnail; an <img> cannot send a token, so with one it is fetched (see Thumbnail). */
export const thumbnail = (id) => `api/pictures/${encodeURIComponent(id)}/thumbnail`;

export async function thumbnailBlob(id) {
  return (await send(thumbnail(id))).blob();
}
