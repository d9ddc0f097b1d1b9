import type { ReactNode } from "react";
import { openPage } from "../../panel/framework";
import { framed } from "../../panel/surface";
import css from "./Crm.module.css";

interface OutsideProps {
  href: string;
  /** It is being opened, by whichever button of the mouse. */
  onOpen?: () => void;
  children: ReactNode;
}

/** Outside leads to a page of a CRM: in a new tab, or inside the CRM beside the panel (DYN-03). */
export function Outside({ href, onOpen, children }: OutsideProps) {
  return (
    <a
      className={css.out}
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      onAuxClick={onOpen}
      onClick={(e) => {
        onOpen?.();
        if (!framed) return;
        e.preventDefault();
        void openPage(href).then((shown) => shown || window.open(href, "_blank", "noopener"));
      }}
    >
      {children}
    </a>
  );
}
