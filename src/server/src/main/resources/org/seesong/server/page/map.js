// The catalogue in one plane: points in WebGL, names of keywords and the query's place as elements above them.
// Drag or arrow keys move, wheel, pinch or + and - zoom, a click or Enter takes the point in the middle of the ring.

const VERTEX = `
attribute vec2 position;
uniform vec2 centre;
uniform vec2 scale;
uniform float size;
void main() {
  gl_Position = vec4((position - centre) * scale * vec2(1.0, -1.0), 0.0, 1.0);
  gl_PointSize = size;
}`;

const FRAGMENT = `
precision mediump float;
uniform vec4 colour;
void main() {
  float away = length(gl_PointCoord - 0.5);
  if (away > 0.5) discard;
  gl_FragColor = colour * smoothstep(0.5, 0.3, away);
}`;

/** Cells a side of the grid in which the point nearest to a place is looked for. */
const CELLS = 128;
const MAX_ZOOM = 60;
const KEY_STEP = 60;

/**
 * Shows a map in an element.
 *
 * @param host element of a size of its own; focusable
 * @param map {songs, pictures, size, keywords: [{keyword, x, y, radius}]} as the server tells it
 * @param points Uint16Array, x and y of each point, songs first
 * @param on {hover(point or -1, {x, y}), pick(point), keyword(name)}
 * @returns {place(x, y) shows where a query stands, null takes it away; redraw(); close()}
 */
