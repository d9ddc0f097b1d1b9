import type { Media } from "./api";

/** The sample pictures a phone has: drawn here, fetched from nowhere. */
export const samples = ["parcel", "receipt", "sky"] as const;
type Sample = (typeof samples)[number];

/** draw makes a sample picture. */
export function draw(sample: Sample): Media {
  const canvas = document.createElement("canvas");
  canvas.width = 320;
  canvas.height = 240;
  const pen = canvas.getContext("2d")!;
  drawings[sample](pen);
  return {
    mime: "image/png",
    filename: `${sample}.png`,
    data: canvas.toDataURL("image/png").split(",")[1]!,
  };
}

type Pen = CanvasRenderingContext2D;

function box(pen: Pen, color: string, x: number, y: number, width: number, height: number): void {
  pen.fillStyle = color;
  pen.fillRect(x, y, width, height);
}

const drawings: Record<Sample, (pen: Pen) => void> = {
  parcel(pen) {
    box(pen, "#dfe6ea", 0, 0, 320, 240);
    box(pen, "#c4cdd3", 0, 190, 320, 50);
    box(pen, "#b98a54", 70, 70, 180, 130);
    box(pen, "#a2763f", 70, 70, 180, 26);
    box(pen, "#e5d3a8", 146, 70, 28, 130);
    pen.strokeStyle = "#5a3d1c";
    pen.lineWidth = 3;
    pen.beginPath();
    for (const [x, y] of [
      [210, 70],
      [196, 104],
      [220, 118],
      [198, 148],
      [214, 170],
    ])
      pen.lineTo(x!, y!);
    pen.stroke();
  },
  receipt(pen) {
    box(pen, "#6c7a89", 0, 0, 320, 240);
    box(pen, "#fdfcf7", 95, 15, 130, 210);
    for (let line = 0; line < 8; line++) {
      box(pen, "#9a9a92", 108, 45 + line * 18, 40 + ((line * 37) % 30), 5);
      box(pen, "#9a9a92", 190, 45 + line * 18, 22, 5);
    }
    box(pen, "#33332f", 108, 195, 104, 12);
    box(pen, "#33332f", 130, 25, 60, 9);
  },
  sky(pen) {
    const shade = pen.createLinearGradient(0, 0, 0, 240);
    shade.addColorStop(0, "#3f72b5");
    shade.addColorStop(1, "#f4c98b");
    pen.fillStyle = shade;
    pen.fillRect(0, 0, 320, 240);
    pen.fillStyle = "#fff1c7";
    pen.beginPath();
    pen.arc(230, 150, 30, 0, 7);
    pen.fill();
    box(pen, "#2c4a3c", 0, 190, 320, 50);
  },
};

/** The largest file a phone sends from this page: more than a center takes, so that its refusal can be seen. Unit: bytes. */
export const fileMax = 30 << 20;

/** read takes a person's own file. Errors: RangeError for one that is too large. */
export async function read(file: File): Promise<{ kind: string; media: Media }> {
  if (file.size > fileMax) throw new RangeError(file.name);
  const data = await base64(file);
  const kind = /^(image|video|audio)\//.exec(file.type)?.[1] ?? "document";
  return {
    kind,
    media: { mime: file.type || "application/octet-stream", filename: file.name, data },
  };
}

/** base64 writes a file as the control API takes it. */
function base64(file: File): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
}
