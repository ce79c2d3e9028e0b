// The page: one search at a time, its answer, and everything that can be done with them.
import { html, render, useEffect, useMemo, useRef, useState } from './vendor/htm-preact.js';
import { asks, EMPTY, fromAddress, toAddress, toRequest } from './address.js';
import { Answer, picturesOfSong } from './answer.js';
import * as api from './api.js';
import { Button, Icon, Page, usePage } from './parts.js';
import * as pictures from './picture.js';
import { Query } from './query.js';
import { Start } from './start.js';
import { LANGUAGES, preferredLanguage, translator } from './words.js';

const MOST_PICTURES = 10;
const MOST_ANSWERS = 30;
const remembered = (name) => localStorage.getItem(`seesong.${name}`);
const remember = (name, value) => localStorage.setItem(`seesong.${name}`, value);

/** A fresh start for what belongs to one question; filters on songs stay. */
const FRESH = { pictures: [], song: '', keyword: '', words: '', without: '', only: [], not: [], boosts: [], exclude: [], fill: false };

/** What went wrong, in the page's words where it has any, else in the server's. */
function explain(t, error, info) {
  const { status, code, message } = error;
  if (code === 'offline') return t('error_offline');
  if (code === 'not-picture') return t('error_notPicture', message);
  if (code === 'too-large' || status === 413) return info ? t('error_tooLarge', bytes(info.maxUploadBytes)) : message;
  if (status === 401) return t('error_token');
  if (status === 410) return t('error_gone');
  if (code === 'encoder-missing') return t('error_encoder');
  if (status === 429 || status === 503) return t('error_busy');
  if (status === 404 || /^(song|picture)-unknown$/.test(code)) return t('error_notFound');
  if (code === 'picture-unreadable') return t('error_unreadable');
  return message || String(error);
}

const bytes = (n) => (n >= 1e6 ? `${Math.floor(n / 1e6)} MB` : `${Math.floor(n / 1e3)} kB`);

