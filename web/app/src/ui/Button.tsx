import { Button as Base, type ButtonProps as BaseProps } from "@mantine/core";
import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { type Barred, Why } from "./Why";

type Look = "main" | "plain" | "quiet" | "danger" | "soft";

const looks: Record<Look, BaseProps> = {
  main: { variant: "filled" },
  plain: { variant: "default" },
  quiet: { variant: "subtle", color: "gray" },
  danger: { variant: "outline", color: "red" },
  soft: { variant: "light" },
};

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "style" | "color"> {
  look?: Look;
  size?: "xs" | "sm" | "md";
  icon?: ReactNode;
  busy?: boolean;
  /** Why it cannot be pressed now, "" if it can. A button that waits is busy; one without a reason is disabled. */
  why?: string | undefined;
  /** What pressing it all the same does, besides nothing: show where the reason lies. */
  onBarred?: () => void;
  wide?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** Button is the one button of the product. */
export function Button({
  look = "plain",
  size = "sm",
  icon,
  busy,
  why,
  onBarred,
  wide,
  type = "button",
  ...rest
}: ButtonProps) {
  const button = (barred?: Barred) => (
    <Base
      {...looks[look]}
      size={size}
      leftSection={icon}
      loading={busy ?? false}
      fullWidth={wide ?? false}
      type={type}
      {...rest}
      {...barred}
    />
  );
  return why === undefined ? (
    button()
  ) : (
    <Why why={why} onBarred={onBarred}>
      {button}
    </Why>
  );
}
