// The empty state: a place to drop a picture, samples to try, keywords and words to begin with.
import { html, useEffect, useState } from './vendor/htm-preact.js';
import * as api from './api.js';
import { FileButton, Icon, nameOf, Thumbnail, usePage } from './parts.js';

const SAMPLES = 12;
const KEYWORDS = 20;

export function Start() {
  const { t, actions, info } = usePage();
  const [samples, setSamples] = useState([]);
  const [keywords, setKeywords] = useState([]);
  const [words, setWords] = useState('');
  useEffect(() => {
    if (!info) return;
    // Both only help to begin; where they fail the page still takes pictures.
    api.samples(SAMPLES).then((answer) => setSamples(answer.pictures), () => {});
    api.keywords().then(({ keywords: all }) => setKeywords([...all].sort((a, b) => b.songs - a.songs).slice(0, KEYWORDS)), () => {});
  }, [info]);
  const touch = matchMedia('(pointer: coarse)').matches;
  return html`<div class="start">
    <section class="drop" aria-labelledby="hero">
      <h2 id="hero" tabindex="-1">${t('heroTitle')}</h2>
      <p class="lead">${t('heroText')}</p>
      ${info?.encodes === false ? html`<p class="notice">${t('error_encoder')}</p>` : html`<div class="drop-zone">
        <${Icon} name="picture" />
        <p class="drop-hint">${t(touch ? 'begin' : 'drop')}</p>
        <div class="row centre">
          <${FileButton} icon="picture" kind="primary" label=${t('choose')} onFiles=${actions.takeFiles} />
          ${touch && html`<${FileButton} icon="camera" label=${t('photograph')} capture="environment" onFiles=${actions.takeFiles} />`}
        </div>
        <p class="note">${t('privacy')}</p>
      </div>`}
    </section>
    ${samples.length > 0 && html`<section aria-labelledby="samples">
      <h3 id="samples">${t('samples')}</h3>
      <ul class="samples">
        ${samples.map((picture) => html`<li key=${picture.id}>
          <button type="button" class="picture-button" aria-label=${t('sample', nameOf(picture))} onClick=${() => actions.askPicture(picture)}>
            <${Thumbnail} picture=${picture} />
          </button>
        </li>`)}
      </ul>
    </section>`}
    ${info?.words && html`<form class="start-words" onSubmit=${(event) => {
      event.preventDefault();
      if (words.trim()) actions.ask({ words: words.trim() });
    }}>
      <label for="start-words">${t('orWords')}</label>
      <div class="row">
        <input id="start-words" type="text" maxlength="500" placeholder=${t('wordsHint')} value=${words} onInput=${(event) => setWords(event.target.value)} />
        <button type="submit" class="button"><span>${t('ask')}</span></button>
      </div>
    </form>`}
    ${keywords.length > 0 && html`<section aria-labelledby="start-keywords">
      <h3 id="start-keywords">${t('orKeywords')}</h3>
      <ul class="chips">
        ${keywords.map(({ keyword, songs }) => html`<li key=${keyword}>
          <button type="button" class="chip plain" aria-label=${t('keywordSongs', keyword, songs)} onClick=${() => actions.askKeyword(keyword)}>
            ${keyword} <small aria-hidden="true">${songs}</small>
          </button>
        </li>`)}
      </ul>
    </section>`}
  </div>`;
}
