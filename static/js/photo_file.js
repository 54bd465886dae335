// A photograph made smaller before it is kept and sent: the field network is slow, and the server shows no more
// than this anyway. What the camera noted (time, place) is cut out first and goes along, since a canvas drops it.

const LONGEST = 2560; // pixels
const SMALL_ENOUGH = 1_500_000; // bytes
const HEAD = 256 * 1024; // the block of the camera lies within
const DRAWN = ["image/jpeg", "image/png", "image/webp"];

// { file, exif? }: the file as it came where it cannot be drawn here (HEIC, PDF) or is small enough.
export async function lighter(file) {
  if (!DRAWN.includes(file.type)) return { file };
  const drawn = await redrawn(file).catch(() => null); // a broken one is for the server to name
  return drawn && drawn.size < file.size ? { file: drawn, exif: await exifOf(file) } : { file };
}

export async function jpeg(canvas) {
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
}

async function redrawn(file) {
  const picture = await createImageBitmap(file); // turned upright
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  if (scale === 1 && file.size <= SMALL_ENOUGH) return null;
  const size = { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) };
  const canvas = Object.assign(document.createElement("canvas"), size);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white"; // under what is transparent
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return jpeg(canvas);
}

// The segment APP1 "Exif" of a JPEG, or undefined. Segments: FF, marker, length (2 bytes, itself included).
async function exifOf(file) {
  const view = new DataView(await file.slice(0, HEAD).arrayBuffer());
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 10 <= view.byteLength && view.getUint8(at) === 0xff; ) {
    const length = view.getUint16(at + 2);
    const isExif = view.getUint8(at + 1) === 0xe1 && view.getUint32(at + 4) === 0x45786966;
    if (isExif) return new Blob([view.buffer.slice(at + 4, at + 2 + length)]);
    at += 2 + length;
  }
  return undefined;
}