/** State and actions; `render` draws what it returns. */
function useSeesong(t) {
  const [state, setState] = useState({ query: EMPTY, answer: null, error: null, busy: asks(fromAddress(location.hash)) ? 'busy' : '', info: null, said: '' });
  const now = useRef(state);
  const set = (change) => {
    now.current = { ...now.current, ...change };
    setState(now.current);
  };
  const texts = useRef(t);
  texts.current = t;
  const running = useRef(null);
  const answers = useRef(new Map());
  const seen = useRef({ pictures: new Map(), titles: new Map() });

  const see = (answer) => {
    for (const picture of answer.pictures) seen.current.pictures.set(picture.id, picture);
    for (const song of answer.songs) seen.current.titles.set(song.id, song.title);
    answers.current.set(answer.address, answer);
    if (answers.current.size > MOST_ANSWERS) answers.current.delete(answers.current.keys().next().value);
  };

  const focus = (id) => setTimeout(() => document.getElementById(id)?.focus({ preventScroll: true }));

  const loadInfo = () => api.info().then((info) => {
    set({ info });
    return true;
  }, (error) => {
    set({ error });
    return false;
  });

  /** Asks the server. A key that it no longer knows is uploaded again where this browser holds the picture. */
  const fetchAnswer = async (query, signal, again = true) => {
    const fresh = query.pictures.filter(({ kind }) => kind === 'new');
    const blobs = fresh.map(({ id }) => pictures.get(id).blob);
    const limit = now.current.info?.maxUploadBytes;
    if (limit && blobs.some((blob) => blob.size > limit)) throw new api.ApiError(413, 'too-large', '');
    try {
      const answer = await api.search(toRequest(query), blobs, signal);
      fresh.forEach(({ id }, i) => pictures.name(id, answer.uploads[i].key));
      let upload = 0;
      const named = query.pictures.map((each) => (each.kind === 'new' ? { ...each, kind: 'key', id: answer.uploads[upload++].key } : each));
      return [{ ...query, pictures: named }, answer];
    } catch (error) {
      if (error.status !== 410 || !again) throw error;
      const held = query.pictures.map((each) => (each.kind === 'key' && pictures.get(each.id) ? { ...each, kind: 'new' } : each));
      return fetchAnswer({ ...query, pictures: held }, signal, false);
    }
  };

  /**
   * Changes the search and asks.
   *
   * @param change fields of the search
   * @param options `push`: a step to come back to; `cached`: an answer that was given before will do; `move`: the focus goes to
   *     the answer; `stay`: the id of what keeps it, wherever it then stands
   */
  const ask = async (change, { push = true, cached = false, move = false, stay = '' } = {}) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const query = { ...now.current.query, ...change };
    if (!asks(query)) {
      history.pushState(null, '', location.pathname);
      set({ query, answer: null, error: null, busy: '' });
      if (move) focus('hero');
      return;
    }
    const busy = query.pictures.some(({ kind }) => kind === 'new') ? 'busyPicture' : 'busy';
    set({ query, error: null, busy, said: texts.current(busy) });
    try {
      const before = cached && answers.current.get(toAddress(query));
      const [named, answer] = before ? [query, before] : await fetchAnswer(query, controller.signal);
      if (controller.signal.aborted) return;
      const address = toAddress(named);
      see({ ...answer, address });
      if (push && `#${address}` !== location.hash) history.pushState(null, '', `#${address}`);
      const count = answer.songs.length;
      set({ query: named, answer, busy: '', said: count ? texts.current('found', count) : texts.current('foundNone') });
      if (move) {
        scrollTo(0, 0);
        focus('answer');
      }
      if (stay) focus(stay);
    } catch (error) {
      if (controller.signal.aborted) return;
      set({ answer: null, busy: '', error, said: '' });
      focus('problem');
    }
  };

  const restore = async () => {
    const query = fromAddress(location.hash);
    if (!asks(query)) {
      running.current?.abort();
      set({ query, answer: null, error: null, busy: '' });
      return;
    }
    set({ busy: 'busy' });
    for (const { kind, id } of query.pictures) {
      if (kind === 'key' && (await pictures.recall(id))) await pictures.recall(pictures.wholeOf(id));
    }
    await ask(query, { push: false, cached: true });
  };

  const fail = (code, message) => {
    set({ error: new api.ApiError(0, code, message), busy: '' });
    focus('problem');
  };

  const moving = { move: true };
  const actions = useMemo(() => ({
    ask,
    retry: () => ask({}),
    say: (said) => set({ said }),
    startAgain: () => ask(EMPTY, moving),
    takeFiles: async (files) => {
      const wrong = files.find((file) => file.type && !file.type.startsWith('image/'));
      if (wrong) return fail('not-picture', wrong.name);
      running.current?.abort();
      set({ busy: 'busyPicture', error: null });
      const ids = [];
      for (const file of files.slice(0, MOST_PICTURES)) ids.push(await pictures.take(file));
      const { words, without } = now.current.query;
      return ask({ ...FRESH, words, without, pictures: ids.map((id) => ({ kind: 'new', id, weight: 1 })) }, moving);
    },
    askPicture: (picture) => {
      seen.current.pictures.set(picture.id, picture);
      return ask({ ...FRESH, pictures: [{ kind: 'id', id: picture.id, weight: 1 }] }, moving);
    },
    addPicture: ({ id }, weight) => ask({ pictures: [...now.current.query.pictures, { kind: 'id', id, weight }].slice(0, MOST_PICTURES) }),
    crop: async (picture, part) => {
      const kind = (id) => (id.startsWith('new-') ? 'new' : 'key');
      const whole = pictures.wholeOf(picture.id);
      set({ busy: 'busyPicture' });
      const id = part ? await pictures.crop(part.whole, part.region) : whole;
      return ask({ pictures: now.current.query.pictures.map((each) => (each.id === picture.id ? { ...each, kind: kind(id), id } : each)) }, moving);
    },
    askKeyword: (keyword) => ask({ ...FRESH, keyword }, moving),
    moreLike: (song) => ask({ ...FRESH, song: song.id }, moving),
    hide: (song) => ask({ exclude: [...now.current.query.exclude, song.id] }, moving),
    vote: (id, value) => api.vote(id, value, toRequest(now.current.query)).catch((error) => {
      set({ said: texts.current('error_storage') });
      throw error;
    }),
    picturesOf: (id) => picturesOfSong(id).then((found) => {
      for (const picture of found) seen.current.pictures.set(picture.id, picture);
      return found;
    }, (error) => {
      set({ said: explain(texts.current, error, now.current.info) });
      return null;
    }),
    useToken: async (value) => {
      api.token.set(value);
      if (!(await loadInfo())) return;
      set({ error: null });
      if (asks(now.current.query)) await ask({});
    },
    /** A song's title for its id; looked up once where it was not in an answer yet. */
    songTitle: (id) => named(seen.current.titles, id, () => api.song(id).then((song) => song.title), id),
  }), []);

  const named = (map, id, load, otherwise) => {
    if (!map.has(id)) {
      map.set(id, otherwise);
      load().then((value) => {
        map.set(id, value);
        set({});
      }, () => {}); // the id stands for it
    }
    return map.get(id);
  };
  const known = (id) => named(seen.current.pictures, id, () => api.picture(id), { id, keywords: [] });

  useEffect(() => {
    loadInfo();
    restore();
    addEventListener('popstate', restore);
    return () => removeEventListener('popstate', restore);
  }, []);
  return { state, actions, known };
}

