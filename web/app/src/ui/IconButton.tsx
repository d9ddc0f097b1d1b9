import { ActionIcon } from "@mantine/core";
import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { Why } from "./Why";

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "style" | "color"> {
  /** The accessible name, shown as a tooltip too. */
  label: string;
  children: ReactNode;
  /** Why it cannot be pressed now, "" if it can. */
  why?: string | undefined;
  look?: "quiet" | "main" | "plain";
  ref?: Ref<HTMLButtonElement>;
}

const variants = { quiet: "subtle", main: "filled", plain: "default" } as const;

/** IconButton is a button whose icon needs no word, with its word for those who do. */
export function IconButton({
  label,
  children,
  why = "",
  look = "quiet",
  type = "button",
  ...rest
}: IconButtonProps) {
  return (
    <Why why={why} label={label}>
      {(barred) => (
        <ActionIcon
          variant={variants[look]}
          color={look === "main" ? "petrol" : "gray"}
          size={32}
          aria-label={label}
          type={type}
          {...rest}
          {...barred}
        >
          {children}
        </ActionIcon>
      )}
    </Why>
  );
}
