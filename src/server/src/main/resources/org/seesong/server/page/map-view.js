// The map of the catalogue: loaded when it is first opened.
import { html, useEffect, useRef, useState } from './vendor/htm-preact.js';
import * as api from './api.js';
import { openMap } from './map.js';
import { nameOf, Thumbnail, usePage } from './parts.js';

/** Time that the pointer rests on a point before the server is asked what it is. */
const REST_MILLIS = 120;
const MOST_PLACED = 10;

export function MapView({ answer }) {
  const { t, actions } = usePage();
  const host = useRef(null);
  const shown = useRef(null);
  const known = useRef({ map: null, points: new Map(), timer: 0 });
  const [state, setState] = useState('loading');
  const [point, setPoint] = useState(null);

  /** What a point is; asked for once. */
  const look = async (number) => {
    const { map, points } = known.current;
    if (!points.has(number)) points.set(number, await api.mapPoint(number, map.map));
    return points.get(number);
  };
  const hover = (number, spot) => {
    clearTimeout(known.current.timer);
    if (number < 0) return setPoint(null);
    known.current.timer = setTimeout(() => look(number).then((what) => setPoint({ what, spot }), failed), REST_MILLIS);
  };
  const pick = (number) => look(number).then((what) => (what.kind === 'song' ? actions.moreLike(what) : actions.askPicture(what)), failed);
  const failed = (error) => setState(error.status === 410 ? 'changed' : 'failed');

  const load = async () => {
    setState('loading');
    shown.current?.close();
    try {
      const map = await api.map();
      const points = await api.mapPoints();
      known.current = { map, points: new Map(), timer: 0 };
      shown.current = openMap(host.current, map, points, { hover, pick, keyword: actions.askKeyword });
      setState(shown.current ? 'ready' : 'unsupported');
    } catch (error) {
      failed(error);
    }
  };

  useEffect(() => {
    load();
    const colours = new MutationObserver(() => shown.current?.redraw());
    colours.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'style'] });
    return () => {
      colours.disconnect();
      shown.current?.close();
    };
  }, []);

  useEffect(() => {
    if (state !== 'ready') return;
    const found = answer ? (answer.pictures.length ? answer.pictures.map(({ id }) => ['picture', id]) : answer.songs.map(({ id }) => ['song', id])) : [];
    if (!found.length) return shown.current.place(null);
    api.mapPlace(found.slice(0, MOST_PLACED)).then(({ x, y }) => shown.current?.place(x === null ? null : { x, y }), () => {});
  }, [answer, state]);

  const what = point?.what;
  return html`<div class="map">
    <div class="map-plane" ref=${host} tabindex="0" role="application" aria-label=${t('mapLabel')} aria-describedby="map-help"></div>
    ${state !== 'ready' && html`<p class="notice map-state" role="status">${t(`map_${state}`)}
      ${state !== 'loading' && state !== 'unsupported' && html` <button type="button" class="button" onClick=${load}><span>${t('retry')}</span></button>`}</p>`}
    ${what && html`<div class="map-tip" style=${{ left: `${point.spot.x}px`, top: `${point.spot.y}px` }}>
      ${what.kind === 'picture' && html`<${Thumbnail} picture=${what} />`}
      <p><strong>${what.kind === 'song' ? what.title : nameOf(what)}</strong>${what.artist ? ` · ${what.artist}` : ''}<br />
        <small>${what.keywords.slice(0, 5).join(' ')}</small></p>
    </div>`}
    <p class="note" id="map-help">${t('mapHelp')}</p>
    <p class="note map-legend"><span class="map-dot songs"></span> ${t('mapSongs')} <span class="map-dot pictures"></span> ${t('mapPictures')}
      ${answer && html`<span class="map-query key"></span> ${t('mapQuery')}`}</p>
    <div class="unseen" role="status" aria-live="polite">${what ? (what.kind === 'song' ? what.title : nameOf(what)) : ''}</div>
  </div>`;
}
