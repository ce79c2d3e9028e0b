// What was found: how sure, keywords, songs with their reasons, nearest pictures.
import { html, useEffect, useRef, useState } from './vendor/htm-preact.js';
import { narrows } from './address.js';
import * as api from './api.js';
import { FORMATS, save } from './export.js';
import { Button, Icon, langOf, nameOf, Thumbnail, usePage } from './parts.js';

const MOST_KEYWORDS = 12;
const FEW_KEYWORDS = 5;
const LEAST_STRENGTH = 0.03; // of the strongest; beyond a few, weaker ones explain nothing
const MOST_LINES = 2;
const BOOSTS = [0, 1, 3]; // steps of a chip: as much as all that is asked by, and three times that
const MOST_THUMBNAILS = 3;

/** Confidence in words. A picture's and a song's are probabilities; the words' limits are the page's. */
export function sureness(confidence) {
  return confidence >= 0.75 ? 'surely' : confidence >= 0.5 ? 'probably' : confidence >= 0.25 ? 'perhaps' : 'hardly';
}

export function Answer({ query, answer }) {
  const { t, info } = usePage();
  const { songs, pictures } = answer;
  return html`
    <div class="answer-head">
      <h2 id="answer" tabindex="-1">${songs.length ? t('found', songs.length) : t('foundNone')}</h2>
      ${songs.length > 0 && html`<${Tools} query=${query} answer=${answer} />`}
    </div>
    <${Sureness} query=${query} answer=${answer} />
    ${(answer.spaces?.trained === false || info?.untrained) && html`<p class="notice">${t('untrained')}</p>`}
    ${(answer.notes || []).map((note) => html`<p class="notice">${note.message ?? note}</p>`)}
    <${Keywords} query=${query} songs=${songs} />
    <ol class="songs">
      ${songs.map((song) => html`<${Song} key=${song.id} song=${song} answer=${answer} query=${query} />`)}
    </ol>
    ${pictures.length > 0 && html`<${Pictures} title=${t(query.song ? 'picturesFor' : 'pictures')} pictures=${pictures} query=${query}
      near=${query.pictures.length > 0} />`}`;
}

function Sureness({ query, answer }) {
  const { t, actions } = usePage();
  const { known, confidence, songs } = answer;
  const asked = answer.asked ?? query.songs;
  const unknown = known === false;
  const fewer = songs.length < asked;
  const fill = query.fill
    ? html`<${Button} label=${t('unfill')} onClick=${() => actions.ask({ fill: false })} />`
    : html`<${Button} label=${t('fill', asked)} onClick=${() => actions.ask({ fill: true })} />`;
  if (unknown) {
    const left = query.only.length + query.not.length > 0 ? 'unknownLeft' : 'unknown';
    return html`<div class="notice strong"><p><strong>${t(left)}</strong></p><p>${t(`${left}Text`)}</p>${fill}</div>`;
  }
  const sure = typeof confidence === 'number' && html`<span>${t(`sure_${sureness(confidence)}`.replace('hardly', 'perhaps'))}</span>`;
  const why = !fewer ? '' : songs.length ? t('fewer', songs.length, asked) : narrows(query) ? t('noneWithFilters') : t('noneFits');
  const filling = query.fill || (fewer && typeof confidence === 'number');
  return html`<div class="sureness">${sure && html`<p>${sure}</p>`}${why && html`<p>${why}</p>`}${filling && fill}</div>`;
}

function Tools({ query, answer }) {
  const { t, actions } = usePage();
  const [copied, setCopied] = useState('');
  const menu = useRef();
  const copy = async () => {
    const address = location.href;
    try {
      await navigator.clipboard.writeText(address);
      setCopied('done');
      actions.say(t('copied'));
    } catch {
      setCopied(address); // no clipboard outside of secure pages
    }
  };
  useEffect(() => setCopied(''), [answer]);
  const closing = (event) => {
    if (event.key !== 'Escape' || !menu.current.open) return;
    menu.current.open = false;
    menu.current.querySelector('summary').focus();
  };
  return html`<div class="row tools">
    <${Button} icon="link" label=${copied === 'done' ? t('copied') : t('copyLink')} onClick=${copy} title=${t('linkNote')} />
    <details class="menu" ref=${menu} onKeyDown=${closing} onFocusOut=${(event) => {
      if (!event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false;
    }}>
      <summary class="button"><${Icon} name="export" /><span>${t('export')}</span></summary>
      <ul>
        ${Object.keys(FORMATS).map((format) => html`<li key=${format}>
          <button type="button" aria-label=${t('exportAs', format)} onClick=${() => {
            save(format, answer, titleOf(query, t));
            menu.current.open = false;
          }}>${format}</button>
        </li>`)}
      </ul>
    </details>
    ${copied && copied !== 'done' && html`<label class="by-hand"><span>${t('copyByHand')}</span>
      <input type="text" readonly value=${copied} ref=${(input) => input?.select()} /></label>`}
  </div>`;
}

