/** The words of answers: FAQs, their marks, canned replies. */

/** Faq is a published answer in one language, as agents find it. */
export interface Faq {
  id: string;
  category_id: string;
  language: string;
  question: string;
  /** As plain text. */
  text: string;
  /** As it was written, with its marks. */
  rich: string;
  blocks: RichBlock[];
  /** It has no pictures, also not among its letters (FAQ-05). */
  text_only: boolean;
  uses: number;
}
/** RichBlock is a paragraph or a list of an answer. */
export interface RichBlock {
  kind: "text" | "bullets" | "numbers";
  /** One of a text, one per line of a list. */
  items: RichSpan[][];
}
/** RichSpan is a stretch of one kind; of an image, `text` is what it shows. */
export interface RichSpan {
  text: string;
  bold?: boolean;
  italic?: boolean;
  link?: string;
  /** The SHA-256 of a picture. */
  image?: string;
}
/** Canned is a canned reply; with codes or a note it is a macro. */
export interface Canned {
  id: string;
  /** An agent: their own; a group: of its members; "" = everybody's. */
  owner_id: string;
  name: string;
  shortcut?: string;
  text: { en: string; fr: string };
  dispositions?: string[];
  note?: string;
  rev?: number;
  uses: number;
}