/** Files that are dropped anywhere or pasted. */
function useDropped(takeFiles) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const carriesFiles = (event) => [...(event.dataTransfer?.types || [])].includes('Files');
    const handlers = {
      dragenter: (event) => carriesFiles(event) && (depth++, setOver(true)),
      dragleave: (event) => carriesFiles(event) && --depth <= 0 && ((depth = 0), setOver(false)),
      dragover: (event) => carriesFiles(event) && event.preventDefault(),
      drop: (event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        depth = 0;
        setOver(false);
        if (event.dataTransfer.files.length) takeFiles([...event.dataTransfer.files]);
      },
      paste: (event) => {
        const files = [...(event.clipboardData?.files || [])].filter((file) => file.type.startsWith('image/'));
        if (files.length) takeFiles(files);
      },
    };
    for (const [name, handler] of Object.entries(handlers)) addEventListener(name, handler);
    return () => {
      for (const [name, handler] of Object.entries(handlers)) removeEventListener(name, handler);
    };
  }, []);
  return over;
}

function useDark() {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const [dark, setDark] = useState(remembered('theme') ? remembered('theme') === 'dark' : system.matches);
  useEffect(() => {
    const follow = () => remembered('theme') || setDark(system.matches);
    system.addEventListener('change', follow);
    return () => system.removeEventListener('change', follow);
  }, []);
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  }, [dark]);
  return [dark, () => {
    remember('theme', dark ? 'light' : 'dark');
    setDark(!dark);
  }];
}

function useLanguage() {
  const [language, setLanguage] = useState(remembered('language') in LANGUAGES ? remembered('language') : preferredLanguage());
  const t = useMemo(() => translator(language), [language]);
  useEffect(() => {
    document.documentElement.lang = LANGUAGES[language];
    document.title = `Seesong · ${t('tagline')}`;
  }, [language]);
  return [t, () => {
    const next = language === 'en' ? 'zh' : 'en';
    remember('language', next);
    setLanguage(next);
  }];
}

