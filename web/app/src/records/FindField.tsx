import { Combobox, InputBase, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";

/** Asking is what somebody types who looks for a record: null while nobody looks. */
export interface Asking {
  text: string | null;
  setText: (text: string | null) => void;
  /** What to ask the server: what was typed, a moment after. */
  asked: string;
}

export function useAsking(): Asking {
  const [text, setText] = useState<string | null>(null);
  const [asked] = useDebouncedValue(text?.trim() ?? "", 200);
  return { text, setText, asked };
}

interface FindFieldProps {
  label: string;
  placeholder: string;
  /** What is chosen, in words; "" for nothing. */
  value: string;
  error: string | undefined;
  asking: Asking;
  /** What was found; undefined while that is not known. */
  found: { id: string; label: string }[] | undefined;
  /** What is said when nothing was. */
  nothing: string;
  /** The name of the button that takes the choice away. */
  clear: string;
  /** Is told an id of what was found, or null. */
  onChange: (id: string | null) => void;
}

/** FindField chooses one record out of many, which the server finds. */
export function FindField({
  label,
  placeholder,
  value,
  error,
  asking,
  found,
  nothing,
  clear,
  onChange,
}: FindFieldProps) {
  const { text, setText } = asking;
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const choose = (id: string) => {
    onChange(id);
    setText(null);
    box.closeDropdown();
  };
  return (
    <Combobox store={box} onOptionSubmit={choose}>
      <Combobox.Target>
        <InputBase
          label={label}
          placeholder={placeholder}
          error={error}
          value={text ?? value}
          onChange={(e) => {
            setText(e.currentTarget.value);
            box.openDropdown();
          }}
          onFocus={() => {
            setText(text ?? "");
            box.openDropdown();
          }}
          onBlur={() => {
            setText(null);
            box.closeDropdown();
          }}
          rightSectionPointerEvents="all"
          rightSection={
            value && (
              <IconButton label={clear} onClick={() => onChange(null)}>
                <Icon name="x" size={14} />
              </IconButton>
            )
          }
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={placeholder} mah="20rem" style={{ overflowY: "auto" }}>
          {found?.map((one) => (
            <Combobox.Option key={one.id} value={one.id}>
              {one.label}
            </Combobox.Option>
          ))}
          {found?.length === 0 && <Combobox.Empty>{nothing}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
