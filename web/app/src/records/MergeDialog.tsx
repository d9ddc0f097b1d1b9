import { Modal } from "@mantine/core";
import type { Customer, Ref } from "@parley/protocol";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CustomerField } from "./CustomerField";
import { MergeForm } from "./MergeForm";
import styles from "./Record.module.css";

interface MergeDialogProps {
  /** The one whose page it is: survives at first. */
  customer: Customer;
  /** Who was suggested; without one it is asked. */
  other?: Customer;
  onClose: () => void;
}

/** MergeDialog merges a customer with one who was suggested, or whom somebody chooses. Source: CRM-02. */
export function MergeDialog({ customer, other, onClose }: MergeDialogProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Ref | null>(other ? { id: other.id, name: "" } : null);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t("customers.merge.title")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <div className={styles.stack}>
        <p>{t("customers.merge.text")}</p>
        {!other && (
          <CustomerField
            label={t("customers.merge.with")}
            without={customer.id}
            value={chosen}
            error={undefined}
            onChange={setChosen}
          />
        )}
        {chosen && <MergeForm key={chosen.id} id={customer.id} other={chosen.id} onClose={onClose} />}
      </div>
    </Modal>
  );
}
