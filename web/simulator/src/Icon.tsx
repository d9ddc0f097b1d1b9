/** Icon draws one line of 24 units; its meaning is said by what surrounds it. */
export function Icon({ path, size = 20 }: { path: string; size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false">
      <path
        d={path}
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

export const icons = {
  send: "M4 12l16-8-6 17-3-7z",
  clip: "M20 11l-8.5 8.5a5 5 0 01-7-7L13 4a3.4 3.4 0 014.8 4.8L9.5 17a1.7 1.7 0 01-2.4-2.4L15 7",
  close: "M6 6l12 12M18 6L6 18",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  plus: "M12 5v14M5 12h14",
  tick: "M4 12l5 5L20 6",
  ticks: "M2 12l5 5L17 7M12 16l1 1L23 7",
  reply: "M9 7l-5 5 5 5M4 12h10a6 6 0 016 6",
} as const;

/** The shape of each network's icon. */
const shapes: Record<string, string> = {
  twilio: "M4 5h16v11H10l-5 4v-4H4zM8 10.5h.01M12 10.5h.01M16 10.5h.01",
  whatsapp: "M4 20l1.3-4.2A8 8 0 1112 20a8 8 0 01-3.8-1zM9 9c0 4 2.5 6 6 6",
  messenger:
    "M12 4c5 0 8.5 3.5 8.5 7.8S17 19.5 12 19.5c-1 0-1.9-.1-2.7-.4L6 21v-3.3c-1.6-1.4-2.5-3.4-2.5-5.9C3.5 7.5 7 4 12 4zM7.5 13.5l3-3 3 2 3-2.5",
  instagram:
    "M7 4h10a3 3 0 013 3v10a3 3 0 01-3 3H7a3 3 0 01-3-3V7a3 3 0 013-3zM12 8.5a3.5 3.5 0 100 7 3.5 3.5 0 000-7zM16.8 7.2h.01",
  x: "M5 4l14 16M19 4L5 20",
  telegram: "M3 11l18-7-3 16-6-4.5-3 3v-5.5l8-6.5",
  web: "M12 4a8 8 0 100 16 8 8 0 000-16zM4 12h16M12 4c3 3 3 13 0 16M12 4c-3 3-3 13 0 16",
};

/** Badge is a network's icon. SMS has one shape, whoever carries it. */
export function Badge({ network, size = 20 }: { network: string; size?: number }) {
  return <Icon path={shapes[network] ?? shapes.twilio!} size={size} />;
}
