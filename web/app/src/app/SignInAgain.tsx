import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMe } from "../live/floor";
import { LoginForm } from "./LoginForm";
import type { Away } from "./session";

interface SignInAgainProps {
  away: Away;
  sso: string;
  onSignedIn: () => Promise<void>;
}

/** SignInAgain lies over a page whose session has ended: the page stays as it was, and so does what was typed (UX-49, SEC-08). */
export function SignInAgain({ away, sso, onSignedIn }: SignInAgainProps) {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      title={t("login.title")}
      size="sm"
    >
      <LoginForm bare away={away} sso={sso} name={me.login} person={null} onSignedIn={onSignedIn} />
    </Modal>
  );
}
