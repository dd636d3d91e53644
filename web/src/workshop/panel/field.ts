// What the panel shows of an element: groups of fields. Each field knows how to read itself and how to write itself back.

import type { Option } from '../place';

export type Field = {
  name: string; // stable in the panel: keeps the cursor where it was when the panel is drawn again
  label: string;
  kind: 'text' | 'long' | 'feel' | 'choice' | 'tick';
  value: string; // of a tick: 'true' or ''
  set(value: string): void;
  options?: Option[];
  hint?: string;
  placeholder?: string; // what happens when it stays empty
  of?: string; // what a screen reader hears behind a label that stands on the panel several times
};
/** `note` comes from the server, a moment later. */
export type Item = { title: string; tag?: string; rows: Field[][]; note?: Promise<string>; remove?: () => void };
export type Adding = { label: string; options?: Option[]; add(value: string): void };
export type Link = { label: string; href: string };
export type Making = { label: string; field: string; button: string; make(name: string): Promise<void> };
export type Group = {
  name: string;
  title: string;
  note?: string;
  rows?: Field[][];
  items?: Item[];
  adding?: Adding;
  making?: Making;
  links?: Link[];
  isQuiet?: boolean; // closed until somebody opens it, unless something stands in it
};