export function openMap(host, map, points, on) {
  const canvas = host.appendChild(document.createElement('canvas'));
  const names = host.appendChild(document.createElement('div'));
  names.className = 'map-names';
  const ring = host.appendChild(document.createElement('span'));
  ring.className = 'map-ring';
  const gl = canvas.getContext('webgl', { antialias: false, premultipliedAlpha: true });
  if (!gl) {
    canvas.remove();
    names.remove();
    ring.remove();
    return null;
  }
  const program = link(gl);
  const at = (name) => gl.getUniformLocation(program, name);
  const uniforms = { centre: at('centre'), scale: at('scale'), size: at('size'), colour: at('colour') };
  const buffer = gl.createBuffer();
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.bufferData(gl.ARRAY_BUFFER, points, gl.STATIC_DRAW);
  const position = gl.getAttribLocation(program, 'position');
  gl.enableVertexAttribArray(position);
  gl.vertexAttribPointer(position, 2, gl.UNSIGNED_SHORT, false, 0, 0);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);

  const grid = fillGrid(points, map.size);
  /** Few points are drawn larger. */
  const dot = Math.max(1.1, Math.min(4, 80 / Math.sqrt(points.length / 2)));
  const view = { x: map.size / 2, y: map.size / 2, zoom: 1 };
  const pointers = new Map();
  let moved = 0;
  let pinch = 0;
  let frame = 0;
  let query = null;

  const labels = map.keywords.map((keyword) => {
    const label = names.appendChild(document.createElement('button'));
    label.type = 'button';
    label.tabIndex = -1;
    label.textContent = keyword.keyword;
    label.addEventListener('click', () => on.keyword(keyword.keyword));
    return label;
  });
  const star = names.appendChild(document.createElement('span'));
  star.className = 'map-query';
  star.hidden = true;

  /** Pixels for each unit of the map. */
  const perUnit = () => (view.zoom * Math.min(host.clientWidth, host.clientHeight)) / map.size;
  const toScreen = (x, y) => ({
    x: host.clientWidth / 2 + (x - view.x) * perUnit(),
    y: host.clientHeight / 2 + (y - view.y) * perUnit(),
  });
  const toMap = (x, y) => ({
    x: view.x + (x - host.clientWidth / 2) / perUnit(),
    y: view.y + (y - host.clientHeight / 2) / perUnit(),
  });

  function draw() {
    frame = 0;
    const ratio = window.devicePixelRatio || 1;
    const width = Math.round(host.clientWidth * ratio);
    const height = Math.round(host.clientHeight * ratio);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    gl.viewport(0, 0, width, height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.useProgram(program);
    gl.uniform2f(uniforms.centre, view.x, view.y);
    gl.uniform2f(uniforms.scale, (2 * perUnit()) / host.clientWidth, (2 * perUnit()) / host.clientHeight);
    gl.uniform1f(uniforms.size, ratio * Math.min(9, dot + 0.7 * view.zoom));
    const style = getComputedStyle(host);
    gl.uniform4fv(uniforms.colour, colour(style.getPropertyValue('--map-song')));
    gl.drawArrays(gl.POINTS, 0, map.songs);
    gl.uniform4fv(uniforms.colour, colour(style.getPropertyValue('--map-picture')));
    gl.drawArrays(gl.POINTS, map.songs, map.pictures);
    placeNames();
  }

  /** Names that fit: those of large discs first, none over another. */
  function placeNames() {
    const taken = [];
    map.keywords.forEach((keyword, i) => {
      const spot = toScreen(keyword.x, keyword.y);
      const size = Math.max(12, Math.min(26, keyword.radius * perUnit() * 0.4));
      const half = (size * keyword.keyword.length) / 2 + 4;
      const box = [spot.x - half, spot.y - size, spot.x + half, spot.y + size];
      const inside = box[2] > 0 && box[3] > 0 && box[0] < host.clientWidth && box[1] < host.clientHeight;
      const free = taken.every((b) => box[2] < b[0] || b[2] < box[0] || box[3] < b[1] || b[3] < box[1]);
      labels[i].hidden = !(inside && free);
      if (inside && free) {
        taken.push(box);
        labels[i].style.fontSize = `${size}px`;
        labels[i].style.transform = `translate(${spot.x}px, ${spot.y}px) translate(-50%, -50%)`;
      }
    });
    star.hidden = !query;
    if (query) {
      const spot = toScreen(query.x, query.y);
      star.style.transform = `translate(${spot.x}px, ${spot.y}px) translate(-50%, -50%)`;
    }
  }

  function redraw() {
    frame = frame || requestAnimationFrame(draw);
  }

  function zoomBy(factor, x, y) {
    const before = toMap(x, y);
    view.zoom = Math.max(1, Math.min(MAX_ZOOM, view.zoom * factor));
    const after = toMap(x, y);
    view.x += before.x - after.x;
    view.y += before.y - after.y;
    bound();
  }

  function moveBy(dx, dy) {
    view.x -= dx / perUnit();
    view.y -= dy / perUnit();
    bound();
  }

  function bound() {
    view.x = Math.max(0, Math.min(map.size, view.x));
    view.y = Math.max(0, Math.min(map.size, view.y));
    redraw();
  }

  /** The point nearest to a place on the screen within 12 pixels, or -1. */
  function nearest(x, y) {
    const spot = toMap(x, y);
    return grid.nearest(spot.x, spot.y, 12 / perUnit());
  }

  function point(x, y) {
    const found = nearest(x, y);
    ring.hidden = found < 0;
    if (found >= 0) {
      const spot = toScreen(points[2 * found], points[2 * found + 1]);
      ring.style.transform = `translate(${spot.x}px, ${spot.y}px) translate(-50%, -50%)`;
      on.hover(found, spot);
    } else {
      on.hover(-1, null);
    }
    return found;
  }

  const offset = (event) => {
    const box = host.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const spread = () => {
    const [a, b] = [...pointers.values()];
    return Math.hypot(a.x - b.x, a.y - b.y);
  };
  const listeners = {
    wheel(event) {
      event.preventDefault();
      const spot = offset(event);
      zoomBy(Math.exp(-event.deltaY / 400), spot.x, spot.y);
    },
    pointerdown(event) {
      if (event.target !== canvas) return;
      canvas.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, offset(event));
      moved = 0;
      pinch = pointers.size === 2 ? spread() : 0;
    },
    pointermove(event) {
      const spot = offset(event);
      const last = pointers.get(event.pointerId);
      if (!last) {
        if (event.target === canvas) point(spot.x, spot.y);
        return;
      }
      pointers.set(event.pointerId, spot);
      moved += Math.hypot(spot.x - last.x, spot.y - last.y);
      if (pointers.size === 2) {
        const now = spread();
        zoomBy(now / pinch, spot.x, spot.y);
        pinch = now;
      } else {
        moveBy(spot.x - last.x, spot.y - last.y);
      }
    },
    pointerup(event) {
      const spot = pointers.get(event.pointerId);
      pointers.delete(event.pointerId);
      if (spot && moved < 5) {
        const found = point(spot.x, spot.y);
        if (found >= 0) on.pick(found);
      }
    },
    pointercancel(event) {
      pointers.delete(event.pointerId);
    },
    keydown(event) {
      const steps = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
      const middle = [host.clientWidth / 2, host.clientHeight / 2];
      if (event.target !== host) return;
      if (steps[event.key]) {
        moveBy(KEY_STEP * steps[event.key][0], KEY_STEP * steps[event.key][1]);
        point(...middle);
      } else if (event.key === '+' || event.key === '=') {
        zoomBy(1.4, ...middle);
      } else if (event.key === '-') {
        zoomBy(1 / 1.4, ...middle);
      } else if (event.key === 'Enter') {
        const found = point(...middle);
        if (found >= 0) on.pick(found);
      } else {
        return;
      }
      event.preventDefault();
    },
  };
  for (const [name, listener] of Object.entries(listeners)) {
    host.addEventListener(name, listener, { passive: false });
  }
  const resized = new ResizeObserver(redraw);
  resized.observe(host);
  ring.hidden = true;
  redraw();
  return {
    place(spot) {
      query = spot;
      redraw();
    },
    redraw,
    close() {
      resized.disconnect();
      for (const [name, listener] of Object.entries(listeners)) {
        host.removeEventListener(name, listener);
      }
      const lost = gl.getExtension('WEBGL_lose_context');
      if (lost) lost.loseContext();
      host.replaceChildren();
    },
  };
}