const titleOf = (query, t) => ['Seesong', query.words || query.keyword || t('tagline')].join(': ');

/** Keywords that the songs share with what was asked, weightiest first, each with its strength in 0 to 1. */
export function sharedKeywords(songs) {
  const sums = new Map();
  for (const song of songs) {
    for (const { keyword, originWeight, songWeight } of song.explanation.keywordPaths || []) {
      sums.set(keyword, (sums.get(keyword) || 0) + originWeight * songWeight);
    }
  }
  const most = Math.max(...sums.values(), 1e-9);
  return [...sums].sort((a, b) => b[1] - a[1]).map(([keyword, sum]) => ({ keyword, strength: sum / most }));
}

function Keywords({ query, songs }) {
  const { t, actions } = usePage();
  const boostOf = (keyword) => query.boosts.find((boost) => boost.keyword === keyword)?.weight ?? 0;
  const chosen = [...new Set([...query.only, ...query.not, ...query.boosts.map(({ keyword }) => keyword)])];
  const shared = sharedKeywords(songs)
    .filter(({ keyword, strength }, place) => (place < FEW_KEYWORDS || strength >= LEAST_STRENGTH) && !chosen.includes(keyword))
    .slice(0, MOST_KEYWORDS);
  const strengths = new Map(sharedKeywords(songs).map(({ keyword, strength }) => [keyword, strength]));
  const all = [...chosen.map((keyword) => ({ keyword, strength: strengths.get(keyword) ?? 0 })), ...shared];
  if (!all.length) return null;
  const toggle = (keyword, list) => {
    const without = (words) => words.filter((word) => word !== keyword);
    const was = query[list].includes(keyword);
    actions.ask({ only: without(query.only), not: without(query.not), [list]: was ? without(query[list]) : [...query[list], keyword] }, { stay: `${list}-${keyword}` });
  };
  /** How many of the steps up a keyword has taken; a link may say any weight, also less than none. */
  const step = (keyword) => BOOSTS.filter((weight) => weight && weight <= boostOf(keyword)).length;
  const boost = (keyword) => {
    const weight = BOOSTS[step(keyword) + 1] ?? 0;
    const others = query.boosts.filter((each) => each.keyword !== keyword);
    actions.ask({ boosts: weight ? [...others, { keyword, weight }] : others, not: query.not.filter((word) => word !== keyword) }, { stay: `boost-${keyword}` });
  };
  return html`<section class="keywords" aria-labelledby="keywords">
    <h3 id="keywords">${t('keywords')}</h3>
    <p class="unseen">${t('keywordsHint')}</p>
    <ul class="chips">
      ${all.map(({ keyword, strength }) => html`<li key=${keyword} class=${`chip ${query.only.includes(keyword) ? 'only' : query.not.includes(keyword) ? 'not' : boostOf(keyword) ? 'boosted' : ''}`}>
        <button type="button" id=${`boost-${keyword}`} class="boost" aria-label=${t(`boost${step(keyword)}`, keyword)} title=${t(`boost${step(keyword)}`, keyword)}
          onClick=${() => boost(keyword)}><${Icon} name=${boostOf(keyword) < 0 ? 'minus' : 'plus'} />${boostOf(keyword) !== 0 && html`<small>${Math.abs(boostOf(keyword))}</small>`}</button>
        <button type="button" id=${`only-${keyword}`} aria-pressed=${query.only.includes(keyword)} aria-label=${t('only', keyword)} title=${t('only', keyword)}
          onClick=${() => toggle(keyword, 'only')}>
          <span class="word">${keyword}</span><${Strength} value=${strength} />
        </button>
        <button type="button" id=${`not-${keyword}`} class="drop-keyword" aria-pressed=${query.not.includes(keyword)} aria-label=${t('not', keyword)} title=${t('not', keyword)}
          onClick=${() => toggle(keyword, 'not')}><${Icon} name="close" /></button>
      </li>`)}
    </ul>
  </section>`;
}

