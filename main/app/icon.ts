// The picture in the notification area and on the window: a shield with two waves, drawn here so that any size is sharp.
import { type NativeImage, nativeImage } from 'electron';

/** `size` in device-independent pixels; comes in one and two times the resolution. */
export function createIcon(size: number): NativeImage {
  const icon = nativeImage.createEmpty();
  for (const scaleFactor of [1, 2]) {
    const side = size * scaleFactor;
    const buffer = Buffer.from(drawIcon(side));
    const drawn = nativeImage.createFromBitmap(buffer, { width: side, height: side, scaleFactor });
    icon.addRepresentation({ scaleFactor, width: side, height: side, buffer: drawn.toPNG() });
  }
  return icon;
}

const blue = { r: 0x0f, g: 0x5e, b: 0xb0 } as const;
/** Samples a pixel's side is cut into, for smooth edges. */
const fine = 4;

/** `side` x `side` pixels of four bytes, premultiplied: blue, green, red, alpha (what nativeImage takes). */
export function drawIcon(side: number): Uint8Array {
  const pixels = new Uint8Array(side * side * 4);
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      let [blues, whites] = [0, 0];
      for (let sample = 0; sample < fine * fine; sample++) {
        const x = toUnit(column + (0.5 + (sample % fine)) / fine, side);
        const y = toUnit(row + (0.5 + Math.floor(sample / fine)) / fine, side);
        if (!isShield(x, y)) continue;
        if (isWave(x, y)) whites++;
        else blues++;
      }
      const mix = (ofBlue: number): number => Math.round((blues * ofBlue + whites * 0xff) / (fine * fine));
      pixels.set([mix(blue.b), mix(blue.g), mix(blue.r), mix(0xff)], (row * side + column) * 4);
    }
  return pixels;
}

/** From pixels to -1..1, left to right and top to bottom. */
function toUnit(pixel: number, side: number): number {
  return (pixel / side) * 2 - 1;
}

/** Straight above the middle, running to a point below. */
function isShield(x: number, y: number): boolean {
  if (y < -0.92 || y > 0.98) return false;
  return Math.abs(x) <= 0.84 * (y <= 0 ? 1 : 1 - (y / 0.98) ** 2.2);
}

/** The waves end before the edge, so that the shield is seen on a white ground too. */
function isWave(x: number, y: number): boolean {
  if (!isShield(x * 1.2, y * 1.2)) return false;
  const crest = 0.12 * Math.sin(x * Math.PI * 1.6);
  return Math.abs(y + 0.38 - crest) < 0.13 || Math.abs(y - 0.1 - crest) < 0.13;
}
