import type { ComboboxItem } from "@mantine/core";
import type { ChangeEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Editor, Kept } from "../parts/editor/useEditor";
import { useFault } from "../parts/editor/useFault";
import { over } from "../parts/over";

type Field<T> = keyof T & string;

/**
 * useBind ties the fields of a form to controls: label, help, value, what is
 * wrong with it. The words are admin.<area>.<field> and admin.<area>.<field>Hint.
 */
export function useBind<T extends Kept>(editor: Editor<T>, area: string) {
  const { t, i18n } = useTranslation();
  const fault = useFault(editor.error);
  const word = (key: string) => (i18n.exists(key) ? (t as (key: string) => string)(key) : undefined);

  /** The path of a field as the server names it in its faults. */
  const label = (field: string) => word(`admin.${area}.${field.replace(/[.[].*/, "")}`) ?? field;
  const base = (field: string) => ({
    label: label(field),
    description: word(`admin.${area}.${field}Hint`),
    error: fault(field),
  });
  /** Help stands under a control, so that controls side by side stand in line. */
  const order: ("label" | "input" | "description" | "error")[] = ["label", "input", "description", "error"];
  const boxed = (field: string) => ({ ...base(field), inputWrapperOrder: order });
  const set = (field: Field<T>, value: unknown) => editor.set({ [field]: value } as Partial<T>);

  return {
    label,
    fault,
    /** `most` is how many characters are kept: what is longer says so as it is typed. */
    text: (field: Field<T>, most = 0) => ({
      ...boxed(field),
      error: over(t, (editor.draft[field] ?? "") as string, most) ?? fault(field),
      value: (editor.draft[field] ?? "") as string,
      onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
        set(field, event.currentTarget.value),
    }),
    number: (field: Field<T>) => ({
      ...boxed(field),
      value: editor.draft[field] as number,
      onChange: (value: number | string) => set(field, value === "" ? 0 : Number(value)),
      allowDecimal: false,
      allowNegative: false,
      clampBehavior: "none" as const,
    }),
    flag: (field: Field<T>) => ({
      ...base(field),
      checked: Boolean(editor.draft[field]),
      onChange: (event: ChangeEvent<HTMLInputElement>) => set(field, event.currentTarget.checked),
    }),
    choice: (field: Field<T>, options: readonly (readonly [value: string, label: string])[]) => ({
      ...boxed(field),
      data: options.map(([value, label]): ComboboxItem => ({ value, label })),
      value: (editor.draft[field] as string) || null,
      onChange: (value: string | null) => set(field, value ?? ""),
      searchable: options.length > 8,
    }),
    many: (field: Field<T>, options: readonly (readonly [value: string, label: string])[]) => ({
      ...boxed(field),
      data: options.map(([value, label]): ComboboxItem => ({ value, label })),
      value: (editor.draft[field] ?? []) as string[],
      onChange: (value: string[]) => set(field, value),
      searchable: true,
      clearable: true,
    }),
  };
}
