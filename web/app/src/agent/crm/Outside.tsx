import type { ReactNode } from "react";
import { openPage } from "../../panel/framework";
import { framed } from "../../panel/surface";
import css from "./Crm.module.css";

/** Outside leads to a page of a CRM: in a new tab, or inside the CRM beside the panel (DYN-03). */
export function Outside({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a
      className={css.out}
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      onClick={(e) => {
        if (!framed) return;
        e.preventDefault();
        void openPage(href).then((shown) => shown || window.open(href, "_blank", "noopener"));
      }}
    >
      {children}
    </a>
  );
}