function Strength({ value }) {
  return html`<span class="strength" aria-hidden="true"><span style=${{ width: `${Math.round(Math.min(1, value) * 100)}%` }}></span></span>`;
}

function Song({ song, answer, query }) {
  const { t, actions, info } = usePage();
  const [pictures, setPictures] = useState(null);
  const [vote, setVote] = useState(0);
  const { explanation: why, confidence } = song;
  // A song's confidence holds where the picture is known.
  const known = answer.confidence ?? 1;
  const paths = why.keywordPaths || [];
  const level = typeof confidence === 'number' ? sureness(confidence * known) : '';
  const showPictures = async () => setPictures(pictures ? null : await actions.picturesOf(song.id));
  const castVote = (value) => {
    const next = vote === value ? 0 : value;
    setVote(next);
    actions.vote(song.id, next).catch(() => setVote(vote));
  };
  const named = (key) => ({ 'aria-label': t('forSong', t(key), song.title) });
  const evidence = evidenceOf(song, answer);
  return html`<li class=${`song ${evidence.length ? '' : 'bare'}`}>
    ${evidence.length > 0 && html`<${Evidence} song=${song} answer=${answer} pictures=${evidence} asked=${query.pictures.length > 0} />`}
    <article aria-labelledby=${`title-${song.rank}`}>
      <header>
        <h3 id=${`title-${song.rank}`} lang=${langOf(song)}>${song.title}</h3>
        <p class="by"><span lang=${langOf(song)}>${song.artist}</span>
          ${song.versions?.length > 0 && html`<span class="note">${t('versions', song.versions.length)}</span>`}</p>
      </header>
      <${Lines} song=${song} paths=${paths} />
      ${paths.length > 0 && html`<ul class="reasons" aria-label=${t('why')}>
        ${paths.map((path) => html`<li key=${path.keyword} title=${t('weight', path.originWeight.toFixed(2), path.songWeight.toFixed(2))}>
          ${path.keyword}<${Strength} value=${Math.sqrt(path.originWeight * path.songWeight)} />
          <span class="unseen">${t('weight', path.originWeight.toFixed(2), path.songWeight.toFixed(2))}</span>
        </li>`)}
      </ul>`}
      <footer class="row">
        ${level && html`<span class=${`level ${level}`}><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${t(`song_${level}`)}</span>`}
        <span class="row actions">
          <${Button} kind="small" icon="like" label=${t('moreLikeSong')} ...${named('moreLikeSong')} onClick=${() => actions.moreLike(song)} />
          <${Button} kind="small" icon="picture" label=${t('picturesOfSong')} aria-expanded=${Boolean(pictures)} ...${named('picturesOfSong')} onClick=${showPictures} />
          <${Button} kind="small" icon="hide" label=${t('notThisSong')} ...${named('notThisSong')} onClick=${() => actions.hide(song)} />
          ${info?.votes && html`
            <${Button} quiet icon="up" label=${t('forSong', t('fits'), song.title)} aria-pressed=${vote === 1} onClick=${() => castVote(1)} />
            <${Button} quiet icon="down" label=${t('forSong', t('doesNotFit'), song.title)} aria-pressed=${vote === -1} onClick=${() => castVote(-1)} />`}
        </span>
      </footer>
      ${pictures && (pictures.length
        ? html`<ul class="strip">${pictures.map((picture) => html`<li key=${picture.id}>
            <button type="button" class="picture-button" aria-label=${t('askPicture', nameOf(picture))} onClick=${() => actions.askPicture(picture)}>
              <${Thumbnail} picture=${picture} size="medium" /></button></li>`)}</ul>`
        : html`<p class="note">${t('noPictures')}</p>`)}
    </article>
  </li>`;
}