function App() {
  const [t, switchLanguage] = useLanguage();
  const [dark, switchDark] = useDark();
  const { state, actions, known } = useSeesong(t);
  const over = useDropped(actions.takeFiles);
  const { query, answer, error, busy, info, said } = state;
  const asking = asks(query) || busy;
  const problem = error && error.status !== 401 && html`<${Problem} error=${error} info=${info} />`;
  const hue = query.pictures.length ? pictures.get(query.pictures[0].id)?.hue : null;
  useEffect(() => {
    document.documentElement.style.setProperty('--hue', hue ?? 172);
  }, [hue]);
  const page = { t, actions, info };
  return html`<${Page.Provider} value=${page}>
    <a class="skip" href="#main" onClick=${(event) => {
      event.preventDefault();
      document.getElementById(answer ? 'answer' : 'main')?.focus();
    }}>${t('skip')}</a>
    <header class="top">
      <h1><a href="./" aria-label=${t('startAgain')} onClick=${(event) => {
        event.preventDefault();
        actions.startAgain();
      }}><img src="icon.svg" alt="" width="32" height="32" /><span>Seesong</span></a></h1>
      <p class="tagline">${t('tagline')}</p>
      <nav class="row" aria-label="Seesong">
        <button type="button" class="button" lang=${t.language === 'en' ? 'zh-Hans' : 'en'} aria-label=${t('otherLanguageLabel')} onClick=${switchLanguage}><span>${t('otherLanguage')}</span></button>
        <${Button} quiet icon="moon" label=${t('dark')} aria-pressed=${dark} onClick=${switchDark} />
      </nav>
    </header>
    <main id="main" tabindex="-1" aria-busy=${Boolean(busy)}>
      ${error?.status === 401 && html`<${TokenForm} error=${error} />`}
      ${!asking ? html`${problem}<${Start} />` : html`<div class="columns">
        ${asks(query) ? html`<${Query} query=${query} known=${known} />` : html`<div></div>`}
        <section class=${`answer ${busy ? 'busy' : ''}`} aria-labelledby=${answer ? 'answer' : undefined}>
          ${busy && html`<div class="progress"><span></span></div><p class="progress-text">${t(busy)}</p>`}
          ${problem}
          ${answer && html`<${Answer} query=${query} answer=${answer} />`}
          ${!error && !answer && busy && html`<${Skeleton} />`}
        </section>
      </div>`}
      ${info?.map && html`<${MapSection} answer=${answer} />`}
    </main>
    <footer class="bottom">${info && html`<p>${t('size', info.songs, info.pictures)}</p>`}</footer>
    <div class="unseen" role="status" aria-live="polite">${said}</div>
    ${over && html`<div class="dropping"><p><${Icon} name="picture" />${t('dropNow')}</p></div>`}
  <//>`;
}

function Problem({ error, info }) {
  const { t, actions } = usePage();
  return html`<div class="notice strong" id="problem" tabindex="-1" role="alert">
    <p><strong>${t('problem')}</strong></p>
    <p>${explain(t, error, info)}</p>
    ${error.request && html`<p class="note">${t('requestId', error.request)}</p>`}
    ${!['not-picture', 'too-large'].includes(error.code) && error.status !== 410 && html`<${Button} icon="again" label=${t('retry')} onClick=${actions.retry} />`}
  </div>`;
}

function TokenForm({ error }) {
  const { t, actions } = usePage();
  const [value, setValue] = useState('');
  return html`<form class="notice strong token" id="problem" tabindex="-1" onSubmit=${(event) => {
    event.preventDefault();
    if (value.trim()) actions.useToken(value.trim());
  }}>
    <p role="alert"><strong>${t(error.code === 'token-wrong' ? 'error_tokenWrong' : 'error_token')}</strong></p>
    <label for="token">${t('token')}</label>
    <div class="row"><input id="token" type="password" autocomplete="off" aria-describedby="token-hint" value=${value} onInput=${(event) => setValue(event.target.value)} />
      <button type="submit" class="button primary"><span>${t('useToken')}</span></button></div>
    <p class="note" id="token-hint">${t('tokenHint')}</p>
  </form>`;
}

/** The map, loaded when it is first opened. */
function MapSection({ answer }) {
  const { t } = usePage();
  const [open, setOpen] = useState(false);
  const [View, setView] = useState(null);
  const toggle = () => {
    setOpen(!open);
    // A page that is older than the server finds no such file; the button then just closes again.
    if (!View) import('./map-view.js').then(({ MapView }) => setView(() => MapView), () => setOpen(false));
  };
  return html`<section class="map-section" aria-labelledby="map-title">
    <h3 id="map-title">${t('map')}</h3>
    <p class="note">${t('mapText')}</p>
    <button type="button" class="button" aria-expanded=${open} onClick=${toggle}><span>${t(open ? 'mapHide' : 'mapShow')}</span></button>
    ${open && View && html`<${View} answer=${answer} />`}
  </section>`;
}

function Skeleton() {
  return html`<div class="skeleton" aria-hidden="true">${[1, 2, 3, 4].map((i) => html`<div key=${i}><span></span><p></p><p></p></div>`)}</div>`;
}

render(html`<${App} />`, document.getElementById('app'));
