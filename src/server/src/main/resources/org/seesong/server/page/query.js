// What is asked: pictures with their signs, words, filters.
import { html, useEffect, useState } from './vendor/htm-preact.js';
import { Crop } from './crop.js';
import { Button, FileButton, Icon, nameOf, Thumbnail, usePage } from './parts.js';
import * as pictures from './picture.js';

const FEW_VALUES = 6;
const LESS = -0.5;

export function Query({ query, known }) {
  const { t, actions } = usePage();
  const [cropping, setCropping] = useState('');
  const [first, ...rest] = query.pictures;
  const own = first && first.kind !== 'id' ? pictures.get(first.id) : null;
  const wholeId = own ? pictures.wholeOf(first.id) : '';
  const whole = own && (pictures.get(wholeId) || own);
  const crop = async (region) => {
    setCropping('');
    await actions.crop(first, region ? { whole: wholeId, region } : null);
  };
  useEffect(() => setCropping(''), [first?.id]);
  return html`<section class="query" aria-labelledby="query-title">
    <h2 id="query-title" class="unseen">${t('query')}</h2>
    ${query.song && !first && html`<p class="asked"><small>${t('songLike')}</small><strong>${actions.songTitle(query.song)}</strong></p>`}
    ${query.keyword && !first && html`<p class="asked"><small>${t('songsAbout')}</small><strong>${query.keyword}</strong></p>`}
    ${query.words && !first && !query.song && !query.keyword && html`<p class="asked"><small>${t('songsAbout')}</small><strong>${query.words}</strong></p>`}
    ${first && (cropping === first.id && whole
      ? html`<${Crop} url=${whole.url} region=${own.region} onDone=${crop} onCancel=${() => setCropping('')} />`
      : html`<figure class="asked-picture">
          <${QueryPicture} picture=${first} known=${known} />
          <figcaption class="row">
            ${own?.readable && html`<${Button} icon="crop" label=${t('crop')} onClick=${() => setCropping(first.id)} />`}
            <${FileButton} icon="picture" label=${t('replace')} onFiles=${actions.takeFiles} />
          </figcaption>
        </figure>`)}
    ${!first && html`<div class="row"><${FileButton} icon="picture" label=${t('addPicture')} onFiles=${actions.takeFiles} /></div>`}
    ${rest.length > 0 && html`<${Basket} query=${query} known=${known} />`}
    <${Refine} query=${query} />
  </section>`;
}

/** A picture that is asked by, large or small: the person's own or the catalogue's. */
function QueryPicture({ picture, known, size = 'large' }) {
  const { t } = usePage();
  if (picture.kind === 'id') {
    const found = known(picture.id);
    return html`<${Thumbnail} picture=${found} size=${size} alt=${t('pictureNamed', nameOf(found))} />`;
  }
  const own = pictures.get(picture.id);
  if (!own) return html`<p class=${`thumbnail missing ${size}`}>${t('pictureElsewhere')}</p>`;
  if (!own.readable) return html`<p class=${`thumbnail missing ${size}`}>${t('noPreview')}</p>`;
  return html`<img class=${`thumbnail ${size}`} src=${own.url} alt=${t(own.region ? 'croppedPart' : 'yourPicture')} />`;
}

function Basket({ query, known }) {
  const { t, actions } = usePage();
  const wanted = query.pictures.filter((picture) => picture.weight > 0).length;
  const weigh = (picture, weight) => actions.ask({ pictures: query.pictures.map((each) => (each.id === picture.id ? { ...each, weight } : each)) });
  return html`<section aria-labelledby="basket">
    <h3 id="basket">${t('basket')}</h3>
    <ul class="basket">
      ${query.pictures.map((picture) => html`<li key=${picture.id}>
        <${QueryPicture} picture=${picture} known=${known} size="small" />
        <span class="signs">
          <${Button} quiet icon="plus" label=${t('more')} aria-pressed=${picture.weight > 0} onClick=${() => weigh(picture, 1)} />
          <${Button} quiet icon="minus" label=${t('less')} aria-pressed=${picture.weight < 0}
            disabled=${picture.weight > 0 && wanted === 1} onClick=${() => weigh(picture, LESS)} />
        </span>
        <${Button} quiet icon="close" label=${t('remove')} disabled=${picture.weight > 0 && wanted === 1}
          onClick=${() => actions.ask({ pictures: query.pictures.filter((each) => each.id !== picture.id) })} />
      </li>`)}
    </ul>
  </section>`;
}

