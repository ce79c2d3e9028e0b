// An answer as a file. Catalogues hold no addresses of sound files, so lists carry the songs' ids as seesong:song:ID.

const address = (song) => `seesong:song:${encodeURIComponent(song.id)}`;
const oneLine = (text) => String(text ?? '').replace(/[\r\n\u2028\u2029]+/g, ' ');
const reasons = (song) => song.explanation.keywordPaths ?? [];
const lineOf = (song) => reasons(song).find((path) => path.line)?.line ?? '';

function m3u8(songs, title) {
  const lines = songs.flatMap((song) => [`#EXTINF:-1,${oneLine(song.artist)} - ${oneLine(song.title)}`, address(song)]);
  return ['#EXTM3U', `#PLAYLIST:${oneLine(title)}`, ...lines, ''].join('\n');
}

// XML 1.0 allows no other control characters, not even escaped
const xml = (text) =>
  String(text ?? '')
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);

function xspf(songs, title, now) {
  const track = (song) => `    <track>
      <identifier>${xml(address(song))}</identifier>
      <title>${xml(song.title)}</title>
      <creator>${xml(song.artist)}</creator>
      <annotation>${xml(lineOf(song))}</annotation>
    </track>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<playlist version="1" xmlns="http://xspf.org/ns/0/">
  <title>${xml(title)}</title>
  <date>${now.toISOString()}</date>
  <trackList>
${songs.map(track).join('\n')}
  </trackList>
</playlist>
`;
}

function jspf(songs, title, now) {
  const track = songs.map((song) => ({ identifier: [address(song)], title: song.title, creator: song.artist, annotation: lineOf(song) }));
  return JSON.stringify({ playlist: { title, date: now.toISOString(), track } }, null, 2);
}

/** A cell of RFC 4180. What a spreadsheet would take for a formula gets an apostrophe before it. */
export function cell(value) {
  const text = String(value ?? '');
  const safe = typeof value === 'string' && /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function csv(songs) {
  const rows = songs.map((song) => [
    song.rank, song.id, song.title, song.artist, song.language ?? '', song.confidence ?? '', song.distance,
    song.explanation.picture ?? '', reasons(song).map((path) => path.keyword).join('|'), lineOf(song),
  ]);
  const head = ['rank', 'id', 'title', 'artist', 'language', 'confidence', 'distance', 'picture', 'keywords', 'line'];
  return `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** Formats by name: file ending, media type and a function of the songs, a title and a time. */
export const FORMATS = {
  M3U8: { ending: 'm3u8', type: 'application/vnd.apple.mpegurl', write: m3u8 },
  XSPF: { ending: 'xspf', type: 'application/xspf+xml', write: xspf },
  JSPF: { ending: 'jspf.json', type: 'application/json', write: jspf },
  CSV: { ending: 'csv', type: 'text/csv;charset=utf-8', write: csv },
  JSON: { ending: 'json', type: 'application/json', write: null },
};

/** Hands the answer to the browser as a download. */
export function save(name, answer, title) {
  const { ending, type, write } = FORMATS[name];
  const text = write ? write(answer.songs, title, new Date()) : JSON.stringify(answer, null, 2);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = `seesong.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
