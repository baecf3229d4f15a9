// The server says with each page of the desk who looks, in which post and minute; the frame draws it
// over what is shown, so that a photo of the screen tells where it came from.

import { via } from "@shared/api/client";
import { ref } from "vue";

export const watermark = ref("");

/** Hears it from every answer. Called after the wire is open. */
export function openWatermark(): void {
  const send = via.fetch;
  via.fetch = async (path, init) => {
    const response = await send(path, init);
    const field = response.headers.get("Zhitong-Watermark");
    if (field !== null) watermark.value = textOf(field);
    return response;
  };
}

/** RFC 8187: charset'language'percent-encoded. */
function textOf(field: string): string {
  const value = /^[^']*'[^']*'(.*)$/.exec(field)?.[1] ?? field;
  try {
    return decodeURIComponent(value);
  } catch {
    return field;
  }
}