/** The pictures that led to a song: the one that the answer names, and others of the answer with its foremost keyword. */
function evidenceOf(song, answer) {
  const { picture: id, keywordPaths = [] } = song.explanation;
  const named = id ? [answer.pictures.find((picture) => picture.id === id) || { id, keywords: [] }] : [];
  const alike = answer.pictures.filter((picture) => picture.id !== id && picture.keywords.includes(keywordPaths[0]?.keyword));
  return [...named, ...alike].slice(0, MOST_THUMBNAILS);
}

function Evidence({ song, answer, pictures: [first, ...others], asked }) {
  const { t } = usePage();
  const { origin } = song.explanation;
  const word = asked && typeof first.distance === 'number' ? distanceWord(t, first, answer.pictures) : '';
  return html`<figure class="evidence">
    <${Thumbnail} picture=${first} size="first" alt=${t('pictureNamed', nameOf(first))} />
    ${others.length > 0 && html`<span class="others">${others.map((picture) => html`<${Thumbnail} key=${picture.id} picture=${picture} size="tiny" />`)}</span>`}
    <figcaption>${word || (t.has(`from_${origin}`) && t(`from_${origin}`))}</figcaption>
  </figure>`;
}

/**
 * How near a picture is, in words. Vectors of length 1 are at most 2 apart and sqrt(2) when they have nothing in common; other
 * encoders' distances have no scale to name, so only the order is told.
 */
export function distanceWord(t, picture, all) {
  const { distance } = picture;
  if (all.some((each) => each.distance > 2.01)) return t('nth', all.indexOf(picture) + 1);
  const near = distance < 0.1 ? 'same' : distance < 0.7 ? 'very' : distance < 0.95 ? 'alike' : distance < 1.2 ? 'somewhat' : 'far';
  return t(`near_${near}`);
}

/** The lyric lines that hold the shared keywords, with the keywords lit; without any, the song's first lines. */
function Lines({ song, paths }) {
  const lines = [...new Set(paths.map((path) => path.line).filter(Boolean))].slice(0, MOST_LINES);
  const words = paths.map((path) => path.keyword);
  if (lines.length) return html`<div class="lines" lang=${langOf(song)}>${lines.map((line) => html`<p key=${line}>${lit(line, words)}</p>`)}</div>`;
  const first = (song.firstLines || []).slice(0, MOST_LINES);
  return first.length > 0 && html`<div class="lines first" lang=${langOf(song)}>${first.map((line) => html`<p>${line}</p>`)}</div>`;
}

/** A line with the keywords in <mark>: whole words where the script has spaces, else the letters. */
export function lit(line, keywords) {
  const patterns = keywords.map((keyword) => {
    const text = keyword.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return /^[\p{Script=Latin}\s'-]+$/u.test(keyword) ? `(?<!\\p{L})${text}(?:s|es|y|ed|ing)?(?!\\p{L})` : text;
  });
  if (!patterns.length) return line;
  const parts = line.split(new RegExp(`(${patterns.join('|')})`, 'giu'));
  return parts.map((part, i) => (i % 2 ? html`<mark>${part}</mark>` : part));
}

function Pictures({ title, pictures, query, near }) {
  const { t, actions } = usePage();
  const asked = new Set(query.pictures.map((picture) => picture.id));
  return html`<section class="pictures" aria-labelledby="pictures">
    <h3 id="pictures">${title}</h3>
    <ul class="grid">
      ${pictures.map((picture) => html`<li key=${picture.id}>
        <button type="button" class="picture-button" aria-label=${t('askPicture', nameOf(picture))} onClick=${() => actions.askPicture(picture)}>
          <${Thumbnail} picture=${picture} size="medium" />
        </button>
        <span class="row"><small>${near ? distanceWord(t, picture, pictures) : nameOf(picture)}</small>
          ${near && html`<span class="signs">
            <${Button} quiet icon="plus" label=${t('addMore', nameOf(picture))} disabled=${asked.has(picture.id)} onClick=${() => actions.addPicture(picture, 1)} />
            <${Button} quiet icon="minus" label=${t('addLess', nameOf(picture))} disabled=${asked.has(picture.id)} onClick=${() => actions.addPicture(picture, -0.5)} />
          </span>`}</span>
      </li>`)}
    </ul>
  </section>`;
}

/** Pictures near a song: those of a search by it. */
export async function picturesOfSong(id) {
  return (await api.search({ song: id, songs: 1, nearestPictures: 6 }, [])).pictures;
}
