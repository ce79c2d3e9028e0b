// A region of the query picture, moved by pointer or arrow keys.
import { html, useEffect, useRef, useState } from './vendor/htm-preact.js';
import { Button, usePage } from './parts.js';

const SMALLEST = 0.1;
const START = [0.2, 0.2, 0.6, 0.6];
const CORNERS = ['nw', 'ne', 'sw', 'se'];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const within = (value, min, max) => Math.min(max, Math.max(min, value));

/** A region moved as a whole, kept inside the picture. */
export function moved([left, top, width, height], dx, dy) {
  return [within(left + dx, 0, 1 - width), within(top + dy, 0, 1 - height), width, height];
}

/** A region of which one corner is moved; it keeps a tenth of each side. */
export function resized([left, top, width, height], corner, dx, dy) {
  const right = left + width;
  const bottom = top + height;
  const l = corner.includes('w') ? within(left + dx, 0, right - SMALLEST) : left;
  const r = corner.includes('e') ? within(right + dx, left + SMALLEST, 1) : right;
  const t = corner.includes('n') ? within(top + dy, 0, bottom - SMALLEST) : top;
  const b = corner.includes('s') ? within(bottom + dy, top + SMALLEST, 1) : bottom;
  return [l, t, r - l, b - t];
}

/** Shows a picture with a region; calls `onDone` with the region, null for the whole picture, or `onCancel`. */
export function Crop({ url, region, onDone, onCancel }) {
  const { t } = usePage();
  const [box, setBox] = useState(region || START);
  const frame = useRef();
  const area = useRef();
  const drag = useRef();
  useEffect(() => {
    area.current.focus({ preventScroll: true });
    frame.current.scrollIntoView({ block: 'nearest' });
  }, []);

  const change = (part, from, dx, dy) => setBox(part === 'area' ? moved(from, dx, dy) : resized(from, part, dx, dy));
  const onKeyDown = (part) => (event) => {
    if (event.key === 'Escape') onCancel();
    else if (event.key === 'Enter' && part === 'area') onDone(box);
    else if (ARROWS[event.key]) {
      const step = event.shiftKey ? 0.1 : 0.02;
      change(part, box, ARROWS[event.key][0] * step, ARROWS[event.key][1] * step);
    } else return;
    event.preventDefault();
  };
  const onPointerDown = (part) => (event) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { part, box, x: event.clientX, y: event.clientY };
  };
  const onPointerMove = (event) => {
    if (!drag.current) return;
    const { width, height } = frame.current.getBoundingClientRect();
    change(drag.current.part, drag.current.box, (event.clientX - drag.current.x) / width, (event.clientY - drag.current.y) / height);
  };
  const handlers = (part) => ({
    onKeyDown: onKeyDown(part),
    onPointerDown: onPointerDown(part),
    onPointerMove,
    onPointerUp: () => (drag.current = null),
    onPointerCancel: () => (drag.current = null),
  });
  const percent = (share) => `${(share * 100).toFixed(2)}%`;
  const [left, top, width, height] = box;
  const at = (corner) => ({
    left: percent(corner.includes('w') ? left : left + width),
    top: percent(corner.includes('n') ? top : top + height),
  });
  return html`<section class="crop" aria-label=${t('cropTitle')}>
    <div class="crop-frame" ref=${frame}>
      <img src=${url} alt="" draggable=${false} />
      <button type="button" class="crop-area" ref=${area} aria-label=${t('cropArea')} aria-describedby="crop-size"
        style=${{ left: percent(left), top: percent(top), width: percent(width), height: percent(height) }} ...${handlers('area')}></button>
      ${CORNERS.map((corner) => html`<button type="button" key=${corner} class=${`crop-corner ${corner}`} style=${at(corner)}
        aria-label=${t('cropCorner', t(`corner_${corner}`))} aria-describedby="crop-size" ...${handlers(corner)}></button>`)}
    </div>
    <p id="crop-size" class="note" aria-live="polite">${t('cropSize', ...[width, height, left, top].map((share) => Math.round(share * 100)))}</p>
    <div class="row">
      <${Button} kind="primary" label=${t('cropApply')} onClick=${() => onDone(box)} />
      ${region && html`<${Button} label=${t('cropWhole')} onClick=${() => onDone(null)} />`}
      <${Button} label=${t('cancel')} onClick=${onCancel} />
    </div>
  </section>`;
}