function link(gl) {
  const program = gl.createProgram();
  for (const [type, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
    const shader = gl.createShader(type);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) {
    throw new Error(`the map's program does not link: ${gl.getProgramInfoLog(program)}`);
  }
  return program;
}

/** '#rrggbb aa%' as premultiplied numbers; aa is how much of what is behind a point it covers. */
function colour(text) {
  const [, hex, share] = /#([0-9a-f]{6})\s+(\d+)%/i.exec(text) || [null, '888888', '50'];
  const alpha = Number(share) / 100;
  return [0, 2, 4].map((i) => (parseInt(hex.slice(i, i + 2), 16) / 255) * alpha).concat(alpha);
}

/** Points by cell of a square grid. */
function fillGrid(points, size) {
  const cell = (value) => Math.min(CELLS - 1, Math.floor((value * CELLS) / (size + 1)));
  const count = points.length / 2;
  const start = new Int32Array(CELLS * CELLS + 1);
  const cells = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    cells[i] = cell(points[2 * i + 1]) * CELLS + cell(points[2 * i]);
    start[cells[i] + 1]++;
  }
  for (let i = 0; i < CELLS * CELLS; i++) start[i + 1] += start[i];
  const next = start.slice();
  const order = new Int32Array(count);
  for (let i = 0; i < count; i++) order[next[cells[i]]++] = i;
  return {
    /** The point nearest to (x, y) within a radius, or -1. */
    nearest(x, y, radius) {
      let found = -1;
      let least = radius * radius;
      const from = (value) => Math.max(0, cell(Math.max(0, value - radius)));
      const to = (value) => cell(Math.min(size, Math.max(0, value + radius)));
      for (let row = from(y); row <= to(y); row++) {
        for (let i = start[row * CELLS + from(x)]; i < start[row * CELLS + to(x) + 1]; i++) {
          const dx = points[2 * order[i]] - x;
          const dy = points[2 * order[i] + 1] - y;
          if (dx * dx + dy * dy <= least) {
            least = dx * dx + dy * dy;
            found = order[i];
          }
        }
      }
      return found;
    },
  };
}
