// Small parts that all views use: icons, buttons, thumbnails.
import { createContext, html, useContext, useEffect, useState } from './vendor/htm-preact.js';
import * as api from './api.js';

/** {t, actions, info}: the texts of the chosen language, what can be done, and what the server told of itself. */
export const Page = createContext();
export const usePage = () => useContext(Page);

// 24 x 24, drawn as strokes
const ICONS = {
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9.500h.01',
  camera: 'M4 8h3l1.500-2.500h7L17 8h3v11H4zM12 16.500a3.250 3.250 0 1 0 0-6.500 3.250 3.250 0 0 0 0 6.500z',
  crop: 'M7 3v14h14M3 7h14v14',
  close: 'M6 6l12 12M18 6L6 18',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  like: 'M9 18.500a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0zM9 18.500V6l11-2v12.500M20 16.500a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0z',
  hide: 'M4 12s3-5.500 8-5.500 8 5.500 8 5.500-3 5.500-8 5.500-8-5.500-8-5.500zM5 19L19 5',
  up: 'M7 11v9H4v-9zM7 11l4-7c1.500 0 2.500 1 2.500 2.500V10H19a1.500 1.500 0 0 1 1.500 1.800l-1.300 6.700A2 2 0 0 1 17.200 20H7',
  down: 'M17 13V4h3v9zM17 13l-4 7c-1.500 0-2.500-1-2.500-2.500V14H5a1.500 1.500 0 0 1-1.500-1.800l1.300-6.700A2 2 0 0 1 6.800 4H17',
  link: 'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.700-5.700L12 7M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.700 5.700L12 17',
  export: 'M12 4v11M7.500 10.500L12 15l4.500-4.500M5 19.500h14',
  moon: 'M20 14.500A8 8 0 1 1 9.500 4 6.500 6.500 0 0 0 20 14.500z',
  again: 'M5 12a7 7 0 1 0 2.200-5.100L5 9M5 4.500V9h4.500',
};

export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${ICONS[name]} /></svg>`;
}

/** A button with an icon; with `quiet` its label is for screen readers and the tooltip alone. */
export function Button({ icon, label, quiet, kind = '', ...rest }) {
  const name = quiet ? { 'aria-label': label, title: label } : {};
  return html`<button type="button" class=${`button ${kind} ${quiet ? 'quiet' : ''}`} ...${name} ...${rest}>
    ${icon && html`<${Icon} name=${icon} />`}${!quiet && html`<span>${label}</span>`}
  </button>`;
}

/** A label that opens the browser's choice of files. */
export function FileButton({ icon, label, kind = '', capture, onFiles }) {
  const chosen = (event) => {
    const files = [...event.target.files];
    event.target.value = ''; // the same file may be chosen again
    if (files.length) onFiles(files);
  };
  return html`<label class=${`button file ${kind}`}>
    <input type="file" accept="image/*" class="unseen" capture=${capture} multiple=${!capture} onChange=${chosen} />
    <${Icon} name=${icon} /><span>${label}</span>
  </label>`;
}

/** A picture of the catalogue. Where it has no thumbnail, its first keyword or id stands in its place. */
export function Thumbnail({ picture, alt = '', size = '' }) {
  const [source, setSource] = useState(api.token.get() ? null : api.thumbnail(picture.id));
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    setMissing(false);
    if (!api.token.get()) {
      setSource(api.thumbnail(picture.id));
      return undefined;
    }
    let url;
    let left = false;
    api.thumbnailBlob(picture.id).then(
      (blob) => {
        url = URL.createObjectURL(blob);
        if (left) URL.revokeObjectURL(url);
        else setSource(url);
      },
      () => setMissing(true),
    );
    return () => {
      left = true;
      if (url) URL.revokeObjectURL(url);
    };
  }, [picture.id]);
  // Never an <img> without an address: its error would count as a missing picture.
  if (missing || !source) {
    const name = missing ? picture.keywords?.[0]?.keyword || picture.keywords?.[0] || picture.id : '';
    return html`<span class=${`thumbnail missing ${size}`} role=${alt ? 'img' : undefined} aria-label=${alt || undefined} aria-hidden=${!alt}>${name}</span>`;
  }
  return html`<img class=${`thumbnail ${size}`} src=${source} alt=${alt} loading="lazy" decoding="async" onError=${() => setMissing(true)} />`;
}

/** What a picture of the catalogue is called for somebody who cannot see it. */
export function nameOf(picture) {
  const words = (picture.keywords || []).map((word) => word.keyword ?? word).slice(0, 3);
  return words.length ? words.join(', ') : picture.path || picture.id;
}

/** The songs' language as an attribute for lang: only what looks like a language tag. */
export const langOf = (song) => (/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(song.language || '') ? song.language : undefined);
