// A search as a value, and its three forms: in the address, as the server's request, and empty.
// The address keeps it behind '#', which browsers do not send: words and keys stay out of servers' logs.

const LONGEST_TEXT = 500;
const MOST = 50;

/** A search that asks for nothing yet. */
export const EMPTY = Object.freeze({
  pictures: [], // {kind: 'key' | 'id' | 'new', id, weight}; 'new' is not uploaded yet
  song: '',
  keyword: '',
  words: '',
  without: '',
  balance: 0.5,
  only: [],
  not: [],
  boosts: [], // {keyword, weight}
  filters: [], // field=value, field!=value, as the server takes them
  exclude: [],
  songs: 10,
  perArtist: 0,
  fill: false,
});

/** Whether there is anything to ask. */
export function asks(query) {
  return query.pictures.length > 0 || Boolean(query.song || query.keyword || query.words);
}

/** Whether the search narrows which songs may be given. */
export function narrows(query) {
  return query.only.length + query.not.length + query.filters.length + query.exclude.length > 0 || query.perArtist > 0;
}

/** The part of the address after '#'. Pictures that were never uploaded have no place in it. */
export function toAddress(query) {
  const out = new URLSearchParams();
  for (const { kind, id, weight } of query.pictures) {
    if (kind !== 'new') out.append('p', `${weight}:${kind}:${id}`);
  }
  for (const name of ['song', 'keyword', 'words', 'without']) if (query[name]) out.set(name, query[name]);
  if (query.balance !== EMPTY.balance) out.set('balance', query.balance);
  for (const [name, field] of [['only', 'only'], ['not', 'not'], ['f', 'filters'], ['x', 'exclude']]) {
    for (const value of query[field]) out.append(name, value);
  }
  for (const boost of query.boosts) out.append('more', boosted(boost));
  if (query.songs !== EMPTY.songs) out.set('n', query.songs);
  if (query.perArtist) out.set('artist', query.perArtist);
  if (query.fill) out.set('fill', '1');
  return out.toString();
}

/** Reads what {@link toAddress} wrote; whatever is not understood is left out. */
export function fromAddress(text) {
  const values = new URLSearchParams(text.replace(/^#/, ''));
  const one = (name) => (values.get(name) || '').slice(0, LONGEST_TEXT);
  const all = (name) => [...new Set(values.getAll(name))].slice(0, MOST).map((value) => value.slice(0, LONGEST_TEXT)).filter(Boolean);
  const number = (name, min, max, otherwise) => {
    const value = Number(values.get(name) || NaN);
    return value >= min && value <= max ? value : otherwise;
  };
  return {
    ...EMPTY,
    pictures: all('p').map(picture).filter(Boolean),
    song: one('song'),
    keyword: one('keyword'),
    words: one('words'),
    without: one('without'),
    balance: number('balance', 0, 1, EMPTY.balance),
    only: all('only'),
    not: all('not'),
    boosts: boosts(all('more')),
    filters: all('f').filter((filter) => /^[^=]+=./.test(filter)),
    exclude: all('x'),
    songs: Math.round(number('n', 1, 100, EMPTY.songs)),
    perArtist: Math.round(number('artist', 1, 100, 0)),
    fill: one('fill') === '1',
  };
}

const boosted = ({ keyword, weight }) => `${keyword}:${weight}`;

/** Of each keyword the first weight that the server takes. */
function boosts(texts) {
  const weights = new Map();
  for (const text of texts) {
    const [, keyword, weight] = /^(.*\S.*):(-?\d*\.?\d+)$/.exec(text) || [];
    const known = !keyword || weights.has(keyword) || !(Math.abs(weight) > 0 && Math.abs(weight) <= 10);
    if (!known) weights.set(keyword, Number(weight));
  }
  return [...weights].map(([keyword, weight]) => ({ keyword, weight }));
}

function picture(text) {
  const parts = /^(-?[\d.]+):(key|id):(.+)$/.exec(text);
  if (!parts) return null;
  const [, weight, kind, id] = parts;
  if (kind === 'key' && !/^[0-9a-f]{64}$/.test(id)) return null;
  return Math.abs(weight) > 0 && Math.abs(weight) <= 10 ? { kind, id, weight: Number(weight) } : null;
}

/** The search as the server's request; new pictures are named by their place among the file parts. */
export function toRequest(query) {
  const request = { songs: query.songs, versions: true };
  let upload = 0;
  if (query.pictures.length) {
    request.pictures = query.pictures.map(({ kind, id, weight }) => (kind === 'new' ? { upload: upload++, weight } : { [kind]: id, weight }));
  } else if (query.song) {
    request.song = query.song;
  } else if (query.keyword) {
    request.keyword = query.keyword;
  }
  if (query.words) request.words = query.words;
  if (query.without) request.withoutWords = query.without;
  if (query.words && query.pictures.length) request.wordsWeight = query.balance;
  const keywords = [...query.only.map((word) => `keyword=${word}`), ...query.not.map((word) => `keyword!=${word}`)];
  const filters = [...query.filters, ...keywords];
  if (filters.length) request.filters = filters;
  if (keywords.length) request.pictureFilters = keywords;
  if (query.boosts.length && (query.pictures.length || query.song || query.keyword)) request.boosts = query.boosts.map(boosted);
  if (query.exclude.length) request.exclude = query.exclude;
  if (query.perArtist) request.maxPerArtist = query.perArtist;
  if (query.fill) request.fill = true;
  return request;
}
