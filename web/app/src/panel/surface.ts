/**
 * Where this page is: in a tab of its own, or in the panel that a CRM frames.
 * The panel has addresses of its own for all it asks for, where only its own
 * sign-in counts.
 *
 * Source: A-110, DYN-01.
 */
const panelAt = "/panel";

/** framed is whether this page is the panel. */
export const framed = location.pathname === panelAt || location.pathname.startsWith(`${panelAt}/`);

/** base is what the addresses of this surface begin with. */
export const base = framed ? panelAt : "";

/** here turns an address of the server into this surface's. */
export const here = (address: string) => base + address;
