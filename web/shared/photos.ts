// Photos are made small on the phone: less to send, and what the camera wrote into the file (place,
// owner, device) does not leave the phone.

/** Longest side: a number plate at ten steps is still read. */
const sideMax = 1920;
const quality = 0.8;

/** in: a picture as the camera made it. out: JPEG, without what the camera wrote beside it. errors:
    throws when the browser cannot read it as a picture. */
export async function shrink(file: File): Promise<Blob> {
  const picture = await read(file);
  const scale = Math.min(1, sideMax / Math.max(picture.naturalWidth, picture.naturalHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(picture.naturalHeight * scale));
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("no canvas");
  context.fillStyle = "white"; // what was transparent
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob === null ? reject(new Error("no picture")) : resolve(blob)), "image/jpeg", quality));
}

function read(file: File): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const address = URL.createObjectURL(file);
    const picture = new Image();
    picture.onload = () => {
      URL.revokeObjectURL(address);
      resolve(picture);
    };
    picture.onerror = () => {
      URL.revokeObjectURL(address);
      reject(new Error("no picture"));
    };
    picture.src = address;
  });
}
