// Pictures of the person who asks: shrunk, cropped and kept by key in this browser, so that links and the back button find them.

const LONGEST_SIDE = 1024;
const JPEG_QUALITY = 0.9;
const KEPT = 50;

const held = new Map(); // id -> {blob, url, readable, width, height, hue, from, region}
let made = 0;

/** A picture that is held in memory, or undefined. */
export const get = (id) => held.get(id);

/**
 * Shrinks a file to at most 1,024 pixels a side, as JPEG without any metadata. A file that the browser cannot decode is kept as
 * it is: the server may be able to.
 *
 * @returns id of the new picture
 */
export async function take(file) {
  const bitmap = await decode(file);
  const drawn = bitmap && (await draw(bitmap, [0, 0, 1, 1]).catch(() => null)); // more pixels than a canvas takes
  return hold(drawn || { blob: file, readable: false });
}

/** A part of a held picture as a new picture: [left, top, width, height] as shares of the whole. */
export async function crop(id, region) {
  const whole = held.get(id);
  const bitmap = await decode(whole.blob);
  if (!bitmap) throw new Error('the picture can no longer be decoded');
  return hold({ ...(await draw(bitmap, region)), from: id, region });
}

async function decode(blob) {
  try {
    return await createImageBitmap(blob, { imageOrientation: 'from-image' });
  } catch {
    return null; // not a format of this browser
  }
}

async function draw(bitmap, [left, top, width, height]) {
  const from = [left * bitmap.width, top * bitmap.height, Math.max(1, width * bitmap.width), Math.max(1, height * bitmap.height)];
  const scale = Math.min(1, LONGEST_SIDE / Math.max(from[2], from[3]));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(from[2] * scale));
  canvas.height = Math.max(1, Math.round(from[3] * scale));
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff'; // JPEG has no transparency
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, ...from, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', JPEG_QUALITY));
  if (!blob) throw new Error('the canvas gave no picture');
  return { blob, readable: true, width: canvas.width, height: canvas.height, hue: hueOf(canvas) };
}

/** The picture's hue in degrees, colourful pixels counting most, or null for a grey one. */
function hueOf(canvas) {
  const small = document.createElement('canvas');
  small.width = small.height = 16;
  const context = small.getContext('2d', { willReadFrequently: true });
  context.drawImage(canvas, 0, 0, 16, 16);
  const { data } = context.getImageData(0, 0, 16, 16);
  let x = 0;
  let y = 0;
  for (let i = 0; i < data.length; i += 4) {
    x += data[i] - (data[i + 1] + data[i + 2]) / 2;
    y += (Math.sqrt(3) / 2) * (data[i + 1] - data[i + 2]);
  }
  return Math.hypot(x, y) / (data.length / 4) < 4 ? null : Math.round((Math.atan2(y, x) * 180) / Math.PI + 360) % 360;
}

function hold(picture) {
  const id = `new-${++made}`;
  held.set(id, { ...picture, url: URL.createObjectURL(picture.blob) });
  return id;
}

/** Gives a new picture the key by which the server knows it, and keeps it under that key. */
export function name(id, key) {
  const picture = held.get(id);
  if (!picture || id === key) return;
  held.set(key, picture);
  const { url, ...rest } = picture;
  store('readwrite', (pictures) => pictures.put({ ...rest, key, time: Date.now() })).then(forget, () => {});
}

/** Brings a kept picture back into memory, and what it was cropped from; false where this browser has none. */
export async function recall(key) {
  if (held.has(key)) return true;
  const kept = await store('readonly', (pictures) => pictures.get(key)).catch(() => undefined);
  if (!kept) return false;
  held.set(key, { ...kept, url: URL.createObjectURL(kept.blob) });
  return true;
}

/** The key of a picture's whole, for a part: names given later count too. */
export function wholeOf(id) {
  return held.get(id)?.from || id;
}

async function forget() {
  const keys = await store('readonly', (pictures) => pictures.index('time').getAllKeys());
  for (const key of keys.slice(0, Math.max(0, keys.length - KEPT))) {
    await store('readwrite', (pictures) => pictures.delete(key));
  }
}

let opened;

function database() {
  opened ||= new Promise((resolve, reject) => {
    const request = indexedDB.open('seesong', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('pictures', { keyPath: 'key' }).createIndex('time', 'time');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

/** Runs one request; fails where the browser has no storage to give, as in some private windows. */
async function store(mode, work) {
  const transaction = (await database()).transaction('pictures', mode);
  const request = work(transaction.objectStore('pictures'));
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}