function Words({ query }) {
  const { t, actions, info } = usePage();
  const [words, setWords] = useState(query.words);
  const [without, setWithout] = useState(query.without);
  useEffect(() => {
    setWords(query.words);
    setWithout(query.without);
  }, [query.words, query.without]);
  if (!info?.words || query.song || query.keyword) return null;
  const submit = (event) => {
    event.preventDefault();
    actions.ask({ words: words.trim(), without: without.trim() });
  };
  return html`<form class="words" onSubmit=${submit}>
    <label for="words">${t('words')}</label>
    <input id="words" type="text" maxlength="500" placeholder=${t('wordsHint')} value=${words} onInput=${(event) => setWords(event.target.value)} />
    <label for="without">${t('without')}</label>
    <input id="without" type="text" maxlength="500" placeholder=${t('withoutHint')} value=${without} onInput=${(event) => setWithout(event.target.value)} />
    ${query.words && query.pictures.length > 0 && html`<label for="balance">${t('balance')}</label>
      <span class="balance"><small aria-hidden="true">${t('balancePicture')}</small>
        <input id="balance" type="range" min="0" max="1" step="0.1" value=${query.balance} onChange=${(event) => actions.ask({ balance: Number(event.target.value) })} />
        <small aria-hidden="true">${t('balanceWords')}</small></span>`}
    <button type="submit" class="button"><span>${t('ask')}</span></button>
  </form>`;
}

/** Words and filters: open where there is room, folded away on a phone until asked for or in use. */
function Refine({ query }) {
  const { t, actions, info } = usePage();
  const set = query.filters.length + (query.perArtist ? 1 : 0) + (query.words && query.pictures.length ? 1 : 0) + (query.without ? 1 : 0);
  const [open] = useState(matchMedia('(min-width: 52rem)').matches || set > 0);
  if (!info) return null;
  return html`<details class="refine" open=${open}>
    <summary>${set ? t('refineSet', set) : t('refine')}</summary>
    <${Words} query=${query} />
    <${Filters} query=${query} />
  </details>
  ${query.exclude.length > 0 && html`<p class="row hidden-songs"><span>${t('hidden', query.exclude.length)}</span>
    <${Button} icon="again" label=${t('showHidden')} onClick=${() => actions.ask({ exclude: [] })} /></p>`}`;
}

