// How a photograph or a paper of the outbox is sent, and what becomes of it. Its id is the number under which
// the server knows it: sent twice it is there once. A caption typed after it was sent follows by itself.

export function attempt({ caption, rotation, sent }) {
  return { caption, rotation, sent };
}

export function request({ id, url, line, name, file, exif, takenAt, pending }) {
  const { caption, rotation, sent } = pending;
  if (sent) return { url: sent.captionUrl, body: new URLSearchParams({ caption, was: sent.caption }) };
  const body = new FormData();
  const facts = { client_id: id, item: line, caption, rotation, taken_at: takenAt };
  for (const [field, value] of Object.entries(facts)) body.append(field, value);
  body.append("file", file, name);
  if (exif) body.append("exif", exif, "exif");
  return { url, body };
}

export function settled(photo, { status, message, caption, caption_url: captionUrl }) {
  const { pending, ...rest } = photo;
  if (pending.sent && status < 400) return undefined;
  if (status === 201) return rest.caption === caption ? undefined : { ...rest, sent: { caption, captionUrl } };
  return { ...rest, trouble: { message: message ?? WORDS[status] ?? "올리지 못했습니다.", isFinal: status === 422 } };
}

const WORDS = {
  409: "그 사이 다른 사람이 설명을 고쳤습니다. 사진을 열어 확인하세요.",
  413: "파일이 너무 큽니다. 20MB까지 올릴 수 있습니다.",
};