/** Sets or clears the conditions on one field. */
function withField(filters, field, conditions) {
  return [...filters.filter((filter) => !new RegExp(`^${escaped(field)}!?=`).test(filter)), ...conditions];
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function Filters({ query }) {
  const { t, actions, info } = usePage();
  const set = query.filters.length + (query.perArtist ? 1 : 0);
  const fields = (info?.fields || []).filter(chooses);
  const change = (field) => (...conditions) => actions.ask({ filters: withField(query.filters, field, conditions) });
  return html`<div class="fields">
      ${fields.map((field) => {
        const Field = field.kind === 'range' ? Range : field.values.length <= FEW_VALUES && !field.more ? Checkboxes : Choice;
        return html`<${Field} key=${field.field} field=${field} filters=${query.filters} change=${change(field.field)} />`;
      })}
      ${fields.some(({ field }) => field === 'artist') && html`<div class="field">
        <label for="per-artist">${t('perArtist')}</label>
        <select id="per-artist" value=${query.perArtist} onChange=${(event) => actions.ask({ perArtist: Number(event.target.value) })}>
          <option value="0">${t('any')}</option>
          ${[1, 2, 3].map((n) => html`<option value=${n}>${t('atMost', n)}</option>`)}
        </select>
      </div>`}
      <div class="field">
        <label for="how-many">${t('howMany')}</label>
        <select id="how-many" value=${query.songs} onChange=${(event) => actions.ask({ songs: Number(event.target.value) })}>
          ${[...new Set([5, 10, 20, 50, query.songs])].sort((a, b) => a - b).map((n) => html`<option value=${n}>${n}</option>`)}
        </select>
      </div>
      ${set > 0 && html`<${Button} icon="close" label=${t('clearFilters')} onClick=${() => actions.ask({ filters: [], perArtist: 0 })} />`}
  </div>`;
}

/** Whether songs differ in a field at all. */
const chooses = (field) => (field.kind === 'range' ? field.min < field.max : field.more || field.values.length > 1);

const labelOf = (t, field) => (t.has(`field_${field}`) ? t(`field_${field}`) : field.charAt(0).toUpperCase() + field.slice(1));

/** A value as people say it: languages by their names. */
function shown(t, field, value) {
  if (field !== 'language') return value;
  try {
    return new Intl.DisplayNames(t.language === 'zh' ? 'zh-Hans' : 'en', { type: 'language' }).of(value) || value;
  } catch {
    return value; // not a language tag
  }
}

/** Few values: those that are not ticked are left out. */
function Checkboxes({ field: { field, values }, filters, change }) {
  const { t } = usePage();
  const left = (value) => filters.includes(`${field}!=${value}`);
  const toggle = (value) => change(...values.map((each) => each.value).filter((each) => (each === value ? !left(each) : left(each))).map((each) => `${field}!=${each}`));
  return html`<fieldset class="field">
    <legend>${labelOf(t, field)}</legend>
    ${values.map(({ value, songs }) => html`<label class="check" key=${value}>
      <input type="checkbox" checked=${!left(value)} onChange=${() => toggle(value)} />
      <span>${shown(t, field, value)} <small>${songs}</small></span>
    </label>`)}
  </fieldset>`;
}

function Choice({ field: { field, values }, filters, change }) {
  const { t } = usePage();
  const id = `field-${field}`;
  const chosen = filters.find((filter) => filter.startsWith(`${field}=`))?.slice(field.length + 1) ?? '';
  const known = !chosen || values.some(({ value }) => value === chosen);
  return html`<div class="field">
    <label for=${id}>${labelOf(t, field)}</label>
    <select id=${id} value=${chosen} onChange=${(event) => change(...(event.target.value ? [`${field}=${event.target.value}`] : []))}>
      <option value="">${t('any')}</option>
      ${!known && html`<option value=${chosen}>${chosen}</option>`}
      ${values.map(({ value, songs }) => html`<option key=${value} value=${value}>${shown(t, field, value)} (${songs})</option>`)}
    </select>
  </div>`;
}

function Range({ field: { field, min, max }, filters, change }) {
  const { t } = usePage();
  const [, from = '', to = ''] = /=(-?\d*)\.\.(-?\d*)$/.exec(filters.find((filter) => filter.startsWith(`${field}=`)) || '') || [];
  const label = labelOf(t, field);
  const number = (text) => (/^-?\d+$/.test(text.trim()) ? text.trim() : '');
  const set = (low, high) => change(...(low || high ? [`${field}=${low}..${high}`] : []));
  return html`<div class="field">
    <span class="label" aria-hidden="true">${label}</span>
    <span class="range">
      <input type="number" min=${min} max=${max} placeholder=${min} value=${from} aria-label=${t('from', label)} onChange=${(event) => set(number(event.target.value), to)} />
      <span aria-hidden="true">–</span>
      <input type="number" min=${min} max=${max} placeholder=${max} value=${to} aria-label=${t('to', label)} onChange=${(event) => set(from, number(event.target.value))} />
    </span>
  </div>`;
}
